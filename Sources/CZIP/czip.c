#include "CZIP.h"
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct czip { zip_t *archive; };

czip *czip_open(const void *bytes, int64_t count) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = zip_source_buffer_create(bytes, (zip_uint64_t)count, 0, &error);
  if (!source) return NULL;
  zip_t *archive = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (!archive) {
    zip_source_free(source);
    return NULL;
  }
  czip *result = malloc(sizeof *result);
  if (!result) {
    zip_discard(archive);
    return NULL;
  }
  result->archive = archive;
  return result;
}

int64_t czip_count(czip *zip) { return zip_get_num_entries(zip->archive, 0); }

int32_t czip_stat(czip *zip, int64_t index, czip_entry *entry) {
  zip_stat_t stat;
  if (zip_stat_index(zip->archive, (zip_uint64_t)index, ZIP_FL_ENC_RAW, &stat) != 0) return -1;
  if (!(stat.valid & ZIP_STAT_NAME) || !(stat.valid & ZIP_STAT_SIZE)) return -1;
  entry->name = stat.name;
  entry->size = stat.size > INT64_MAX ? INT64_MAX : (int64_t)stat.size;
  entry->packed_size = (stat.valid & ZIP_STAT_COMP_SIZE) ? (int64_t)stat.comp_size : 0;
  entry->is_encrypted = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE;
  return 0;
}

int64_t czip_read(czip *zip, int64_t index, void *buffer, int64_t capacity) {
  zip_file_t *file = zip_fopen_index(zip->archive, (zip_uint64_t)index, 0);
  if (!file) return -1;
  int64_t total = 0;
  while (total < capacity) {
    zip_int64_t got = zip_fread(file, (char *)buffer + total, (zip_uint64_t)(capacity - total));
    if (got < 0) { zip_fclose(file); return -1; }
    if (got == 0) break;
    total += got;
  }
  char more;
  zip_int64_t rest = total == capacity ? zip_fread(file, &more, 1) : 0;
  zip_fclose(file);
  if (rest < 0) return -1;
  return rest > 0 ? -2 : total;
}

void czip_close(czip *zip) {
  zip_discard(zip->archive);
  free(zip);
}

struct czip_writer { zip_t *archive; zip_source_t *source; };

czip_writer *czip_writer_new(void) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
  if (!source) return NULL;
  // Closing the archive must not take the bytes with it.
  zip_source_keep(source);
  zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  czip_writer *writer = archive ? malloc(sizeof *writer) : NULL;
  if (!writer) {
    if (archive) zip_discard(archive);
    else zip_source_free(source);
    zip_source_free(source);
    return NULL;
  }
  writer->archive = archive;
  writer->source = source;
  return writer;
}

int32_t czip_writer_add(czip_writer *writer, const char *name, const void *bytes, int64_t count) {
  // libzip does not free a buffer of no bytes.
  void *copy = count > 0 ? malloc((size_t)count) : NULL;
  if (count > 0 && !copy) return -1;
  if (copy) memcpy(copy, bytes, (size_t)count);
  zip_source_t *entry = zip_source_buffer(writer->archive, copy, (zip_uint64_t)count, 1);
  if (!entry) {
    free(copy);
    return -1;
  }
  zip_int64_t index = zip_file_add(writer->archive, name, entry, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(entry);
    return -1;
  }
  // 1980-01-01 00:00:00, the first day that zip knows.
  return zip_file_set_dostime(writer->archive, (zip_uint64_t)index, 0, 0x21, 0) == 0 ? 0 : -1;
}

void *czip_writer_end(czip_writer *writer, int64_t *count) {
  void *bytes = NULL;
  zip_source_t *source = writer->source;
  *count = 0;
  if (zip_close(writer->archive) != 0) {
    zip_discard(writer->archive);
  } else {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_open(source) == 0) {
      if (zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE)) {
        bytes = malloc(stat.size ? stat.size : 1);
        zip_int64_t got = bytes ? zip_source_read(source, bytes, stat.size) : -1;
        if (got >= 0 && (zip_uint64_t)got == stat.size) {
          *count = got;
        } else {
          free(bytes);
          bytes = NULL;
        }
      }
      zip_source_close(source);
    }
  }
  zip_source_free(source);
  free(writer);
  return bytes;
}
