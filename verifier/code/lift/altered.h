// The tests with one expectation changed, for languages with braces.
//
//   std::vector<std::string> texts = AlterBraced(text, random, {"panic"});
//
// In the order in which they are to be tried: a literal that is expected
// (after `expected:`, `==`, `!=`, or in the arguments of `equals` or the
// like) changed, chosen by `random`; then the condition of an `if` whose
// block fails the tests (by one of the words `fails`) negated.
// Time: linear. Threads: pure function.
#ifndef VERIFIER_CODE_LIFT_ALTERED_H_
#define VERIFIER_CODE_LIFT_ALTERED_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/code/lift/brace_lexer.h"

namespace assay::code {

std::vector<std::string> AlterBraced(const BraceText& tests, uint64_t random,
                                     const std::set<std::string_view>& fails);

}  // namespace assay::code

#endif  // VERIFIER_CODE_LIFT_ALTERED_H_
