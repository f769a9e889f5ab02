// Closed forms of what binds a variable or divides polynomials: limits,
// endless geometric sums, greatest common divisors.
//
//   ClosedForm(tree of \lim_{x \to 0} \frac{\sin x}{x}, &ladder);   // 1
//   ClosedForm(tree of \sum_{n=1}^{\infty} 2^{-n}, &ladder);        // 1
//   ClosedForm(tree of \gcd(x^2 - 1, x - 1), &ladder);              // x - 1
//
// Every step is exact; what has no closed form here stays as it is. A limit is
// found by continuity, in lowest terms, and by l'Hospital's rule.
//
// Bounds: kLimitSteps derivatives of one quotient, and the ladder's budget.
// Threads: as the ladder.
#ifndef VERIFIER_MATH_CLOSED_FORMS_H_
#define VERIFIER_MATH_CLOSED_FORMS_H_

#include "verifier/math/expr.h"
#include "verifier/math/ladder.h"

namespace assay::math {

inline constexpr int kLimitSteps = 6;

// Whether a part may have a closed form that the ladder does not see.
bool MayHaveClosedForm(const Expr& e);
// `e` itself where nothing changes; null where the arena is full.
const Expr* ClosedForm(const Expr& e, Ladder* ladder);

}  // namespace assay::math

#endif  // VERIFIER_MATH_CLOSED_FORMS_H_
