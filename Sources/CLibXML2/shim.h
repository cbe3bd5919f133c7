/* Carries the compiler and linker flags of libxml2 only: its headers bring in ICU's, which clash with Foundation's. */
