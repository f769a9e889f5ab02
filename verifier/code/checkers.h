// Is a program's output the expected one?
//
//   CheckResult r = CheckOutput(checker, actual, expected);
//   r.equal; r.reason;  // "token 3 differs"; never an expected value.
//
// exact/1   byte for byte.
// tokens/1  the same tokens between ASCII white space (space, \t \n \v \f \r).
// float/1   as tokens, but two tokens that both read whole as decimal numbers
//           (sign, digits, point, exponent; no hex, inf or nan) are equal when
//           within the absolute tolerance, or the relative one of the
//           expected number.
//
// Threads: pure functions. Time: linear, no allocation per token. All bytes
// are hostile: NUL and invalid UTF-8 are bytes like any others.
#ifndef VERIFIER_CODE_CHECKERS_H_
#define VERIFIER_CODE_CHECKERS_H_

#include <string>
#include <string_view>

#include "verifier/sample.h"

namespace assay::code {

struct CheckResult {
  bool equal = false;
  std::string reason;  // Empty where equal.
};

CheckResult CheckOutput(const Checker& checker, std::string_view actual,
                        std::string_view expected);

// "exact/1", "tokens/1" or "float/1".
std::string_view ComparisonName(const Checker& checker);

}  // namespace assay::code

#endif  // VERIFIER_CODE_CHECKERS_H_
