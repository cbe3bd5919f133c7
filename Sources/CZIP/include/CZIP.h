#ifndef CZIP_H
#define CZIP_H
#include <stdint.h>

/* What huice uses of libzip: the entries of an archive in memory. Nothing is ever written to disk. */

typedef struct czip czip;

/// One entry. `name` is as stored, in whatever encoding, and lives as long as the archive.
typedef struct czip_entry {
  const char *_Nullable name;
  /// What the archive says; the true size may be another.
  int64_t size;
  int64_t packed_size;
  /// Whether the entry needs a password.
  int32_t is_encrypted;
} czip_entry;

/// Opens an archive; `bytes` must live as long. NULL where it is damaged.
czip *_Nullable czip_open(const void *_Nonnull bytes, int64_t count);
int64_t czip_count(czip *_Nonnull archive);
/// Fills `entry`. Returns 0, or -1 where there is none.
int32_t czip_stat(czip *_Nonnull archive, int64_t index, czip_entry *_Nonnull entry);
/// Unpacks at most `capacity` bytes. Returns how many there are, -1 where the entry is damaged, and
/// -2 where it holds more than `capacity`.
int64_t czip_read(czip *_Nonnull archive, int64_t index, void *_Nonnull buffer, int64_t capacity);
void czip_close(czip *_Nonnull archive);
#endif
