#include "CDigest.h"
#include <stdint.h>
#include <sha256.h>

void cdigest_sha256(const void *bytes, size_t count, char *hex) {
  SHA256_CTX context;
  uint8_t digest[SHA256_DIGEST_LENGTH];
  SHA256_Init(&context);
  SHA256_Update(&context, bytes, count);
  SHA256_Final(digest, &context);
  static const char digits[] = "0123456789abcdef";
  for (size_t index = 0; index < sizeof digest; index++) {
    hex[2 * index] = digits[digest[index] >> 4];
    hex[2 * index + 1] = digits[digest[index] & 15];
  }
  hex[2 * sizeof digest] = 0;
}
