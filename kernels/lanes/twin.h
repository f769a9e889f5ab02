// The slow and obvious twin of every evaluator: one tape, one point, one
// operation after the other, straight from the tape's own form, without lane
// code, vectors or threads. Tests and the device's self-check compare bits
// with it.
//
//   RealBall y = EvaluateByTwin<RealDomain>({}, instructions, count, variables,
//                                           constants, integers, &undefined);
//
// `constants` are the leaves that are no variables, in order. Threads: pure.
#ifndef KERNELS_LANES_TWIN_H_
#define KERNELS_LANES_TWIN_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/lanes/domains.h"

namespace assay::kernels::lanes {

template <typename D>
typename D::Value EvaluateByTwin(const typename D::Field& field,
                                 const Instruction* instructions, size_t count,
                                 const typename D::Value* variables,
                                 const typename D::Value* constants,
                                 const int64_t* integers, bool* undefined) {
  std::vector<typename D::Value> values(count);
  *undefined = false;
  for (size_t k = 0; k < count; ++k) {
    const Instruction& in = instructions[k];
    if (in.op == Op::kVariable) {
      values[k] = variables[in.a];
    } else if (ArityOf(in.op) == 0) {
      values[k] = *constants++;
    } else if (ArityOf(in.op) == 1) {
      const bool immediate = in.op == Op::kPowInt || in.op == Op::kRoot;
      values[k] = D::Unary(in.op, field, values[in.a],
                           immediate ? integers[in.b] : 0, undefined);
    } else {
      values[k] =
          D::Binary(in.op, field, values[in.a], values[in.b], undefined);
    }
  }
  return values.back();
}

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_TWIN_H_
