#include "CICU.h"
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <unicode/uvernum.h>

struct cicu_words {
  UBreakIterator *iterator;
};

cicu_words *cicu_words_open(const char *locale, int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  cicu_words *words = calloc(1, sizeof *words);
  if (!words) {
    *status = U_MEMORY_ALLOCATION_ERROR;
    return NULL;
  }
  words->iterator = ubrk_open(UBRK_WORD, locale, NULL, 0, &code);
  *status = code;
  if (U_FAILURE(code)) {
    free(words);
    return NULL;
  }
  return words;
}

int32_t cicu_words_break(cicu_words *words, const uint16_t *utf16, int32_t count, int32_t *ends,
                         uint8_t *is_word) {
  UErrorCode code = U_ZERO_ERROR;
  ubrk_setText(words->iterator, (const UChar *)utf16, count, &code);
  if (U_FAILURE(code)) return -code;
  int32_t found = 0;
  ubrk_first(words->iterator);
  for (int32_t next; (next = ubrk_next(words->iterator)) != UBRK_DONE;) {
    ends[found] = next;
    is_word[found] = ubrk_getRuleStatus(words->iterator) >= UBRK_WORD_NONE_LIMIT;
    found++;
  }
  return found;
}

void cicu_words_close(cicu_words *words) {
  ubrk_close(words->iterator);
  free(words);
}

int32_t cicu_fold(const char *utf8, int32_t count, char *out, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&code);
  if (U_FAILURE(code)) return -code;
  UChar source[256], folded[1024];
  int32_t source_length = 0;
  u_strFromUTF8(source, 256, &source_length, utf8, count, &code);
  int32_t folded_length = unorm2_normalize(fold, source, source_length, folded, 1024, &code);
  int32_t length = 0;
  u_strToUTF8(out, capacity, &length, folded, folded_length, &code);
  return U_FAILURE(code) ? -code : length;
}

struct cicu_simplifier {
  UTransliterator *transliterator;
};

cicu_simplifier *cicu_simplifier_open(int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  cicu_simplifier *simplifier = calloc(1, sizeof *simplifier);
  if (!simplifier) {
    *status = U_MEMORY_ALLOCATION_ERROR;
    return NULL;
  }
  static const UChar id[] = u"Traditional-Simplified";
  simplifier->transliterator = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
  *status = code;
  if (U_FAILURE(code)) {
    free(simplifier);
    return NULL;
  }
  return simplifier;
}

uint16_t cicu_simplify(cicu_simplifier *simplifier, uint16_t scalar) {
  UErrorCode code = U_ZERO_ERROR;
  UChar text[8] = {scalar};
  int32_t length = 1, limit = 1;
  utrans_transUChars(simplifier->transliterator, text, &length, 8, 0, &limit, &code);
  return U_FAILURE(code) || length != 1 ? scalar : text[0];
}

void cicu_simplifier_close(cicu_simplifier *simplifier) {
  utrans_close(simplifier->transliterator);
  free(simplifier);
}

struct cicu_pinyin {
  UTransliterator *transliterator;
};

cicu_pinyin *cicu_pinyin_open(int32_t *status) {
  UErrorCode code = U_ZERO_ERROR;
  cicu_pinyin *pinyin = calloc(1, sizeof *pinyin);
  if (!pinyin) {
    *status = U_MEMORY_ALLOCATION_ERROR;
    return NULL;
  }
  static const UChar id[] = u"Han-Latin; Latin-ASCII; Lower";
  pinyin->transliterator = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
  *status = code;
  if (U_FAILURE(code)) {
    free(pinyin);
    return NULL;
  }
  return pinyin;
}

int32_t cicu_pinyin_of(cicu_pinyin *pinyin, uint16_t scalar, char *out, int32_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  UChar text[32] = {scalar};
  int32_t length = 1, limit = 1, count = 0;
  utrans_transUChars(pinyin->transliterator, text, &length, 32, 0, &limit, &code);
  if (U_FAILURE(code)) return 0;
  for (int32_t index = 0; index < length && count < capacity; index++)
    if (text[index] >= 'a' && text[index] <= 'z') out[count++] = (char)text[index];
  return count;
}

void cicu_pinyin_close(cicu_pinyin *pinyin) {
  utrans_close(pinyin->transliterator);
  free(pinyin);
}

int64_t cicu_to_utf8(const char *encoding, const char *bytes, int64_t count, char *out, int64_t capacity) {
  UErrorCode code = U_ZERO_ERROR;
  UConverter *from = ucnv_open(encoding, &code);
  UConverter *to = ucnv_open("UTF-8", &code);
  int64_t total = 0;
  if (U_SUCCESS(code)) {
    UChar pivot[4096], *pivot_source = pivot, *pivot_target = pivot;
    char scratch[8192];
    const char *source = bytes, *source_limit = bytes + count;
    UBool reset = 1;
    for (;;) {
      char *begin = out ? out + total : scratch, *target = begin;
      const char *limit = out ? out + capacity : scratch + sizeof scratch;
      code = U_ZERO_ERROR;
      ucnv_convertEx(to, from, &target, limit, &source, source_limit, pivot, &pivot_source, &pivot_target,
                     pivot + 4096, reset, 1, &code);
      reset = 0;
      total += target - begin;
      if (code != U_BUFFER_OVERFLOW_ERROR || out) break;
    }
  }
  if (from) ucnv_close(from);
  if (to) ucnv_close(to);
  return U_FAILURE(code) ? -(int64_t)code : total;
}

const char *cicu_version(void) { return U_ICU_VERSION; }
