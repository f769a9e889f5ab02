// Compares answers that are words.
//
//   NormalizedWords(R"(\text{The Circle.})")   // "circle"
//
// Threads: pure. Bounds: linear.
#ifndef VERIFIER_MATH_WORDS_H_
#define VERIFIER_MATH_WORDS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "absl/types/span.h"

namespace assay::math {

// The brackets of the text in order, those of \\text and its kin apart: words
// with brackets around numbers are equal only where these are.
std::string BracketsOf(std::string_view text);

// How many signs NormalizedWords drops that may change a value: ', !, %, _.
size_t CountDroppedSigns(std::string_view text);

// Lower case (ASCII), without commands, delimiters, punctuation, articles and
// repeated spaces.
std::string NormalizedWords(std::string_view text);
// The same for formulas that do not parse: spaces and sizing commands apart.
std::string NormalizedFormula(std::string_view text);
// 0 for A, ... 25 for Z: of "B", "(B)", "B.", "\text{B}", "B: circle"; -1
// where it is no choice letter.
int ChoiceLetter(std::string_view text);
// "B" and "B. 12", "AC" and "A, C" are the same options of a question, "A" and
// "B. 12" others, as are "A. 12" and "B. 12".
enum class Options : uint8_t { kNone, kSame, kOther };
Options CompareOptions(std::string_view a, std::string_view b);
// "12" of "B. 12"; empty where no option's letter stands before.
std::string_view OptionText(std::string_view text);
// Whether a table of words has the word.
template <size_t kCount>
bool IsOneOf(std::string_view word, const std::string_view (&words)[kCount]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}
// The option that the words name, -1 where none or several.
int OptionOf(std::string_view text, absl::Span<const std::string> options);

}  // namespace assay::math

#endif  // VERIFIER_MATH_WORDS_H_
