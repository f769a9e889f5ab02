// Compares equations, inequalities in several variables, and an equation with
// an expression.
//
// Two equations F = 0 and G = 0 are equal where F(a) G(b) = F(b) G(a) for all
// points a, b, that is, where they are proportional and neither is 0; else
// their primitive squarefree numerators decide.
//
// Threads: as the ladder.
#ifndef VERIFIER_MATH_EQUATIONS_H_
#define VERIFIER_MATH_EQUATIONS_H_

#include "verifier/math/expr.h"
#include "verifier/math/finding.h"
#include "verifier/math/ladder.h"

namespace assay::math {

// Both are kRelation with kEqual.
Finding CompareEquations(const Expr& gold, const Expr& answer, Ladder* ladder);
// Both are kRelation with an order relation.
Finding CompareInequalities(const Expr& gold, const Expr& answer,
                            Ladder* ladder);
// The equation solved for its one variable that `value` has not, where it is
// linear in it; null otherwise.
const Expr* SolvedFor(const Expr& equation, const Expr& value, Ladder* ladder);

}  // namespace assay::math

#endif  // VERIFIER_MATH_EQUATIONS_H_
