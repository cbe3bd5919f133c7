#ifndef EMBEDDED_FILES_H
#define EMBEDDED_FILES_H
#include <stddef.h>

/* Text files that travel inside the program, so that it is one file and needs no folder beside it. */

/// The content of a file by its path below Sources/EmbeddedFiles, as `vocabulary/lexicon.txt`; NULL where
/// there is none. The bytes are static and end with a zero that `*count` does not count.
const char *_Nullable embedded_file(const char *_Nonnull path, size_t *_Nonnull count);
#endif
