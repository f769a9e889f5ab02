#include "kernels/high_precision.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "kernels/arb_complex.h"
#include "kernels/arb_real.h"
#include "kernels/enclosure_value.h"
#include "kernels/exact.h"

namespace assay::kernels {
namespace {

using State = Enclosure::State;

// Costs in units of 4 ns, as measured between 256 and 16384 bits to within a
// factor of 2. Complex operations take up to four real ones.
int64_t CostOf(Op op, int64_t n, int64_t limbs, bool real) {
  const int64_t product = (16 + limbs * limbs / 4) * (real ? 1 : 4);
  switch (op) {
    case Op::kConstant:
    case Op::kVariable:
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kNegate:
    case Op::kRe:
    case Op::kIm:
    case Op::kConj:
    case Op::kI:
      return 8 + limbs;
    case Op::kMultiply:
      return product;
    case Op::kDivide:
    case Op::kSqrt:
    case Op::kAbs:
      return 4 * product;
    case Op::kPowInt: {
      int64_t steps = 2;
      for (uint64_t m = n < 0 ? ~static_cast<uint64_t>(n) : n; m != 0; m /= 2) {
        steps += 2;
      }
      return steps * product;
    }
    default:
      return 256 + 16 * product;
  }
}

// What is below this many bits is ordinary: agreement at the least precision
// that anyone asks for sees through it.
constexpr double kOrdinaryBits = 64;

double OrNone(double bits) { return bits > kOrdinaryBits ? bits : 0; }

uint64_t BitsOf(const Limbs& limbs) {
  return limbs.empty()
             ? 0
             : 64 * limbs.size() -
                   static_cast<uint64_t>(std::countl_zero(limbs.back()));
}

double BitsOf(const Rational& r) {
  return static_cast<double>(BitsOf(r.numerator) + BitsOf(r.denominator));
}

// |log2 |x||, 0 where x may be 0.
double Exponent(const arb_t x) {
  if (arb_contains_zero(x)) return 0;
  mag_t high;
  mag_init(high);
  arb_get_mag(high, x);
  const double bits = std::fabs(mag_get_d_log2_approx(high));
  mag_clear(high);
  return bits;
}

}  // namespace

// Evaluates one tape; values live in one array of acb (whose real parts are
// all that the real domain uses).
class HighPrecisionTape {
 public:
  HighPrecisionTape(const Tape& tape, const Point& point,
                    const HighPrecisionOptions& options)
      : tape_(tape),
        point_(point),
        real_(options.domain == BallDomain::kReal),
        prec_(std::clamp(options.precision_bits, 2,
                         HighPrecisionOptions::kPrecisionBitsMax)),
        budget_(options.budget),
        count_(static_cast<slong>(tape.instructions().size())),
        values_(_acb_vec_init(count_)),
        extents_(tape.instructions().size()) {}
  ~HighPrecisionTape() { _acb_vec_clear(values_, count_); }
  HighPrecisionTape(const HighPrecisionTape&) = delete;
  HighPrecisionTape& operator=(const HighPrecisionTape&) = delete;

  Enclosure Run() {
    Enclosure result;
    const int64_t limbs = (prec_ + 63) / 64 + 1;
    State state = State::kDefined;
    for (slong k = 0; k < count_ && state == State::kDefined; ++k) {
      const Instruction& in = tape_.instructions()[k];
      const int64_t n = Facts(in.op).immediate == Immediate::kInteger
                            ? tape_.parts().integers[in.b]
                            : 0;
      const int64_t cost = CostOf(in.op, n, limbs, real_);
      budget_ -= cost;
      if (budget_ < 0) {
        state = State::kBudget;
        break;
      }
      result.cost_ += cost;
      state = Step(in, n, values_ + k);
      ++result.operations_count_;
      if (state == State::kDefined && (!IsTame(acb_realref(values_ + k)) ||
                                       !IsTame(acb_imagref(values_ + k)))) {
        state = State::kUnknown;
      }
      if (state == State::kDefined) extents_[k] = ExtentOf(in, n, values_ + k);
    }
    result.state_ = state;
    if (state == State::kDefined) {
      result.value_ = std::make_unique<Enclosure::Value>();
      result.extent_bits_ = extents_[count_ - 1];
      acb_swap(result.value_->z, values_ + count_ - 1);
    }
    return result;
  }

 private:
  State Step(const Instruction& in, int64_t n, acb_t out) {
    switch (Facts(in.op).arity) {
      case 0:
        return Leaf(in, out);
      case 1:
        return real_ ? RealUnary(in.op, acb_realref(out),
                                 acb_realref(values_ + in.a), n, prec_)
                     : ComplexUnary(in.op, out, values_ + in.a, n, prec_);
      default:
        return real_ ? RealBinary(in.op, acb_realref(out),
                                  acb_realref(values_ + in.a),
                                  acb_realref(values_ + in.b), prec_)
                     : ComplexBinary(in.op, out, values_ + in.a, values_ + in.b,
                                     prec_);
    }
  }

  State Leaf(const Instruction& in, acb_t out) {
    if (in.op == Op::kVariable) {
      const size_t v = static_cast<size_t>(in.a);
      if (v >= point_.coordinates.size()) return State::kUnknown;
      const Coordinate& c = point_.coordinates[v];
      SetDyadic(acb_realref(out), c.re);
      SetDyadic(acb_imagref(out), c.im);
    } else {
      EncloseLeaf(acb_realref(out), acb_imagref(out), tape_.parts(), in, prec_);
    }
    return real_ && !acb_is_real(out) ? State::kUnknown : State::kDefined;
  }

  // What an instruction may bring about: what its operands may, together, and
  // the exponent of its own value.
  double ExtentOf(const Instruction& in, int64_t n, const acb_t out) const {
    double bits = 0;
    const int arity = Facts(in.op).arity;
    if (arity >= 1) bits = extents_[in.a];
    if (in.op == Op::kPowInt) bits *= std::fabs(static_cast<double>(n));
    if (in.op == Op::kPower) {
      // A power of 1 + 10^-900 as well as one of 10^-900.
      const double times = std::fabs(
          arf_get_d(arb_midref(acb_realref(values_ + in.b)), ARF_RND_NEAR));
      bits *= std::max(1.0, times);
    }
    if (arity == 2) bits += extents_[in.b];
    switch (in.op) {
      case Op::kConstant:
        bits = OrNone(BitsOf(tape_.parts().constants[in.a]));
        break;
      case Op::kSurd:
        bits = OrNone(BitsOf(tape_.parts().surds[in.a].radicand));
        break;
      case Op::kTanh: {
        // tanh 500 is 1 - 2 e^-1000.
        const double x =
            arf_get_d(arb_midref(acb_realref(values_ + in.a)), ARF_RND_NEAR);
        bits = std::max(bits, OrNone(2.9 * std::fabs(x)));
        break;
      }
      default:
        break;
    }
    double own = Exponent(acb_realref(out));
    if (!real_) own = std::max(own, Exponent(acb_imagref(out)));
    bits = std::max(bits, OrNone(own));
    // NaN too: infinity times 0.
    return bits < Enclosure::kExtentBitsMax ? bits : Enclosure::kExtentBitsMax;
  }

  static void SetDyadic(arb_t out, const Dyadic& d) {
    arb_set_si(out, d.numerator);
    arb_mul_2exp_si(out, out, -static_cast<slong>(d.shift));
  }

  const Tape& tape_;
  const Point& point_;
  bool real_;
  slong prec_;
  int64_t budget_;
  slong count_;
  acb_ptr values_;
  std::vector<double> extents_;
};

Enclosure EvaluateHighPrecision(const Tape& tape, const Point& point,
                                const HighPrecisionOptions& options) {
  return HighPrecisionTape(tape, point, options).Run();
}

}  // namespace assay::kernels
