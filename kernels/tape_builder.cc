#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "kernels/tape.h"

namespace assay::kernels {
namespace {

// Values that a builder may hold before Build drops what is not needed.
constexpr size_t kValuesMax = 4 * Tape::kInstructionsMax;

// The number of `value` in `table`, which grows where it is new. Looks back
// a bounded way: equal constants cluster.
template <typename T>
int32_t Intern(std::vector<T>* table, T value) {
  const size_t begin = table->size() > 64 ? table->size() - 64 : 0;
  for (size_t i = begin; i < table->size(); ++i) {
    if ((*table)[i] == value) return static_cast<int32_t>(i);
  }
  table->push_back(std::move(value));
  return static_cast<int32_t>(table->size() - 1);
}

// Moves immediate `index` of `from` to `to` once; -1 in `moved`: not yet.
template <typename T>
int32_t Move(const std::vector<T>& from, int32_t index, std::vector<T>* to,
             std::vector<int32_t>* moved) {
  if (moved->empty()) moved->assign(from.size(), -1);
  int32_t& at = (*moved)[index];
  if (at < 0) {
    at = static_cast<int32_t>(to->size());
    to->push_back(from[index]);
  }
  return at;
}

using Needed = absl::InlinedVector<bool, 128>;

// Which values `result` needs; true where it needs all up to itself.
bool FindNeeded(const std::vector<Instruction>& all, int result,
                Needed* needed) {
  needed->assign(result + 1, false);
  (*needed)[result] = true;
  bool whole = true;
  // Operands are earlier, so one pass backwards.
  for (int k = result; k >= 0; --k) {
    if (!(*needed)[k]) {
      whole = false;
      continue;
    }
    const Instruction& in = all[k];
    if (Facts(in.op).arity >= 1) (*needed)[in.a] = true;
    if (Facts(in.op).arity == 2) (*needed)[in.b] = true;
  }
  return whole;
}

}  // namespace

TapeBuilder::TapeBuilder(int variables_count) {
  parts_.variables_count = variables_count;
  if (variables_count < 0 || variables_count > Tape::kVariablesMax) {
    Fail(absl::ResourceExhaustedError("variables beyond kVariablesMax"));
  }
}

int TapeBuilder::Fail(absl::Status status) {
  if (status_.ok()) status_ = std::move(status);
  return -1;
}

bool TapeBuilder::IsValue(int value) const {
  return value >= 0 && static_cast<size_t>(value) < parts_.instructions.size();
}

int TapeBuilder::Append(Instruction in) {
  if (!status_.ok()) return -1;
  if (const int found = Find(in); found >= 0) return found;
  if (parts_.instructions.size() >= kValuesMax) {
    return Fail(absl::ResourceExhaustedError("tape beyond kInstructionsMax"));
  }
  parts_.instructions.push_back(in);
  const int value = static_cast<int>(parts_.instructions.size()) - 1;
  if (parts_.instructions.size() > kSearchedMax) known_.emplace(in, value);
  return value;
}

int TapeBuilder::Find(const Instruction& in) {
  const std::vector<Instruction>& all = parts_.instructions;
  if (all.size() < kSearchedMax) {
    for (size_t k = all.size(); k > 0; --k) {
      if (all[k - 1] == in) return static_cast<int>(k - 1);
    }
    return -1;
  }
  if (known_.empty()) {
    for (size_t k = 0; k < all.size(); ++k) {
      known_.emplace(all[k], static_cast<int>(k));
    }
  }
  const auto it = known_.find(in);
  return it == known_.end() ? -1 : it->second;
}

int TapeBuilder::Constant(Rational value) {
  const int64_t bits = 64 * static_cast<int64_t>(value.numerator.size() +
                                                 value.denominator.size());
  constant_bits_ += bits;
  if (constant_bits_ > 2 * int64_t{Tape::kConstantBitsTotalMax}) {
    return Fail(absl::ResourceExhaustedError("constants beyond total bits"));
  }
  return Append(
      {Op::kConstant, Intern(&parts_.constants, std::move(value)), -1});
}

int TapeBuilder::Variable(int index) {
  if (index < 0 || index >= parts_.variables_count) {
    return Fail(absl::InvalidArgumentError("no such variable"));
  }
  return Append({Op::kVariable, index, -1});
}

int TapeBuilder::Apply(Op op, int a, int b) {
  if (static_cast<int>(op) >= kOpsCount ||
      Facts(op).immediate != Immediate::kNone) {
    return Fail(absl::InvalidArgumentError("not an op without immediate"));
  }
  const int arity = Facts(op).arity;
  if ((arity >= 1 && !IsValue(a)) || (arity == 2 && !IsValue(b))) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("bad operand of ", std::string(Facts(op).text))));
  }
  return Append({op, arity >= 1 ? a : -1, arity == 2 ? b : -1});
}

int TapeBuilder::PowInt(int a, int64_t exponent) {
  if (!IsValue(a)) return Fail(absl::InvalidArgumentError("bad base"));
  return Append({Op::kPowInt, a, Intern(&parts_.integers, exponent)});
}

int TapeBuilder::Root(int a, int64_t index) {
  if (!IsValue(a)) return Fail(absl::InvalidArgumentError("bad radicand"));
  if (index < 2 || index > Tape::kRootIndexMax) {
    return Fail(absl::InvalidArgumentError("bad root index"));
  }
  return Append({Op::kRoot, a, Intern(&parts_.integers, index)});
}

int TapeBuilder::Surd(Rational radicand, int64_t index) {
  if (index < 2 || index > Tape::kRootIndexMax || radicand.negative) {
    return Fail(absl::InvalidArgumentError("bad surd"));
  }
  int32_t at = -1;
  for (size_t i = 0; i < parts_.surds.size(); ++i) {
    if (parts_.surds[i].index == index &&
        parts_.surds[i].radicand == radicand) {
      at = static_cast<int32_t>(i);
    }
  }
  if (at < 0) {
    if (parts_.surds.size() >= Tape::kSurdsMax) {
      return Fail(absl::ResourceExhaustedError("surds beyond kSurdsMax"));
    }
    at = static_cast<int32_t>(parts_.surds.size());
    SurdImmediate surd;
    surd.radicand = std::move(radicand);
    surd.index = static_cast<uint32_t>(index);
    parts_.surds.push_back(std::move(surd));
  }
  return Append({Op::kSurd, at, -1});
}

int TapeBuilder::TurnOp(Op op, int64_t n, int64_t d) {
  if (d < 1 || d > Tape::kTurnDenominatorMax) {
    return Fail(absl::InvalidArgumentError("bad turn"));
  }
  n %= d;
  if (n < 0) n += d;
  const int64_t g = std::gcd(n, d);
  n /= g;
  d /= g;
  for (size_t i = 0; i < parts_.turns.size(); ++i) {
    if (parts_.turns[i].numerator == n && parts_.turns[i].denominator == d) {
      return Append({op, static_cast<int32_t>(i), -1});
    }
  }
  if (parts_.turns.size() >= Tape::kInstructionsMax) {
    return Fail(absl::ResourceExhaustedError("tape beyond kInstructionsMax"));
  }
  parts_.turns.push_back({n, static_cast<uint32_t>(d)});
  return Append({op, static_cast<int32_t>(parts_.turns.size()) - 1, -1});
}

absl::StatusOr<Tape> TapeBuilder::Build(int result) && {
  if (!status_.ok()) return status_;
  if (!IsValue(result)) return absl::InvalidArgumentError("no such result");
  Needed needed;
  const bool whole =
      static_cast<size_t>(result) + 1 == parts_.instructions.size() &&
      FindNeeded(parts_.instructions, result, &needed);
  if (!whole) return static_cast<const TapeBuilder&>(*this).Build(result);
  status_ = absl::FailedPreconditionError("built already");
  return Tape::Validate(std::move(parts_));
}

absl::StatusOr<Tape> TapeBuilder::Build(int result) const& {
  if (!status_.ok()) return status_;
  if (!IsValue(result)) return absl::InvalidArgumentError("no such result");
  Needed needed;
  FindNeeded(parts_.instructions, result, &needed);
  Tape::Parts out;
  out.variables_count = parts_.variables_count;
  out.one_sided = parts_.one_sided;
  std::vector<int32_t> at(result + 1, -1), constants, integers, turns, surds;
  for (int k = 0; k <= result; ++k) {
    if (!needed[k]) continue;
    Instruction in = parts_.instructions[k];
    const OpFacts& facts = Facts(in.op);
    if (facts.arity >= 1) in.a = at[in.a];
    if (facts.arity == 2) in.b = at[in.b];
    switch (facts.immediate) {
      case Immediate::kConstant:
        in.a = Move(parts_.constants, in.a, &out.constants, &constants);
        break;
      case Immediate::kInteger:
        in.b = Move(parts_.integers, in.b, &out.integers, &integers);
        break;
      case Immediate::kTurn:
        in.a = Move(parts_.turns, in.a, &out.turns, &turns);
        break;
      case Immediate::kSurd:
        in.a = Move(parts_.surds, in.a, &out.surds, &surds);
        break;
      default:
        break;
    }
    at[k] = static_cast<int32_t>(out.instructions.size());
    out.instructions.push_back(in);
  }
  return Tape::Validate(std::move(out));
}

}  // namespace assay::kernels
