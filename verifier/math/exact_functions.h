// Exact values of number-theoretic functions, and residues of integers that
// are too large to be written down.
//
//   ExactFunction(Function::kGcd, {12, 18}, &budget);  // 6
//   uint64_t r;
//   ResidueOfTower(tree of 7^{7^{7}}, 10, &budget, &r);  // 3
//
// Threads: pure.
#ifndef VERIFIER_MATH_EXACT_FUNCTIONS_H_
#define VERIFIER_MATH_EXACT_FUNCTIONS_H_

#include <cstdint>
#include <vector>

#include "verifier/math/exact.h"
#include "verifier/math/expr.h"

namespace assay::math {

Exact ExactFunction(Function function, const std::vector<Rational>& arguments,
                    Budget* budget);

// n!, n!!, ...: `step` is the number of exclamation marks, where 2 means the
// double factorial.
Exact ExactFactorial(const Rational& n, int step, Budget* budget);

// The residue modulo `modulus` of a variable-free integer tree, of any size:
// powers by Euler's theorem, factorials of large numbers as zero, products of
// ranges by their period. False where the tree is not of this kind, divides
// by a non-unit, or the budget is spent. 1 <= modulus < 2^62.
bool ResidueOfTower(const Expr& expr, uint64_t modulus, Budget* budget,
                    uint64_t* residue);

}  // namespace assay::math

#endif  // VERIFIER_MATH_EXACT_FUNCTIONS_H_
