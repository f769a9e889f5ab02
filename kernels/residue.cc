#include "kernels/residue.h"

#include <flint/ulong_extras.h>

#include <numeric>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "kernels/leaf_table.h"
#include "kernels/modular.h"

namespace assay::kernels {
namespace {

constexpr uint64_t kPrimeMin = uint64_t{1} << 60;
constexpr uint64_t kPrimeMax = uint64_t{1} << 61;
// Salts of the secret's draws; points.h uses those below 2^12.
constexpr uint64_t kPrimeSalt = 0x7072696d65;
constexpr uint64_t kVariableSalt = 0x7661726961626c65;

// One value of a tape in the field, with what else is known of it.
struct Value {
  Fp2 z;
  Residue::State state = Residue::State::kDefined;
  // The value is this integer: exponents of Power must be.
  std::optional<int64_t> integer;
  // z -> z^p is complex conjugation here: no variable, no surd out of GF(p).
  bool conjugable = true;
};

Value Unhappy(Residue::State state) {
  Value v;
  v.state = state;
  return v;
}

std::optional<int64_t> Checked(Op op, const Value& a, const Value& b) {
  if (!a.integer || !b.integer) return std::nullopt;
  int64_t result = 0;
  bool overflow = true;
  if (op == Op::kAdd) {
    overflow = __builtin_add_overflow(*a.integer, *b.integer, &result);
  } else if (op == Op::kSubtract) {
    overflow = __builtin_sub_overflow(*a.integer, *b.integer, &result);
  } else if (op == Op::kMultiply) {
    overflow = __builtin_mul_overflow(*a.integer, *b.integer, &result);
  }
  if (overflow) return std::nullopt;
  return result;
}

template <typename F>
class Field : public ResidueField {
 public:
  Field(const F& field, uint32_t order, const PointSource& source)
      : f_(field),
        table_(field, order),
        source_(source),
        conjugation_((field.p() + 1) % order == 0) {}

  uint64_t prime() const override { return f_.p(); }
  uint32_t order() const override { return table_.roots().order(); }

  bool LaneConstant(const Tape& tape, const Instruction& leaf, uint64_t* re,
                    uint64_t* im) const override {
    const Value value = Leaf(tape.parts(), leaf, {});
    *re = value.z.re;
    *im = value.z.im;
    return value.state == Residue::State::kDefined;
  }
  uint64_t LaneVariable(int variable,
                        const ResiduePoint& point) const override {
    return Variable(variable, point).z.re;
  }

  Residue Evaluate(const Tape& tape, const ResiduePoint& point) const override {
    absl::InlinedVector<Value, 32> values(tape.instructions().size());
    for (size_t k = 0; k < values.size(); ++k) {
      const Instruction& in = tape.instructions()[k];
      switch (Facts(in.op).arity) {
        case 0:
          values[k] = Leaf(tape.parts(), in, point);
          break;
        case 1:
          values[k] = Unary(tape.parts(), in, values[in.a]);
          break;
        default:
          values[k] = Binary(in.op, values[in.a], values[in.b]);
      }
      // What the result needs is all there is: no value, no result.
      if (values[k].state != Residue::State::kDefined) {
        return {values[k].state, 0, 0};
      }
    }
    const Fp2& z = values.back().z;
    return {Residue::State::kDefined, f_.Leave(z.re), f_.Leave(z.im)};
  }

 private:
  Value Some(const Fp2& z) const {
    Value v;
    v.z = z;
    return v;
  }

  uint64_t EnterSigned(int64_t n) const {
    const uint64_t m =
        n < 0 ? ~static_cast<uint64_t>(n) + 1 : static_cast<uint64_t>(n);
    const uint64_t x = f_.Enter(m);
    return n < 0 ? NegateMod(f_, x) : x;
  }

  uint64_t EnterLimbs(const Limbs& limbs) const {
    if (limbs.size() == 1) return f_.Enter(limbs[0]);
    uint128 rest = 0;
    for (size_t i = limbs.size(); i > 0; --i) {
      rest = ((rest << 64) | limbs[i - 1]) % f_.p();
    }
    return f_.Enter(static_cast<uint64_t>(rest));
  }

  Value Constant(const Rational& r) const {
    const uint64_t d = EnterLimbs(r.denominator);
    uint64_t n = EnterLimbs(r.numerator);
    if (d == 0) return Unhappy(Residue::State::kUndefined);
    if (r.negative) n = NegateMod(f_, n);
    Value v = Some({n, 0});
    if (d == f_.one()) {
      if (r.denominator.size() == 1 && r.denominator[0] == 1 &&
          r.numerator.size() <= 1 &&
          (r.numerator.empty() || r.numerator[0] >> 63 == 0)) {
        const int64_t m =
            r.numerator.empty() ? 0 : static_cast<int64_t>(r.numerator[0]);
        v.integer = r.negative ? -m : m;
      }
      return v;
    }
    const bool single = r.denominator.size() == 1;
    v.z.re = MultiplyMod(f_, n,
                         single ? table_.InverseOf(r.denominator[0])
                                : RaiseMod(f_, d, f_.p() - 2));
    return v;
  }

  Value Variable(int v, const ResiduePoint& point) const {
    if (static_cast<size_t>(v) < point.integers.size() && point.integers[v]) {
      Value value = Some({EnterSigned(*point.integers[v]), 0});
      value.integer = point.integers[v];
      return value;
    }
    Value value = Some(
        {f_.Enter(source_.Bits(point.index, v, kVariableSalt ^ f_.p())), 0});
    value.conjugable = false;
    return value;
  }

  Value Turned(Op op, const Turn& turn) const {
    const std::optional<Fp2> z = table_.Unity(turn.numerator, turn.denominator);
    if (!z) return Unhappy(Residue::State::kAbstained);
    if (op == Op::kRootOfUnity) return Some(*z);
    const int64_t d = turn.denominator;
    const Fp2 inverse = *table_.Unity(-(turn.numerator % d), turn.denominator);
    const uint64_t half = table_.InverseOf(2);
    if (op == Op::kCosTurn) {
      const Fp2 twice = Add(f_, *z, inverse);
      return Some(
          {MultiplyMod(f_, twice.re, half), MultiplyMod(f_, twice.im, half)});
    }
    // Over 2 i.
    const Fp2 twice = Subtract(f_, *z, inverse);
    return Some({MultiplyMod(f_, twice.im, half),
                 MultiplyMod(f_, NegateMod(f_, twice.re), half)});
  }

  Value Surd(const SurdImmediate& surd) const {
    if (!surd.factored) return Unhappy(Residue::State::kAbstained);
    Value v = Some(One(f_));
    for (const SurdImmediate::Factor& factor : surd.factors) {
      const std::optional<Fp2> root = table_.OfPrime(factor.prime, surd.index);
      if (!root) return Unhappy(Residue::State::kAbstained);
      v.conjugable = v.conjugable && table_.IsSquare(factor.prime);
      v.z = Multiply(f_, v.z, RaiseSigned(*root, factor.exponent));
    }
    return v;
  }

  // The base is not 0 where n < 0.
  Fp2 RaiseSigned(const Fp2& base, int64_t n) const {
    const uint64_t m =
        n < 0 ? ~static_cast<uint64_t>(n) + 1 : static_cast<uint64_t>(n);
    const Fp2 power = Raise(f_, base, m);
    return n < 0 ? Invert(f_, power) : power;
  }

  Value Leaf(const Tape::Parts& parts, const Instruction& in,
             const ResiduePoint& point) const {
    switch (in.op) {
      case Op::kConstant:
        return Constant(parts.constants[in.a]);
      case Op::kVariable:
        return Variable(in.a, point);
      case Op::kI:
        return Some({0, f_.one()});
      case Op::kRootOfUnity:
      case Op::kCosTurn:
      case Op::kSinTurn:
        return Turned(in.op, parts.turns[in.a]);
      case Op::kSurd:
        return Surd(parts.surds[in.a]);
      default:
        return Unhappy(Residue::State::kAbstained);
    }
  }

  Value PowInt(const Value& a, int64_t n) const {
    if (n < 0 && IsZero(a.z)) return Unhappy(Residue::State::kUndefined);
    Value v = Some(RaiseSigned(a.z, n));
    v.conjugable = a.conjugable;
    if (a.integer && n >= 0 && n < 64) {
      int64_t power = 1;
      bool overflow = false;
      for (int64_t i = 0; i < n; ++i) {
        overflow |= __builtin_mul_overflow(power, *a.integer, &power);
      }
      if (!overflow) v.integer = power;
    }
    return v;
  }

  Value Conjugated(Op op, const Value& a) const {
    if (!conjugation_ || !a.conjugable) {
      return Unhappy(Residue::State::kAbstained);
    }
    switch (op) {
      case Op::kConj:
        return Some(Conjugate(f_, a.z));
      case Op::kRe:
        return Some({a.z.re, 0});
      default:
        return Some({a.z.im, 0});
    }
  }

  Value Unary(const Tape::Parts& parts, const Instruction& in,
              const Value& a) const {
    switch (in.op) {
      case Op::kNegate: {
        Value v = Some(Negate(f_, a.z));
        v.conjugable = a.conjugable;
        if (a.integer && *a.integer != INT64_MIN) v.integer = -*a.integer;
        return v;
      }
      case Op::kPowInt:
        return PowInt(a, parts.integers[in.b]);
      case Op::kConj:
      case Op::kRe:
      case Op::kIm:
        return Conjugated(in.op, a);
      default:
        return Unhappy(Residue::State::kAbstained);
    }
  }

  Value Binary(Op op, const Value& a, const Value& b) const {
    Value v;
    switch (op) {
      case Op::kAdd:
        v.z = Add(f_, a.z, b.z);
        break;
      case Op::kSubtract:
        v.z = Subtract(f_, a.z, b.z);
        break;
      case Op::kMultiply:
        v.z = Multiply(f_, a.z, b.z);
        break;
      case Op::kDivide:
        if (IsZero(b.z)) return Unhappy(Residue::State::kUndefined);
        v.z = Multiply(f_, a.z, Invert(f_, b.z));
        break;
      case Op::kPower:
        // x^y is in the field for integers y alone, and those cannot be read
        // back from a residue.
        if (!b.integer) return Unhappy(Residue::State::kAbstained);
        return PowInt(a, *b.integer);
      default:
        return Unhappy(Residue::State::kAbstained);
    }
    v.conjugable = a.conjugable && b.conjugable;
    v.integer = Checked(op, a, b);
    return v;
  }

  F f_;
  LeafTable<F> table_;
  PointSource source_;
  bool conjugation_;
};

// Whether p - 1 has no odd prime factor up to 31, so that roots of small
// indices exist.
bool HasRoots(uint64_t p) {
  for (uint64_t q : {3, 5, 7, 11, 13, 17, 19, 23, 29, 31}) {
    if ((p - 1) % q == 0) return false;
  }
  return true;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const ResidueField>> ResidueField::Draw(
    const PointSource& source, uint64_t index, uint32_t order) {
  if (order == 0 || order > kOrderMax) {
    return absl::InvalidArgumentError("order of roots of unity out of range");
  }
  const uint64_t whole = std::lcm(uint64_t{order}, uint64_t{kOrder});
  if (whole > kOrderMax) {
    return absl::InvalidArgumentError("order of roots of unity out of range");
  }
  const uint64_t low = kPrimeMin / whole + 1;
  const uint64_t span = kPrimeMax / whole - low;
  // Each of the primes is as likely as any other.
  for (uint64_t attempt = 0;; ++attempt) {
    const uint64_t bits = source.Bits(index, attempt, kPrimeSalt ^ whole);
    const uint64_t p = whole * (low + bits % span) - 1;
    if (HasRoots(p) && n_is_prime(p)) {
      return std::make_shared<Field<Montgomery>>(
          Montgomery(p), static_cast<uint32_t>(whole), source);
    }
  }
}

std::shared_ptr<const ResidueField> ResidueField::Mersenne(
    const PointSource& source) {
  return std::make_shared<Field<Mersenne61>>(Mersenne61(), kOrder, source);
}

}  // namespace assay::kernels
