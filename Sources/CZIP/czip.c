#include "CZIP.h"
#include <stdlib.h>
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
