#ifndef CDIGEST_H
#define CDIGEST_H
#include <stddef.h>

/// Writes the SHA-256 digest of `count` bytes as 64 hexadecimal letters and a zero. From libmd.
void cdigest_sha256(const void *_Nullable bytes, size_t count, char *_Nonnull hex);
#endif
