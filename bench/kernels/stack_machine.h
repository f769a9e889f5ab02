// The machine that one would write first, as a peer of ours: postfix code and
// a stack of doubles in a thread's own memory, one thread a value.
//
//   StackCode code = ToStackCode(tapes);
//   double y = RunStack<false>(&code.words[code.first[t]],
//                              code.first[t + 1] - code.first[t],
//                              code.constants.data(), coordinates, stride, k);
//
// With kLibrary false it calls the functions that ours calls, so its bits are
// ours; else the compiler's own. It has what the generated mixes for rates
// have, and answers NaN to anything else. Threads: pure. Bounds: kStackMax
// operands at once (trees of 19 nodes need 10), kIndexMax constants.
#ifndef BENCH_KERNELS_STACK_MACHINE_H_
#define BENCH_KERNELS_STACK_MACHINE_H_

#include <cmath>
#include <cstdint>
#include <vector>

#include "kernels/lanes/generate.h"

namespace assay::kernels::lanes {

inline constexpr int kStackMax = 32;
inline constexpr uint32_t kIndexMax = (1u << 24) - 1;

// A word: the operation in 8 bits, and 24 of the variable's number, the
// constant's, or the power itself.
struct StackCode {
  std::vector<uint32_t> words;
  std::vector<uint32_t> first = {0};  // Of each tape, and the end.
  std::vector<double> constants;
};

class StackEncoder {
 public:
  StackEncoder(const SymbolicTape& tape, StackCode* code)
      : tape_(tape), code_(code) {
    for (const Instruction& in : tape.instructions) {
      const bool constant = ArityOf(in.op) == 0 && in.op != Op::kVariable;
      number_.push_back(static_cast<uint32_t>(code->constants.size()));
      if (!constant) continue;
      const Fraction& f = tape.constants[constants_++];
      code->constants.push_back(static_cast<double>(f.numerator) /
                                static_cast<double>(f.denominator));
    }
  }
  void Run() {
    Visit(static_cast<int>(tape_.instructions.size()) - 1);
    code_->first.push_back(static_cast<uint32_t>(code_->words.size()));
  }

 private:
  void Visit(int k) {
    const Instruction& in = tape_.instructions[k];
    const int arity = ArityOf(in.op);
    if (arity >= 1) Visit(in.a);
    if (arity == 2) Visit(in.b);
    uint32_t index = number_[k];
    if (in.op == Op::kVariable) index = static_cast<uint32_t>(in.a);
    if (in.op == Op::kPowInt)
      index = static_cast<uint32_t>(tape_.integers[in.b]);
    code_->words.push_back(static_cast<uint32_t>(in.op) | index << 8);
  }

  const SymbolicTape& tape_;
  StackCode* code_;
  size_t constants_ = 0;
  std::vector<uint32_t> number_;
};

inline StackCode ToStackCode(const std::vector<SymbolicTape>& tapes) {
  StackCode code;
  for (const SymbolicTape& tape : tapes) StackEncoder(tape, &code).Run();
  return code;
}

template <bool kLibrary>
ASSAY_HOST_DEVICE double StackFunction(Op op, double x) {
  const auto own = [x](Op f) {
    return PlainDomain::Unary(f, {}, {x}, 0, nullptr).x;
  };
  switch (op) {
    case Op::kSqrt:
      return SquareRoot(x);
    case Op::kExp:
      return kLibrary ? exp(x) : own(Op::kExp);
    case Op::kLog:
      return kLibrary ? log(x) : own(Op::kLog);
    case Op::kSin:
      return kLibrary ? sin(x) : own(Op::kSin);
    case Op::kCos:
      return kLibrary ? cos(x) : own(Op::kCos);
    case Op::kAtan:
      return kLibrary ? atan(x) : own(Op::kAtan);
    default:
      return PlainDomain::Unary(Op::kRe, {}, {x}, 0, nullptr).x;  // NaN.
  }
}

template <bool kLibrary>
ASSAY_HOST_DEVICE double RunStack(const uint32_t* words, uint32_t count,
                                  const double* constants,
                                  const double* coordinates, uint32_t stride,
                                  uint32_t point) {
  double stack[kStackMax];
  int top = -1;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t index = words[i] >> 8;
    const Op op = static_cast<Op>(words[i] & 255u);
    switch (op) {
      case Op::kVariable:
        stack[++top] = coordinates[index * stride + point];
        break;
      case Op::kConstant:
        stack[++top] = constants[index];
        break;
      case Op::kAdd:
        --top;
        stack[top] = stack[top] + stack[top + 1];
        break;
      case Op::kSubtract:
        --top;
        stack[top] = stack[top] - stack[top + 1];
        break;
      case Op::kMultiply:
        --top;
        stack[top] = stack[top] * stack[top + 1];
        break;
      case Op::kDivide:
        --top;
        stack[top] = stack[top] / stack[top + 1];
        break;
      case Op::kNegate:
        stack[top] = -stack[top];
        break;
      case Op::kPowInt:
        stack[top] = PlainDomain::Unary(Op::kPowInt, {}, {stack[top]},
                                        static_cast<int64_t>(index), nullptr)
                         .x;
        break;
      default:
        stack[top] = StackFunction<kLibrary>(op, stack[top]);
    }
  }
  return stack[0];
}

}  // namespace assay::kernels::lanes

#endif  // BENCH_KERNELS_STACK_MACHINE_H_
