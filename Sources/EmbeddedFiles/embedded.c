#include "EmbeddedFiles.h"
#include <string.h>

#define FILE_BEGIN(name) static const unsigned char name[] = {
#define FILE_END , 0 };

FILE_BEGIN(gazetteer)
#embed "vocabulary/gazetteer.tsv"
FILE_END
FILE_BEGIN(lexicon)
#embed "vocabulary/lexicon.txt"
FILE_END
FILE_BEGIN(unit_endings)
#embed "vocabulary/unit-endings.txt"
FILE_END
FILE_BEGIN(group_units)
#embed "vocabulary/group-units.txt"
FILE_END
FILE_BEGIN(synonyms)
#embed "vocabulary/synonyms.txt"
FILE_END
FILE_BEGIN(stop_phrases)
#embed "vocabulary/stop-phrases.txt"
FILE_END
FILE_BEGIN(questions)
#embed "vocabulary/questions.tsv"
FILE_END
FILE_BEGIN(lay_words)
#embed "vocabulary/lay-words.txt"
FILE_END
FILE_BEGIN(spoken_words)
#embed "vocabulary/spoken-words.txt"
FILE_END
FILE_BEGIN(elements)
#embed "vocabulary/elements.tsv"
FILE_END
FILE_BEGIN(columns)
#embed "vocabulary/columns.tsv"
FILE_END
FILE_BEGIN(industries)
#embed "vocabulary/industries.tsv"
FILE_END
FILE_BEGIN(themes)
#embed "vocabulary/themes.tsv"
FILE_END
FILE_BEGIN(holidays)
#embed "vocabulary/holidays.tsv"
FILE_END
FILE_BEGIN(glossary)
#embed "vocabulary/glossary.tsv"
FILE_END
FILE_BEGIN(polyphones)
#embed "vocabulary/polyphones.tsv"
FILE_END
FILE_BEGIN(shapes)
#embed "vocabulary/shapes.txt"
FILE_END
FILE_BEGIN(reading_grants)
#embed "vocabulary/reading/grants.tsv"
FILE_END
FILE_BEGIN(reading_thresholds)
#embed "vocabulary/reading/thresholds.tsv"
FILE_END
FILE_BEGIN(reading_honours)
#embed "vocabulary/reading/honours.tsv"
FILE_END
FILE_BEGIN(reading_subjects)
#embed "vocabulary/reading/subjects.tsv"
FILE_END
FILE_BEGIN(reading_industries)
#embed "vocabulary/reading/industries.tsv"
FILE_END
FILE_BEGIN(reading_places)
#embed "vocabulary/reading/places.tsv"
FILE_END
FILE_BEGIN(reading_speech)
#embed "vocabulary/reading/speech.tsv"
FILE_END
FILE_BEGIN(reading_units)
#embed "vocabulary/reading/units.tsv"
FILE_END
FILE_BEGIN(openapi)
#embed "pages/openapi.yaml"
FILE_END
FILE_BEGIN(page_ask)
#embed "pages/ask.mustache"
FILE_END
FILE_BEGIN(page_glossary)
#embed "pages/glossary.mustache"
FILE_END
FILE_BEGIN(page_contacts)
#embed "pages/contacts.mustache"
FILE_END
FILE_BEGIN(page_card)
#embed "pages/card.mustache"
FILE_END
FILE_BEGIN(page_head)
#embed "pages/head.mustache"
FILE_END
FILE_BEGIN(page_foot)
#embed "pages/foot.mustache"
FILE_END
FILE_BEGIN(page_search)
#embed "pages/search.mustache"
FILE_END
FILE_BEGIN(page_document)
#embed "pages/document.mustache"
FILE_END
FILE_BEGIN(page_item)
#embed "pages/item.mustache"
FILE_END
FILE_BEGIN(page_diff)
#embed "pages/diff.mustache"
FILE_END
FILE_BEGIN(diff_style_sheet)
#embed "pages/diff.css"
FILE_END
FILE_BEGIN(picture_style_sheet)
#embed "pages/picture.css"
FILE_END
FILE_BEGIN(page_split)
#embed "pages/split.mustache"
FILE_END
FILE_BEGIN(page_about)
#embed "pages/about.mustache"
FILE_END
FILE_BEGIN(page_error)
#embed "pages/error.mustache"
FILE_END
FILE_BEGIN(style_sheet)
#embed "pages/huice.css"
FILE_END
FILE_BEGIN(split_style_sheet)
#embed "pages/split.css"
FILE_END
FILE_BEGIN(split_script)
#embed "pages/split.js"
FILE_END
FILE_BEGIN(script)
#embed "pages/huice.js"
FILE_END

static const struct {
  const char *path;
  const unsigned char *bytes;
  size_t count;
} files[] = {
    {"vocabulary/gazetteer.tsv", gazetteer, sizeof gazetteer - 1},
    {"vocabulary/lexicon.txt", lexicon, sizeof lexicon - 1},
    {"vocabulary/unit-endings.txt", unit_endings, sizeof unit_endings - 1},
    {"vocabulary/group-units.txt", group_units, sizeof group_units - 1},
    {"vocabulary/synonyms.txt", synonyms, sizeof synonyms - 1},
    {"vocabulary/stop-phrases.txt", stop_phrases, sizeof stop_phrases - 1},
    {"vocabulary/questions.tsv", questions, sizeof questions - 1},
    {"vocabulary/lay-words.txt", lay_words, sizeof lay_words - 1},
    {"vocabulary/spoken-words.txt", spoken_words, sizeof spoken_words - 1},
    {"vocabulary/elements.tsv", elements, sizeof elements - 1},
    {"vocabulary/columns.tsv", columns, sizeof columns - 1},
    {"vocabulary/industries.tsv", industries, sizeof industries - 1},
    {"vocabulary/themes.tsv", themes, sizeof themes - 1},
    {"vocabulary/holidays.tsv", holidays, sizeof holidays - 1},
    {"vocabulary/glossary.tsv", glossary, sizeof glossary - 1},
    {"vocabulary/polyphones.tsv", polyphones, sizeof polyphones - 1},
    {"vocabulary/shapes.txt", shapes, sizeof shapes - 1},
    {"vocabulary/reading/grants.tsv", reading_grants, sizeof reading_grants - 1},
    {"vocabulary/reading/thresholds.tsv", reading_thresholds, sizeof reading_thresholds - 1},
    {"vocabulary/reading/honours.tsv", reading_honours, sizeof reading_honours - 1},
    {"vocabulary/reading/subjects.tsv", reading_subjects, sizeof reading_subjects - 1},
    {"vocabulary/reading/industries.tsv", reading_industries, sizeof reading_industries - 1},
    {"vocabulary/reading/places.tsv", reading_places, sizeof reading_places - 1},
    {"vocabulary/reading/speech.tsv", reading_speech, sizeof reading_speech - 1},
    {"vocabulary/reading/units.tsv", reading_units, sizeof reading_units - 1},
    {"pages/openapi.yaml", openapi, sizeof openapi - 1},
    {"pages/diff.css", diff_style_sheet, sizeof diff_style_sheet - 1},
    {"pages/diff.mustache", page_diff, sizeof page_diff - 1},
    {"pages/picture.css", picture_style_sheet, sizeof picture_style_sheet - 1},
    {"pages/split.css", split_style_sheet, sizeof split_style_sheet - 1},
    {"pages/split.js", split_script, sizeof split_script - 1},
    {"pages/split.mustache", page_split, sizeof page_split - 1},
    {"pages/ask.mustache", page_ask, sizeof page_ask - 1},
    {"pages/glossary.mustache", page_glossary, sizeof page_glossary - 1},
    {"pages/contacts.mustache", page_contacts, sizeof page_contacts - 1},
    {"pages/card.mustache", page_card, sizeof page_card - 1},
    {"pages/head.mustache", page_head, sizeof page_head - 1},
    {"pages/foot.mustache", page_foot, sizeof page_foot - 1},
    {"pages/search.mustache", page_search, sizeof page_search - 1},
    {"pages/document.mustache", page_document, sizeof page_document - 1},
    {"pages/item.mustache", page_item, sizeof page_item - 1},
    {"pages/about.mustache", page_about, sizeof page_about - 1},
    {"pages/error.mustache", page_error, sizeof page_error - 1},
    {"pages/huice.css", style_sheet, sizeof style_sheet - 1},
    {"pages/huice.js", script, sizeof script - 1},
};

const char *embedded_file(const char *path, size_t *count) {
  for (size_t index = 0; index < sizeof files / sizeof *files; index++) {
    if (strcmp(files[index].path, path) == 0) {
      *count = files[index].count;
      return (const char *)files[index].bytes;
    }
  }
  *count = 0;
  return NULL;
}
