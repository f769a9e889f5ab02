#include "kernels/lanes/generate.h"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

namespace assay::kernels::lanes {
namespace {

constexpr Op kFunctionOps[] = {Op::kSqrt, Op::kExp, Op::kLog,
                               Op::kSin,  Op::kCos, Op::kAtan};

int Append(SymbolicTape* tape, Op op, int a, int b) {
  tape->instructions.push_back({op, a, b});
  return static_cast<int>(tape->instructions.size()) - 1;
}

int WithInteger(SymbolicTape* tape, Op op, int a, int64_t n) {
  tape->integers.push_back(n);
  return Append(tape, op, a, static_cast<int>(tape->integers.size()) - 1);
}

std::string NameOf(Op op) {
  constexpr const char* kNames[] = {
#define ASSAY_OP(name, text, arity, immediate, domains, ulps) text,
#include "kernels/op_table.def"
#undef ASSAY_OP
  };
  return kNames[static_cast<int>(op)];
}

std::string PythonOf(const Instruction& in, const std::string& a,
                     const std::string& b, int64_t n) {
  switch (in.op) {
    case Op::kAdd:
      return "(" + a + " + " + b + ")";
    case Op::kSubtract:
      return "(" + a + " - " + b + ")";
    case Op::kMultiply:
      return "(" + a + " * " + b + ")";
    case Op::kDivide:
      return "(" + a + " / " + b + ")";
    case Op::kNegate:
      return "(-" + a + ")";
    case Op::kPowInt:
      return "(" + a + ")**(" + std::to_string(n) + ")";
    case Op::kAtan:
      return "arctan(" + a + ")";
    default:
      return NameOf(in.op) + "(" + a + (b.empty() ? "" : ", " + b) + ")";
  }
}

}  // namespace

const char* MixName(Mix mix) {
  switch (mix) {
    case Mix::kArithmetic:
      return "arithmetic";
    case Mix::kRational:
      return "rational";
    case Mix::kFunctions:
      return "functions";
    default:
      return "all";
  }
}

std::string SymbolicTape::Python() const {
  std::vector<std::string> texts;
  size_t constant = 0;
  for (const Instruction& in : instructions) {
    if (in.op == Op::kVariable) {
      texts.push_back("v" + std::to_string(in.a));
    } else if (ArityOf(in.op) == 0) {
      const Fraction& f = constants[constant++];
      texts.push_back("(" + std::to_string(f.numerator) + "/" +
                      std::to_string(f.denominator) + ")");
    } else {
      const bool binary = ArityOf(in.op) == 2;
      const bool immediate = in.op == Op::kPowInt || in.op == Op::kRoot;
      texts.push_back(PythonOf(in, texts[in.a], binary ? texts[in.b] : "",
                               immediate ? integers[in.b] : 0));
    }
  }
  return texts.back();
}

double Generator::Number(double low, double high) {
  const double unit = static_cast<double>(Below((1 << 20) - 1) + 1) * 0x1p-20;
  return low + (high - low) * unit;
}

int Generator::Leaf(SymbolicTape* tape) {
  if (Below(10) < 7) {
    return Append(tape, Op::kVariable, static_cast<int>(Below(variables_)), -1);
  }
  tape->constants.push_back(Constant());
  return Append(tape, Op::kConstant, -1, -1);
}

Fraction Generator::Constant() {
  const int32_t numerator = static_cast<int32_t>(Below(23)) - 9;
  const int32_t denominator = static_cast<int32_t>(1) << Below(4);
  return {numerator == 0 ? 14 : numerator, denominator};
}

SymbolicTape Generator::Alike(const SymbolicTape& tape) {
  SymbolicTape other = tape;
  for (Fraction& constant : other.constants) constant = Constant();
  return other;
}

int Generator::Function(SymbolicTape* tape, int a) {
  if (mix_ != Mix::kAll) {
    return Append(tape, kFunctionOps[Below(std::size(kFunctionOps))], a, -1);
  }
  for (;;) {
    const Op op = static_cast<Op>(Below(kOpsCount));
    if (ArityOf(op) != 1) continue;
    if (op == Op::kPowInt) {
      return WithInteger(tape, op, a, static_cast<int64_t>(Below(9)) - 3);
    }
    if (op == Op::kRoot) {
      return WithInteger(tape, op, a, static_cast<int64_t>(Below(4)) + 2);
    }
    return Append(tape, op, a, -1);
  }
}

int Generator::Combine(SymbolicTape* tape, int a, int b) {
  if (mix_ == Mix::kAll && Below(4) == 0) {
    for (;;) {
      const Op op = static_cast<Op>(Below(kOpsCount));
      if (ArityOf(op) == 2) return Append(tape, op, a, b);
    }
  }
  if (mix_ == Mix::kRational && Below(10) == 0) {
    return Below(3) == 0
               ? WithInteger(tape, Op::kPowInt, Append(tape, Op::kAdd, a, b),
                             static_cast<int64_t>(Below(3)) + 2)
               : Append(tape, Op::kDivide, a, b);
  }
  constexpr Op kOps[] = {Op::kAdd, Op::kAdd, Op::kSubtract, Op::kMultiply,
                         Op::kMultiply};
  return Append(tape, kOps[Below(std::size(kOps))], a, b);
}

SymbolicTape Generator::Tape() {
  SymbolicTape tape;
  const int nodes = 5 + static_cast<int>(Below(15));
  // 8 % of the nodes are functions, by a fair throw for what is no whole one.
  int functions = 0;
  if (mix_ == Mix::kFunctions) {
    for (int k = 0; k < nodes; ++k) functions += Below(100) < 8 ? 1 : 0;
  } else if (mix_ == Mix::kAll) {
    functions = nodes / 3;
  }
  // Where every throw said function, there is a leaf below them.
  const int leaves = std::max(1, (nodes - functions + 1) / 2);
  std::vector<int> open;
  for (int k = 0; k < leaves; ++k) open.push_back(Leaf(&tape));
  int steps = functions + leaves - 1;
  while (steps > 0) {
    const size_t at = Below(open.size());
    std::swap(open[at], open.back());
    const int a = open.back();
    if (open.size() == 1 || Below(static_cast<uint64_t>(steps)) <
                                static_cast<uint64_t>(functions)) {
      open.back() = functions > 0 ? Function(&tape, a)
                                  : Append(&tape, Op::kNegate, a, -1);
      if (functions > 0) --functions;
    } else {
      open.pop_back();
      open.back() = Combine(&tape, a, open.back());
    }
    --steps;
  }
  return tape;
}

template <typename D>
typename D::Value ConstantOf(const typename D::Field& field,
                             const Fraction& fraction) {
  if constexpr (std::is_same_v<typename D::Scalar, double>) {
    // Denominators are powers of two: exact.
    const double x = static_cast<double>(fraction.numerator) /
                     static_cast<double>(fraction.denominator);
    return CoordinateOf<D>(field, x, 0);
  } else {
    const uint64_t d = field.Enter(static_cast<uint64_t>(fraction.denominator));
    const int32_t n = fraction.numerator;
    const uint64_t m = field.Enter(static_cast<uint64_t>(n < 0 ? -n : n));
    const uint64_t x = MultiplyMod(field, n < 0 ? NegateMod(field, m) : m,
                                   RaiseMod(field, d, field.p() - 2));
    return {x};
  }
}

template <typename D>
typename D::Value CoordinateOf(const typename D::Field& field, double re,
                               double im) {
  if constexpr (std::is_same_v<D, PlainDomain>) {
    return {re};
  } else if constexpr (std::is_same_v<D, RealDomain>) {
    return {re, 0};
  } else if constexpr (std::is_same_v<D, ComplexDomain>) {
    return {re, im, 0};
  } else if constexpr (D::kParts == 1) {
    return {field.Enter(BitsOf(re) * 0x9e3779b97f4a7c15ull)};
  } else {
    return {field.Enter(BitsOf(re) * 0x9e3779b97f4a7c15ull),
            field.Enter(BitsOf(im) * 0x9e3779b97f4a7c15ull)};
  }
}

template <typename D>
LaneBatch<D> MakeBatch(const typename D::Field& field,
                       const std::vector<SymbolicTape>& tapes, int variables,
                       size_t points, uint64_t seed) {
  LaneBatch<D> batch(field);
  batch.SetPoints(static_cast<size_t>(variables), points);
  Generator numbers(seed, Mix::kArithmetic, variables);
  for (size_t v = 0; v < static_cast<size_t>(variables); ++v) {
    for (size_t k = 0; k < points; ++k) {
      const double re = numbers.Number(0, 2), im = numbers.Number(-1, 1);
      batch.SetVariable(v, k, CoordinateOf<D>(field, re, im));
    }
  }
  std::vector<typename D::Value> constants;
  for (const SymbolicTape& tape : tapes) {
    constants.clear();
    for (const Fraction& f : tape.constants) {
      constants.push_back(ConstantOf<D>(field, f));
    }
    batch.Add(tape.instructions.data(), tape.instructions.size(),
              constants.data(), constants.size(), tape.integers.data(),
              tape.integers.size());
  }
  return batch;
}

#define ASSAY_GENERATE(D)                                                      \
  template typename D::Value ConstantOf<D>(const typename D::Field&,           \
                                           const Fraction&);                   \
  template typename D::Value CoordinateOf<D>(const typename D::Field&, double, \
                                             double);                          \
  template LaneBatch<D> MakeBatch<D>(const typename D::Field&,                 \
                                     const std::vector<SymbolicTape>&, int,    \
                                     size_t, uint64_t);
ASSAY_GENERATE(PlainDomain)
ASSAY_GENERATE(RealDomain)
ASSAY_GENERATE(ComplexDomain)
ASSAY_GENERATE(PrimeDomain<Mersenne61>)
ASSAY_GENERATE(PrimeDomain<Montgomery>)
ASSAY_GENERATE(QuadraticDomain<Mersenne61>)
ASSAY_GENERATE(QuadraticDomain<Montgomery>)
#undef ASSAY_GENERATE

}  // namespace assay::kernels::lanes
