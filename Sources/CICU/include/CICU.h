#ifndef CICU_H
#define CICU_H
#include <stdint.h>

/* What huice uses of ICU, behind functions that show no ICU type or symbol: Foundation carries an ICU
   of its own, and the two module maps clash. A status above 0 is a failure, as ICU's UErrorCode. */

/// One word-break iterator. Opaque: Swift never sees an ICU type or symbol.
typedef struct cicu_words cicu_words;

/// Opens a word iterator for `locale`; NULL on failure, with ICU's code in `*status`.
cicu_words *_Nullable cicu_words_open(const char *_Nonnull locale, int32_t *_Nonnull status);
/// Writes the boundaries of `count` UTF-16 units into `ends` (room for `count`), and for each whether the
/// segment before it is a word; returns how many there are, or the negative status of a failure.
int32_t cicu_words_break(cicu_words *_Nonnull words, const uint16_t *_Nonnull utf16, int32_t count,
                         int32_t *_Nonnull ends, uint8_t *_Nonnull is_word);
void cicu_words_close(cicu_words *_Nonnull words);

/// Folds UTF-8 text: NFKC with case folding. Returns the folded length in bytes, or the negative status.
int32_t cicu_fold(const char *_Nonnull utf8, int32_t count, char *_Nonnull out, int32_t capacity);

/// The traditional-to-simplified table of ICU's transliterator, one scalar at a time.
typedef struct cicu_simplifier cicu_simplifier;
cicu_simplifier *_Nullable cicu_simplifier_open(int32_t *_Nonnull status);
/// The simplified form of one scalar of the basic plane (itself where it has none).
uint16_t cicu_simplify(cicu_simplifier *_Nonnull simplifier, uint16_t scalar);
void cicu_simplifier_close(cicu_simplifier *_Nonnull simplifier);

/// The pinyin of ICU's transliterator, one scalar at a time, lower case and without tones.
typedef struct cicu_pinyin cicu_pinyin;
cicu_pinyin *_Nullable cicu_pinyin_open(int32_t *_Nonnull status);
/// Writes the syllable of one scalar of the basic plane as ASCII into `out` (room for `capacity`); returns its
/// length, 0 where it has none.
int32_t cicu_pinyin_of(cicu_pinyin *_Nonnull pinyin, uint16_t scalar, char *_Nonnull out, int32_t capacity);
void cicu_pinyin_close(cicu_pinyin *_Nonnull pinyin);

/// Converts bytes in the named encoding to UTF-8. Returns the length, or the negative status;
/// with `out` NULL only measures. What cannot be read becomes U+FFFD.
int64_t cicu_to_utf8(const char *_Nonnull encoding, const char *_Nonnull bytes, int64_t count,
                     char *_Nullable out, int64_t capacity);

/// ICU library version, as "72.1".
const char *_Nonnull cicu_version(void);
#endif
