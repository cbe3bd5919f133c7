#include <stddef.h>
#include <stdint.h>

/* The entry that libFuzzer calls; it stands in C, because SwiftPM gives a Swift program a main function of its own. */
int32_t huice_read(const uint8_t *bytes, int64_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) { return huice_read(bytes, (int64_t)count); }
