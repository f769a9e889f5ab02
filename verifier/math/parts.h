// The answers to the parts of a question: "(1) 3; (2) 4", "(a) x (b) y",
// "①3 ②4".
//
//   NumberedParts("(1) 3; (2) $a = 4$");   // {"3", "$a = 4$"}
//   NumberedParts("(1)(3)");               // {}: statements that are named
//
// Threads: pure. Bounds: kPartsMax parts.
#ifndef VERIFIER_MATH_PARTS_H_
#define VERIFIER_MATH_PARTS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::math {

inline constexpr size_t kPartsMax = 9;

// In their order, which starts at one and leaves none out; empty where the
// text is not of this kind.
std::vector<std::string_view> NumberedParts(std::string_view text);

// "(1)(3)", "(1), (3)" and "②和③" as the numbers of statements that they
// are: "①③"; empty where the text is not of this kind.
std::string StatementNumbers(std::string_view text);

}  // namespace assay::math

#endif  // VERIFIER_MATH_PARTS_H_
