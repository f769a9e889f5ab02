// Decides the plainest pairs from their texts, exactly as the long way would,
// at a twentieth of its cost: two different integers or fractions.
//
//   DifferentNumbers("17", "\\frac{34}{3}")  // different, WITNESS
//   DifferentNumbers("17", "17.0")           // nothing: equal, the long way
//   IsPlainAnswer("x^{2}+1")                 // nothing to extract from it
//
// Tests compare both with the long way, which explanations always take.
// Threads: pure.
#ifndef VERIFIER_MATH_QUICK_NUMBERS_H_
#define VERIFIER_MATH_QUICK_NUMBERS_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "verifier/math/finding.h"

namespace assay::math {

struct QuickNumber {
  int64_t numerator = 0;
  int64_t denominator = 1;  // Positive; not in lowest terms.
  bool decimal = false;
};

// "12", "-3/4", "\frac{3}{4}", "2.75": at most 15 digits a part, no leading
// zeros, no spaces.
std::optional<QuickNumber> ReadQuickNumber(std::string_view text);

// The finding where both are such numbers, the gold is no decimal (policies
// may round those), and they differ.
std::optional<Finding> DifferentNumbers(std::string_view gold,
                                        std::string_view answer);

// Whether extraction surely takes the whole of this bare text: digits, single
// letters, arithmetic signs, braces and a few commands, and no words.
bool IsPlainAnswer(std::string_view text);

}  // namespace assay::math

#endif  // VERIFIER_MATH_QUICK_NUMBERS_H_
