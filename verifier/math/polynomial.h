// The zero set of a rational function as a primitive squarefree polynomial,
// by FLINT.
//
//   ZeroSets z = CompareZeroSets(tree of y - 1/x, tree of x y - 1, {"x","y"});
//
// Threads: pure. Bounds: kPolynomialTermsMax terms, degree and coefficients
// bounded; beyond, the answer is kUnknown.
#ifndef VERIFIER_MATH_POLYNOMIAL_H_
#define VERIFIER_MATH_POLYNOMIAL_H_

#include <string>
#include <vector>

#include "verifier/math/exact.h"
#include "verifier/math/expr.h"

namespace assay::math {

inline constexpr int kPolynomialTermsMax = 120;
inline constexpr int kPolynomialDegreeMax = 16;

enum class ZeroSets { kUnknown, kEqual, kDifferent };

// `names` are all variables of both.
ZeroSets CompareZeroSets(const Expr& a, const Expr& b,
                         const std::vector<std::string>& names, Budget* budget);

// The greatest common divisor over the integers; null where an argument is no
// polynomial with integer coefficients, or a bound is passed.
const Expr* PolynomialGcd(const Expr& a, const Expr& b, Arena* arena,
                          Budget* budget);

// A rational function in lowest terms, over integers; null where `e` is none.
struct LowestTerms {
  const Expr* numerator = nullptr;
  const Expr* denominator = nullptr;
};
LowestTerms InLowestTerms(const Expr& e, Arena* arena, Budget* budget);

// Where a rational function of one variable may change its sign.
struct RealCut {
  const Expr* at = nullptr;  // A rational, or one with a square root.
  bool pole = false;         // Undefined there; else zero.
};

// All real zeros and poles of `e`, each once, in no order. False where one
// has no form in square roots, or a bound is passed.
bool RealCuts(const Expr& e, const std::string& name, Arena* arena,
              Budget* budget, std::vector<RealCut>* cuts);

}  // namespace assay::math

#endif  // VERIFIER_MATH_POLYNOMIAL_H_
