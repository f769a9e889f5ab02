#include "kernels/tape.h"

#include <array>
#include <bit>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/exact.h"

namespace assay::kernels {
namespace {

constexpr std::array<OpFacts, kOpsCount> kFacts = {{
#define ASSAY_OP(name, text, arity, immediate, domains, ulps) \
  {text, arity, Immediate::immediate, domains, ulps},
#include "kernels/op_table.def"
#undef ASSAY_OP
}};

int64_t Bits(const Limbs& limbs) {
  for (size_t i = limbs.size(); i > 0; --i) {
    if (limbs[i - 1] != 0) {
      return static_cast<int64_t>(i) * 64 - std::countl_zero(limbs[i - 1]);
    }
  }
  return 0;
}

absl::Status Check(const Rational& value, int64_t* bits_left) {
  const int64_t bits = Bits(value.numerator) + Bits(value.denominator);
  if (Bits(value.denominator) == 0) {
    return absl::InvalidArgumentError("constant with denominator 0");
  }
  // Leading zero limbs count too: they are memory.
  if (bits > Tape::kConstantBitsMax ||
      value.numerator.size() + value.denominator.size() >
          Tape::kConstantBitsMax / 64 + 2) {
    return absl::ResourceExhaustedError("constant beyond kConstantBitsMax");
  }
  *bits_left -= bits;
  if (*bits_left < 0) {
    return absl::ResourceExhaustedError("constants beyond their total bits");
  }
  return absl::OkStatus();
}

absl::Status CheckTables(const Tape::Parts& parts) {
  if (parts.variables_count < 0 ||
      parts.variables_count > Tape::kVariablesMax) {
    return absl::ResourceExhaustedError("variables beyond kVariablesMax");
  }
  constexpr size_t kMax = Tape::kInstructionsMax;
  if (parts.instructions.empty()) {
    return absl::InvalidArgumentError("empty tape");
  }
  if (parts.instructions.size() > kMax || parts.constants.size() > kMax ||
      parts.integers.size() > kMax || parts.turns.size() > kMax ||
      parts.surds.size() > Tape::kSurdsMax) {
    return absl::ResourceExhaustedError("tape beyond kInstructionsMax");
  }
  int64_t bits_left = Tape::kConstantBitsTotalMax;
  for (const Rational& r : parts.constants) {
    if (auto s = Check(r, &bits_left); !s.ok()) return s;
  }
  for (const SurdImmediate& surd : parts.surds) {
    if (auto s = Check(surd.radicand, &bits_left); !s.ok()) return s;
    if (surd.radicand.negative || Bits(surd.radicand.numerator) == 0 ||
        surd.index < 2 || surd.index > Tape::kRootIndexMax) {
      return absl::InvalidArgumentError("surd of no positive radicand");
    }
  }
  for (const Turn& turn : parts.turns) {
    if (turn.denominator == 0 || turn.denominator > Tape::kTurnDenominatorMax) {
      return absl::InvalidArgumentError("turn with a bad denominator");
    }
  }
  return absl::OkStatus();
}

bool Below(int32_t index, size_t size) {
  return index >= 0 && static_cast<size_t>(index) < size;
}

absl::Status CheckInstruction(const Tape::Parts& parts, size_t k) {
  const Instruction& in = parts.instructions[k];
  if (static_cast<int>(in.op) >= kOpsCount) {
    return absl::InvalidArgumentError(absl::StrCat("no such op at ", k));
  }
  const OpFacts& facts = Facts(in.op);
  bool good = true;
  if (facts.arity >= 1) good = Below(in.a, k);
  if (facts.arity == 2) good = good && Below(in.b, k);
  switch (facts.immediate) {
    case Immediate::kNone:
      break;
    case Immediate::kConstant:
      good = good && Below(in.a, parts.constants.size());
      break;
    case Immediate::kVariable:
      good = good && in.a >= 0 && in.a < parts.variables_count;
      break;
    case Immediate::kInteger:
      good = good && Below(in.b, parts.integers.size());
      break;
    case Immediate::kTurn:
      good = good && Below(in.a, parts.turns.size());
      break;
    case Immediate::kSurd:
      good = good && Below(in.a, parts.surds.size());
      break;
  }
  if (good && in.op == Op::kRoot) {
    const int64_t n = parts.integers[in.b];
    good = n >= 2 && n <= Tape::kRootIndexMax;
  }
  if (good) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("bad operand at ", k, ": ", std::string(facts.text)));
}

bool IsArithmetic(Op op) {
  switch (op) {
    case Op::kConstant:
    case Op::kVariable:
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kNegate:
    case Op::kPowInt:
      return true;
    default:
      return false;
  }
}

}  // namespace

const OpFacts& Facts(Op op) { return kFacts[static_cast<size_t>(op)]; }

Rational Rational::FromInt(int64_t n) { return FromInts(n, 1); }

Rational Rational::FromInts(int64_t n, int64_t d) {
  Rational r;
  r.negative = n < 0;
  const uint64_t magnitude =
      n < 0 ? ~static_cast<uint64_t>(n) + 1 : static_cast<uint64_t>(n);
  if (magnitude != 0) r.numerator = {magnitude};
  r.denominator = {d > 0 ? static_cast<uint64_t>(d) : 0};
  return r;
}

absl::StatusOr<Tape> Tape::Validate(Parts parts) {
  if (auto s = CheckTables(parts); !s.ok()) return s;
  Tape tape;
  tape.domains_ = kResidues | kReal | kComplex;
  for (size_t k = 0; k < parts.instructions.size(); ++k) {
    if (auto s = CheckInstruction(parts, k); !s.ok()) return s;
    const Instruction& in = parts.instructions[k];
    tape.arithmetic_ = tape.arithmetic_ && IsArithmetic(in.op);
    tape.domains_ &= Facts(in.op).domains;
    if (in.op == Op::kVariable) tape.variables_used_ |= uint64_t{1} << in.a;
  }
  for (SurdImmediate& surd : parts.surds) Factor(&surd);
  tape.leaf_balls_.resize(parts.instructions.size());
  for (size_t k = 0; k < parts.instructions.size(); ++k) {
    const Instruction& in = parts.instructions[k];
    if (Facts(in.op).arity == 0 && in.op != Op::kVariable) {
      tape.leaf_balls_[k] = BallOfLeaf(parts, in);
    }
  }
  tape.parts_ = std::move(parts);
  return tape;
}

std::string Tape::Print() const {
  std::string text;
  for (size_t k = 0; k < parts_.instructions.size(); ++k) {
    const Instruction& in = parts_.instructions[k];
    const OpFacts& facts = Facts(in.op);
    absl::StrAppend(&text, "%", k, " = ", std::string(facts.text));
    if (facts.arity >= 1) absl::StrAppend(&text, " %", in.a);
    if (facts.arity == 2) absl::StrAppend(&text, " %", in.b);
    switch (facts.immediate) {
      case Immediate::kNone:
        break;
      case Immediate::kInteger:
        absl::StrAppend(&text, " ", parts_.integers[in.b]);
        break;
      case Immediate::kVariable:
        absl::StrAppend(&text, " ", in.a);
        break;
      case Immediate::kTurn:
        absl::StrAppend(&text, " ", parts_.turns[in.a].numerator, "/",
                        parts_.turns[in.a].denominator);
        break;
      case Immediate::kConstant:
      case Immediate::kSurd:
        absl::StrAppend(&text, " ", leaf_balls_[k].re);
        break;
    }
    absl::StrAppend(&text, "\n");
  }
  return text;
}

}  // namespace assay::kernels
