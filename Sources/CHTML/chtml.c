#include "CHTML.h"
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <limits.h>
#include <libxml/xmlerror.h>
#include <string.h>

/* What libxml2 says before a parser is asked to be silent. */
static void say_nothing(void *context, const char *message, ...) {
  (void)context;
  (void)message;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
  const chtml_handler *handler = context;
  handler->start(handler->context, (const char *)name, (const char *const *)attributes);
}

static void on_end(void *context, const xmlChar *name) {
  const chtml_handler *handler = context;
  handler->end(handler->context, (const char *)name);
}

static void on_text(void *context, const xmlChar *text, int count) {
  const chtml_handler *handler = context;
  handler->text(handler->context, (const char *)text, count);
}

/* Scripts and style sheets are no text. */
static void on_script(void *context, const xmlChar *text, int count) {
  (void)context;
  (void)text;
  (void)count;
}

int32_t chtml_parse(const char *utf8, int64_t count, const chtml_handler *handler) {
  if (count > INT_MAX) return -1;
  xmlInitParser();
  xmlSetGenericErrorFunc(NULL, say_nothing);
  htmlParserCtxtPtr parser = htmlNewParserCtxt();
  if (!parser) return -1;
  memset(parser->sax, 0, sizeof *parser->sax);
  parser->sax->startElement = on_start;
  parser->sax->endElement = on_end;
  parser->sax->characters = on_text;
  parser->sax->ignorableWhitespace = on_text;
  parser->sax->cdataBlock = on_script;
  parser->userData = (void *)handler;
  htmlDocPtr document = htmlCtxtReadMemory(
      parser, utf8, (int)count, NULL, "UTF-8",
      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  if (document) xmlFreeDoc(document);
  htmlFreeParserCtxt(parser);
  return 0;
}
