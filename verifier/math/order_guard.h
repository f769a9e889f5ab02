// Where the order of what is multiplied counts, which the grammar's products
// do not keep: \vec{a} \times \vec{b}, f \circ g, A^T B, PAP^{-1}, AB - BA,
// \mathbf{A}\mathbf{B}, sets and forms, a 3 \times 4 matrix, \triangle ABC
// \cong \triangle DEF, \angle 1, \nabla.
//
//   OrdersDiffer("\\vec{a}\\times\\vec{b}", "\\vec{b}\\times\\vec{a}"); // true
//   OrdersDiffer("2\\times 3", "3\\times 2");                         // false
//
// Threads: pure. Bounds: texts up to kOrderBytesMax, others have no order.
#ifndef VERIFIER_MATH_ORDER_GUARD_H_
#define VERIFIER_MATH_ORDER_GUARD_H_

#include <cstddef>
#include <string_view>

namespace assay::math {

inline constexpr size_t kOrderBytesMax = 1024;

// Whether both texts say such things, or one does, in other orders: agreement
// of their values then proves nothing.
bool OrdersDiffer(std::string_view a, std::string_view b);

// "if and only if", "only if", "unless", \exists!: whether one text says
// another of these than the other, or "q if p" for "p if q".
bool ConnectivesDiffer(std::string_view a, std::string_view b);

}  // namespace assay::math

#endif  // VERIFIER_MATH_ORDER_GUARD_H_
