// Whether two formulas of propositional logic are equivalent.
//
//   CompareTruth(tree of p \to q, tree of \neg p \lor q, &budget);  // true
//
// Threads: pure. Bounds: kLettersMax letters, so 2^kLettersMax rows.
#ifndef VERIFIER_MATH_TRUTH_H_
#define VERIFIER_MATH_TRUTH_H_

#include <optional>

#include "verifier/math/exact.h"
#include "verifier/math/expr.h"

namespace assay::math {

inline constexpr size_t kLettersMax = 10;

// Nothing where a side is no such formula, neither has a connective, or
// there are too many letters.
std::optional<bool> CompareTruth(const Expr& a, const Expr& b, Budget* budget);

}  // namespace assay::math

#endif  // VERIFIER_MATH_TRUTH_H_
