// A cheap normal form: sums of monomials over atoms, sorted, with exact
// coefficients. Equal forms are equal values wherever both sides are defined.
//
//   Form f = FormOf(tree of 2y - y - y, &budget);   // f.IsZero()
//   CanonicalText(tree of x + 1, &budget);          // equals that of 1 + x
//
// Products of sums stay factored; so unequal forms prove nothing.
//
// Threads: pure. Bounds: the budget, and kFormBytesMax of text.
#ifndef VERIFIER_MATH_CANONICAL_H_
#define VERIFIER_MATH_CANONICAL_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "verifier/math/exact.h"
#include "verifier/math/expr.h"
#include "verifier/math/form.h"

namespace assay::math {

inline constexpr size_t kFormBytesMax = 1 << 16;

// Nothing when the budget is spent or the text too long.
std::optional<Form> FormOf(const Expr& expr, Budget* budget);

// The form's text for expressions; for structures the kind and the canonical
// texts of the children in order. `domain_grew` may be null.
std::optional<std::string> CanonicalText(const Expr& expr, Budget* budget,
                                         bool* domain_grew = nullptr);

// a - b where their forms differ by a number alone: then their values differ
// by it wherever both are defined.
std::optional<Rational> ConstantDifference(const Expr& a, const Expr& b,
                                           Budget* budget);

}  // namespace assay::math

#endif  // VERIFIER_MATH_CANONICAL_H_
