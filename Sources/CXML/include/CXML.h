#ifndef CXML_H
#define CXML_H
#include <stdint.h>

/* What huice uses of libxml2: a strict XML parser as a stream of events. No document type, no entity but the
   predefined ones, no network, no nesting deeper than 256. */

/// What became of a text.
typedef enum cxml_status {
  CXML_OK = 0,
  /// It is not well-formed, or nests too deep.
  CXML_DAMAGED = 1,
  /// It declares a document type, which office formats forbid.
  CXML_DOCTYPE = 2,
  /// The caller stopped.
  CXML_STOPPED = 3
} cxml_status;

/// The events of one text, in order. `context` is the caller's; each returns 0 to go on.
typedef struct cxml_handler {
  void *_Nullable context;
  /// An element begins, by its local name; `attributes` is name, value, …: `count` pairs of local names and values.
  int32_t (*_Nonnull start)(void *_Nullable context, const char *_Nonnull name,
                            const char *_Nonnull const *_Nonnull attributes, int32_t count);
  int32_t (*_Nonnull end)(void *_Nullable context);
  int32_t (*_Nonnull text)(void *_Nullable context, const char *_Nonnull utf8, int32_t count);
} cxml_handler;

/// Reads a text in any encoding that it declares.
cxml_status cxml_parse(const void *_Nonnull bytes, int64_t count, const cxml_handler *_Nonnull handler);
#endif
