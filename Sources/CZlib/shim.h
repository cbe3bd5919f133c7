/* zlib: answers are sent compressed (gzip). */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

/* The most bytes that `size` bytes become. */
static inline size_t czlib_bound(size_t size) { return compressBound(size) + 32; }

/* Writes `from` as gzip into `to`, which has room for `room` bytes; returns how many were written, 0 where it failed. */
static inline size_t czlib_gzip(const uint8_t *from, size_t size, uint8_t *to, size_t room, int level) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  /* 15 + 16: a window of 32 KB and the header of gzip. */
  if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
  stream.next_in = (Bytef *)from;
  stream.avail_in = (uInt)size;
  stream.next_out = to;
  stream.avail_out = (uInt)room;
  int status = size > UINT32_MAX || room > UINT32_MAX ? Z_STREAM_ERROR : deflate(&stream, Z_FINISH);
  size_t written = status == Z_STREAM_END ? room - stream.avail_out : 0;
  deflateEnd(&stream);
  return written;
}
