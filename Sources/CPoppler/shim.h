/* Carries the compiler and linker flags of poppler-glib only: its headers bring in those of GLib and cairo. */
