// Derivatives of elementary expressions, and definite integrals of
// polynomials and of exp, sin, cos of linear arguments, as trees.
//
//   TakeDerivative(tree of \frac{d}{dx} x^2, &arena, &budget);  // 2 x
//
// Errors: null where it is not known how, or a budget is spent.
// Threads: as the arena.
#ifndef VERIFIER_MATH_CALCULUS_H_
#define VERIFIER_MATH_CALCULUS_H_

#include <string_view>

#include "verifier/math/exact.h"
#include "verifier/math/expr.h"

namespace assay::math {

// The derivative of `e` by `variable`.
const Expr* Differentiate(const Expr& e, std::string_view variable,
                          Arena* arena, Budget* budget);
// `e` is a kDerivative.
const Expr* TakeDerivative(const Expr& e, Arena* arena, Budget* budget);
// `e` is a kIntegral with both bounds.
const Expr* TakeIntegral(const Expr& e, Arena* arena, Budget* budget);

}  // namespace assay::math

#endif  // VERIFIER_MATH_CALCULUS_H_
