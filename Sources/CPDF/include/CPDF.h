#ifndef CPDF_H
#define CPDF_H
#include <stdint.h>

/* What huice uses of poppler and cairo: where the characters and the ruled lines of each page are, and a picture of
   a page. */

/// Codes of cpdf_layout.
enum { CPDF_OK = 0, CPDF_DAMAGED = 10, CPDF_ENCRYPTED = 11, CPDF_PAGES = 12, CPDF_OUTPUT = 13 };

/// A file and what is wanted of it.
typedef struct cpdf_request {
  const void *_Nonnull bytes;
  int64_t count;
  /// The most pages that are read.
  int32_t page_limit;
} cpdf_request;

/* The result is a stream of 32-bit words in the machine's order. For each page: width, height (floats, in
   points), counts of characters, ruled lines and pictures (integers); then of each character its scalar
   (integer), left, top, right, bottom, size of its font (floats); of each line left, top, right, bottom. */

/// Writes the layout of `request` (a cpdf_request) to the file descriptor `out`; made for csandbox_call.
int32_t cpdf_layout(const void *_Nullable request, int32_t out);

/// A page that is wanted as a picture.
typedef struct cpdf_picture_request {
  cpdf_request file;
  /// Its number, from 1.
  int32_t page;
  /// About how many pixels the picture has, and the most of each side.
  int32_t pixels, side;
} cpdf_picture_request;

/// Writes how many pages there are (a 32-bit word), and after it the picture as PNG, where there is such a page;
/// `request` is a cpdf_picture_request. Made for csandbox_call.
int32_t cpdf_picture(const void *_Nullable request, int32_t out);
#endif
