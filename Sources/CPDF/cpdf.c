#include "CPDF.h"
#include "CSandbox.h"
#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>
#include <string.h>

typedef struct words {
  uint32_t *at;
  size_t count, capacity;
  int failed;
} words;

static void put(words *words, uint32_t value) {
  if (words->count == words->capacity) {
    size_t capacity = words->capacity ? words->capacity * 2 : 65536;
    uint32_t *larger = realloc(words->at, capacity * sizeof *larger);
    if (!larger) { words->failed = 1; return; }
    words->at = larger;
    words->capacity = capacity;
  }
  words->at[words->count++] = value;
}

static void put_float(words *words, double value) {
  float narrow = (float)value;
  uint32_t bits;
  memcpy(&bits, &narrow, sizeof bits);
  put(words, bits);
}

static uint32_t put_characters(words *words, PopplerPage *page) {
  char *text = poppler_page_get_text(page);
  PopplerRectangle *boxes = NULL;
  guint box_count = 0;
  uint32_t count = 0;
  if (text && poppler_page_get_text_layout(page, &boxes, &box_count)) {
    GList *runs = poppler_page_get_text_attributes(page);
    GList *run = runs;
    const char *at = text;
    for (guint i = 0; i < box_count && *at; i++, at = g_utf8_next_char(at)) {
      gunichar scalar = g_utf8_get_char(at);
      while (run && ((PopplerTextAttributes *)run->data)->end_index < (int)i) run = run->next;
      if (scalar <= 0x20 || boxes[i].x2 - boxes[i].x1 <= 0) continue;
      put(words, scalar);
      put_float(words, boxes[i].x1);
      put_float(words, boxes[i].y1);
      put_float(words, boxes[i].x2);
      put_float(words, boxes[i].y2);
      put_float(words, run ? ((PopplerTextAttributes *)run->data)->font_size : 0);
      count++;
    }
    if (runs) poppler_page_free_text_attributes(runs);
  }
  g_free(boxes);
  g_free(text);
  return count;
}

/* Ruled lines, found in a picture of the page, one pixel a point: long runs of dark pixels. Thin lines are
   grey there. */
enum { darkness = 225, across_length = 60, upright_length = 13 };

static int is_dark(const unsigned char *pixels, int stride, int x, int y) {
  const unsigned char *pixel = pixels + (size_t)y * (size_t)stride + 4 * (size_t)x;
  return pixel[0] + pixel[1] + pixel[2] < 3 * darkness;
}

static uint32_t put_lines(words *words, PopplerPage *page, double width, double height) {
  int columns = (int)width + 1, rows = (int)height + 1;
  if (columns < 50 || rows < 50 || columns > 4000 || rows > 4000) return 0;
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows);
  cairo_t *pen = cairo_create(surface);
  cairo_set_source_rgb(pen, 1, 1, 1);
  cairo_paint(pen);
  poppler_page_render(page, pen);
  cairo_surface_flush(surface);
  const unsigned char *pixels = cairo_image_surface_get_data(surface);
  int stride = cairo_image_surface_get_stride(surface);
  uint32_t count = 0;
  for (int across = 0; pixels && across < 2; across++) {
    int lanes = across ? columns : rows, length = across ? rows : columns;
    int least = across ? upright_length : across_length;
    for (int lane = 0; lane < lanes; lane++) {
      for (int from = 0; from < length;) {
        int to = from;
        while (to < length && (across ? is_dark(pixels, stride, lane, to) : is_dark(pixels, stride, to, lane))) to++;
        if (to - from >= least && count < 20000) {
          put_float(words, across ? lane : from);
          put_float(words, across ? from : lane);
          put_float(words, across ? lane + 1 : to);
          put_float(words, across ? to : lane + 1);
          count++;
        }
        from = to > from ? to : from + 1;
      }
    }
  }
  cairo_destroy(pen);
  cairo_surface_destroy(surface);
  return count;
}

static uint32_t picture_count(PopplerPage *page) {
  GList *pictures = poppler_page_get_image_mapping(page);
  uint32_t count = g_list_length(pictures);
  poppler_page_free_image_mapping(pictures);
  return count;
}

/* Opens a file and counts its pages. */
static int32_t open_document(const cpdf_request *request, PopplerDocument **document, int *pages) {
  GError *error = NULL;
  GBytes *bytes = g_bytes_new_static(request->bytes, (gsize)request->count);
  *document = poppler_document_new_from_bytes(bytes, NULL, &error);
  if (!*document) return error && error->code == POPPLER_ERROR_ENCRYPTED ? CPDF_ENCRYPTED : CPDF_DAMAGED;
  *pages = poppler_document_get_n_pages(*document);
  if (*pages <= 0) return CPDF_DAMAGED;
  return *pages > request->page_limit ? CPDF_PAGES : CPDF_OK;
}

int32_t cpdf_layout(const void *context, int32_t out) {
  const cpdf_request *request = context;
  PopplerDocument *document = NULL;
  int pages = 0;
  int32_t status = open_document(request, &document, &pages);
  if (status != CPDF_OK) return status;
  words words = {NULL, 0, 0, 0};
  for (int number = 0; number < pages; number++) {
    PopplerPage *page = poppler_document_get_page(document, number);
    words.count = 0;
    double width = 0, height = 0;
    if (page) poppler_page_get_size(page, &width, &height);
    put_float(&words, width);
    put_float(&words, height);
    size_t counts = words.count;
    put(&words, 0);
    put(&words, 0);
    put(&words, 0);
    if (page && !words.failed) {
      uint32_t characters = put_characters(&words, page);
      uint32_t pictures = picture_count(page);
      uint32_t lines = characters ? put_lines(&words, page, width, height) : 0;
      if (words.failed) return CPDF_OUTPUT;
      words.at[counts] = characters;
      words.at[counts + 1] = lines;
      words.at[counts + 2] = pictures;
      g_object_unref(page);
    }
    if (words.failed || csandbox_write(out, words.at, (int64_t)(words.count * sizeof *words.at)) != 0) {
      return CPDF_OUTPUT;
    }
  }
  return CPDF_OK;
}

static cairo_status_t write_png(void *out, const unsigned char *bytes, unsigned int count) {
  return csandbox_write(*(int32_t *)out, bytes, count) == 0 ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* A side of the picture in pixels: at least one, at most what is allowed. */
static int pixels_of(double length, double scale, int32_t most) {
  double pixels = ceil(length * scale);
  return pixels < 1 ? 1 : pixels > most ? most : (int)pixels;
}

int32_t cpdf_picture(const void *context, int32_t out) {
  const cpdf_picture_request *request = context;
  PopplerDocument *document = NULL;
  int pages = 0;
  int32_t status = open_document(&request->file, &document, &pages);
  if (status != CPDF_OK) return status;
  int32_t count = pages;
  if (csandbox_write(out, &count, sizeof count) != 0) return CPDF_OUTPUT;
  if (request->page < 1 || request->page > pages) return CPDF_OK;
  PopplerPage *page = poppler_document_get_page(document, request->page - 1);
  if (!page) return CPDF_DAMAGED;
  double width = 0, height = 0;
  poppler_page_get_size(page, &width, &height);
  if (!(width >= 1 && height >= 1 && width < 1e6 && height < 1e6)) return CPDF_DAMAGED;
  double scale = fmin(sqrt(request->pixels / (width * height)), request->side / fmax(width, height));
  cairo_surface_t *surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, pixels_of(width, scale, request->side), pixels_of(height, scale, request->side));
  cairo_t *pen = cairo_create(surface);
  cairo_set_source_rgb(pen, 1, 1, 1);
  cairo_paint(pen);
  cairo_scale(pen, scale, scale);
  poppler_page_render(page, pen);
  if (cairo_status(pen) != CAIRO_STATUS_SUCCESS) return CPDF_OUTPUT;
  return cairo_surface_write_to_png_stream(surface, write_png, &out) == CAIRO_STATUS_SUCCESS ? CPDF_OK : CPDF_OUTPUT;
}
