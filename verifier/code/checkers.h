// Is a program's output the expected one?
//
//   CheckResult r = CheckOutput(checker, actual, expected);
//   r.equal; r.reason;  // "token 3 differs"; never an expected value.
//
// exact/1      byte for byte.
// lines/1      the same lines, but for white space at their ends and empty
//              lines at the end.
// tokens/1     the same tokens between ASCII white space (space, \t \n \v \f
//              \r).
// float/1      as tokens, but two tokens that both read whole as decimal
//              numbers (sign, digits, point, exponent; no hex, inf or nan) are
//              equal when within the absolute tolerance, or the relative one
//              of the expected number.
// unordered/1  the same lines in any order, each as often, but for white
//              space at both their ends and empty lines. At most
//              kUnorderedLinesMax lines.
// +fold        without the case of ASCII letters.
//
// Threads: pure functions. Time: linear, no allocation per token (unordered:
// sorted, sixteen bytes a line). All bytes are hostile: NUL and invalid UTF-8
// are bytes like any others.
#ifndef VERIFIER_CODE_CHECKERS_H_
#define VERIFIER_CODE_CHECKERS_H_

#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "verifier/sample.h"

namespace assay::code {

struct CheckResult {
  bool equal = false;
  std::string reason;  // Empty where equal.
};

inline constexpr size_t kUnorderedLinesMax = size_t{1} << 20;

CheckResult CheckOutput(const Checker& checker, std::string_view actual,
                        std::string_view expected);
// Against expected_output and every other one; the reason is that of
// expected_output.
CheckResult CheckOutputs(const StdioTest& test, std::string_view actual);

// "exact/1", "tokens/1+fold", ...
std::string ComparisonName(const Checker& checker);
// The names of all tests, each once, in the order of their first tests.
std::string ComparisonNames(absl::Span<const StdioTest> tests);

// The lines that kUnordered compares: those that are not empty.
size_t UnorderedLineCount(std::string_view text);

}  // namespace assay::code

#endif  // VERIFIER_CODE_CHECKERS_H_
