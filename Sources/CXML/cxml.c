#include "CXML.h"
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdlib.h>
#include <libxml/xmlerror.h>
#include <string.h>

/* What libxml2 says before a parser is asked to be silent, as of bytes that no encoding explains. */
static void say_nothing(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

typedef struct reading {
  const cxml_handler *handler;
  xmlParserCtxtPtr parser;
  cxml_status status;
  char *buffer;
  size_t capacity;
} reading;

enum { attribute_limit = 256 };

static void stop(reading *reading, cxml_status status) {
  if (reading->status == CXML_OK) reading->status = status;
  xmlStopParser(reading->parser);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                     const xmlChar **attributes) {
  (void)prefix; (void)uri; (void)namespace_count; (void)namespaces; (void)defaulted;
  reading *reading = context;
  const char *pairs[2 * attribute_limit];
  if (count > attribute_limit) { stop(reading, CXML_DAMAGED); return; }
  size_t needed = 1;
  for (int i = 0; i < count; i++) needed += (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3]) + 1;
  if (needed > reading->capacity) {
    char *larger = realloc(reading->buffer, needed);
    if (!larger) { stop(reading, CXML_DAMAGED); return; }
    reading->buffer = larger;
    reading->capacity = needed;
  }
  char *at = reading->buffer;
  for (int i = 0; i < count; i++) {
    size_t length = (size_t)(attributes[5 * i + 4] - attributes[5 * i + 3]);
    memcpy(at, attributes[5 * i + 3], length);
    at[length] = 0;
    pairs[2 * i] = (const char *)attributes[5 * i];
    pairs[2 * i + 1] = at;
    at += length + 1;
  }
  if (reading->handler->start(reading->handler->context, (const char *)name, pairs, count)) {
    stop(reading, CXML_STOPPED);
  }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  (void)name; (void)prefix; (void)uri;
  reading *reading = context;
  if (reading->handler->end(reading->handler->context)) stop(reading, CXML_STOPPED);
}

static void on_text(void *context, const xmlChar *text, int count) {
  reading *reading = context;
  if (reading->handler->text(reading->handler->context, (const char *)text, count)) {
    stop(reading, CXML_STOPPED);
  }
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system) {
  (void)name; (void)external; (void)system;
  stop(context, CXML_DOCTYPE);
}

cxml_status cxml_parse(const void *bytes, int64_t count, const cxml_handler *handler) {
  if (count <= 0 || count > INT_MAX) return CXML_DAMAGED;
  xmlInitParser();
  xmlSetGenericErrorFunc(NULL, say_nothing);
  reading reading = {handler, NULL, CXML_OK, NULL, 0};
  xmlSAXHandler sax;
  memset(&sax, 0, sizeof sax);
  sax.initialized = XML_SAX2_MAGIC;
  sax.startElementNs = on_start;
  sax.endElementNs = on_end;
  sax.characters = on_text;
  sax.ignorableWhitespace = on_text;
  sax.cdataBlock = on_text;
  sax.internalSubset = on_doctype;
  xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(bytes, (int)count);
  if (!parser) return CXML_DAMAGED;
  reading.parser = parser;
  xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (parser->sax) *parser->sax = sax;
  parser->userData = &reading;
  xmlParseDocument(parser);
  if (reading.status == CXML_OK && !parser->wellFormed) reading.status = CXML_DAMAGED;
  if (parser->myDoc) { xmlFreeDoc(parser->myDoc); parser->myDoc = NULL; }
  xmlFreeParserCtxt(parser);
  free(reading.buffer);
  return reading.status;
}
