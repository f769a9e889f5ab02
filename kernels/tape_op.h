// The operations of a tape as a plain enum, for host and device alike.
//
//   Op op = Op::kAdd;   // Its facts: Facts(op) in tape.h, op_table.def.
#ifndef KERNELS_TAPE_OP_H_
#define KERNELS_TAPE_OP_H_

#include <cstdint>

namespace assay::kernels {

enum class Op : uint8_t {
#define ASSAY_OP(name, text, arity, immediate, domains, ulps) k##name,
#include "kernels/op_table.def"
#undef ASSAY_OP
};

inline constexpr int kOpsCount = 0
#define ASSAY_OP(name, text, arity, immediate, domains, ulps) +1
#include "kernels/op_table.def"
#undef ASSAY_OP
    ;

}  // namespace assay::kernels

#endif  // KERNELS_TAPE_OP_H_
