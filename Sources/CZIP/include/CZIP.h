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

/// An archive that is being written, in memory.
typedef struct czip_writer czip_writer;

czip_writer *_Nullable czip_writer_new(void);
/// Adds a file; `name` is UTF-8, the bytes are copied. Every entry bears the same day, so that the same files give the
/// same archive. Returns 0, or -1.
int32_t czip_writer_add(czip_writer *_Nonnull writer, const char *_Nonnull name, const void *_Nullable bytes,
                        int64_t count);
/// Ends the archive and frees the writer. Returns the bytes, which are freed with free(), or NULL.
void *_Nullable czip_writer_end(czip_writer *_Nonnull writer, int64_t *_Nonnull count);
#endif
