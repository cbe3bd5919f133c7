#ifndef CSANDBOX_H
#define CSANDBOX_H
#include <stdint.h>

/* Work on foreign bytes in a process of its own, with limits on time, memory and output. */

/// What became of the work.
typedef enum csandbox_status {
  CSANDBOX_OK = 0,
  /// It ended with a status of its own (`code`).
  CSANDBOX_FAILED = 1,
  /// It took longer than allowed and was ended.
  CSANDBOX_TIME = 2,
  /// It crashed or ran out of memory.
  CSANDBOX_CRASHED = 3,
  /// It gave more than allowed.
  CSANDBOX_OUTPUT = 4,
  /// The system gave no process, pipe or folder.
  CSANDBOX_SYSTEM = 5
} csandbox_status;

typedef struct csandbox_limits {
  int64_t milliseconds;
  /// Bytes of memory beyond what the parent has.
  int64_t memory;
  /// Bytes of the result.
  int64_t output;
} csandbox_limits;

/// The result: `bytes` is freed with csandbox_free.
typedef struct csandbox_result {
  csandbox_status status;
  int32_t code;
  uint8_t *_Nullable bytes;
  int64_t count;
} csandbox_result;

/// Work in the child: writes its result to `out` and returns 0, or a code of its own.
typedef int32_t (*csandbox_work)(const void *_Nullable context, int32_t out);

/// Runs `work` in a copy of this process, without files or standard streams.
csandbox_result csandbox_call(csandbox_work _Nonnull work, const void *_Nullable context,
                              csandbox_limits limits);

/// Converts a file with an office program (`program` is a path): the bytes stand as `in.<from>` in an empty
/// folder, `--convert-to <filter>` makes `in.<to>` there. No shell, no network where the system allows that.
csandbox_result csandbox_convert(const char *_Nonnull program, const void *_Nonnull bytes, int64_t count,
                                 const char *_Nonnull from, const char *_Nonnull filter,
                                 const char *_Nonnull to, csandbox_limits limits);

/// Removes the folders of conversions whose processes are all gone: what a process that was killed left behind.
void csandbox_clean(void);

/// Writes all of `bytes`. Returns 0, or -1.
int32_t csandbox_write(int32_t out, const void *_Nonnull bytes, int64_t count);
void csandbox_free(csandbox_result result);
#endif
