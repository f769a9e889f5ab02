// Arithmetic of vectors and matrices that are written out: sums, multiples,
// products, powers, transposes, determinants, lengths.
//
//   VectorAlgebra(tree of (1,2) + t (3,4), &arena);   // (1 + 3t, 2 + 4t)
//
// Cells stay expressions; nothing is simplified. Tuples and vectors of n
// cells are flat: a row or a column as the other operand needs.
//
// Errors: null where the tree is no such arithmetic, shapes do not fit, a
// bound is passed or the arena is full. Threads: as the arena. Bounds:
// kCellsMax cells, powers up to kPowerMax.
#ifndef VERIFIER_MATH_VECTOR_ALGEBRA_H_
#define VERIFIER_MATH_VECTOR_ALGEBRA_H_

#include <cstddef>
#include <vector>

#include "verifier/math/expr.h"

namespace assay::math {

// The value of arithmetic with at least one vector or matrix in it.
const Expr* VectorAlgebra(const Expr& e, Arena* arena);

// 2i + 3j + k as its components, `count` (2 or 3) of them; false where the
// tree is no such sum.
bool BasisComponents(const Expr& e, size_t count, Arena* arena,
                     std::vector<const Expr*>* components);

}  // namespace assay::math

#endif  // VERIFIER_MATH_VECTOR_ALGEBRA_H_
