// What a LaTeX command or a plain word means to the lexer.
//
//   FindCommand("leq")->type;  // Tok::kRelation
//   FindWord("arcsin")->type;  // Tok::kFunction
//   CanonicalUnit("inches");   // "in"
//
// Threads: static tables, built on first use.
#ifndef VERIFIER_MATH_NAMES_H_
#define VERIFIER_MATH_NAMES_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "verifier/math/token.h"

namespace assay::math {

struct Name {
  std::string_view name;
  Tok type;
  uint16_t detail = 0;
  std::string_view text = {};
};

// Null where unknown. `name` without the backslash.
const Name* FindCommand(std::string_view name);
// R, Z, N, Q and C name the sets of numbers.
std::optional<NamedSet> NamedSetOf(char letter);
// Words match in lower case too, if they have at least three letters.
const Name* FindWord(std::string_view word);
// Empty where `word` names no unit.
std::string_view CanonicalUnit(std::string_view word);
// "is", "the", ...: where such a word follows a value, the text is prose.
bool IsProseWord(std::string_view word);
// Value of "seven", "twenty", "million"; ~0 where it is no number word.
uint64_t NumberWordValue(std::string_view word, bool* scale);

}  // namespace assay::math

#endif  // VERIFIER_MATH_NAMES_H_
