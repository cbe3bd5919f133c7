#ifndef CHTML_H
#define CHTML_H
#include <stdint.h>

/* What huice uses of libxml2: a recovering HTML parser as a stream of events. */

/// The events of one page, in order. `context` is the caller's.
typedef struct chtml_handler {
  void *_Nullable context;
  /// An element begins; `attributes` is NULL or name, value, name, value, …, NULL (a value may be NULL).
  void (*_Nonnull start)(void *_Nullable context, const char *_Nonnull name,
                         const char *_Nullable const *_Nullable attributes);
  void (*_Nonnull end)(void *_Nullable context, const char *_Nonnull name);
  void (*_Nonnull text)(void *_Nullable context, const char *_Nonnull utf8, int32_t count);
} chtml_handler;

/// Reads a page of UTF-8. Returns 0, or -1 where no parser could be made.
int32_t chtml_parse(const char *_Nonnull utf8, int64_t count, const chtml_handler *_Nonnull handler);
#endif
