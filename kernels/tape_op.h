// The operations of a tape as a plain enum, and an instruction of it, for host
// and device alike.
//
//   Op op = Op::kAdd;   // Its facts: Facts(op) in tape.h, op_table.def.
#ifndef KERNELS_TAPE_OP_H_
#define KERNELS_TAPE_OP_H_

#include <cstdint>
#include <utility>

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

enum DomainBits : uint8_t { kResidues = 1, kReal = 2, kComplex = 4 };

// The domains in which the operation can be evaluated.
constexpr uint8_t DomainsOf(Op op) {
  constexpr uint8_t kDomains[] = {
#define ASSAY_OP(name, text, arity, immediate, domains, ulps) domains,
#include "kernels/op_table.def"
#undef ASSAY_OP
  };
  return kDomains[static_cast<int>(op)];
}

// Operands that are earlier instructions.
constexpr int ArityOf(Op op) {
  constexpr int kArities[] = {
#define ASSAY_OP(name, text, arity, immediate, domains, ulps) arity,
#include "kernels/op_table.def"
#undef ASSAY_OP
  };
  return kArities[static_cast<int>(op)];
}

// One value of a tape, in static single assignment form.
struct Instruction {
  Op op = Op::kConstant;
  int32_t a = -1;  // Operand; of a leaf: the number of its immediate.
  int32_t b = -1;  // Operand, or the number of the immediate (PowInt, Root).
  friend bool operator==(const Instruction&, const Instruction&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const Instruction& i) {
    return H::combine(std::move(h), i.op, i.a, i.b);
  }
};

}  // namespace assay::kernels

#endif  // KERNELS_TAPE_OP_H_
