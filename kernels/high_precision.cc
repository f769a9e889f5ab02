#include "kernels/high_precision.h"

#include <algorithm>
#include <vector>

#include "kernels/arb_complex.h"
#include "kernels/arb_real.h"
#include "kernels/enclosure_value.h"
#include "kernels/exact.h"

namespace assay::kernels {
namespace {

using State = Enclosure::State;

// Costs in limb multiplications, as measured to within a small factor.
int64_t CostOf(Op op, int64_t n, int64_t limbs) {
  const int64_t product = 16 + limbs * limbs;
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
      return 512 + 32 * product;
  }
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
        values_(_acb_vec_init(count_)) {}
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
      budget_ -= CostOf(in.op, n, limbs);
      if (budget_ < 0) {
        state = State::kBudget;
        break;
      }
      state = Step(in, n, values_ + k);
      ++result.operations_count_;
      if (state == State::kDefined && (!IsTame(acb_realref(values_ + k)) ||
                                       !IsTame(acb_imagref(values_ + k)))) {
        state = State::kUnknown;
      }
    }
    result.state_ = state;
    if (state == State::kDefined) {
      result.value_ = std::make_unique<Enclosure::Value>();
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
};

Enclosure EvaluateHighPrecision(const Tape& tape, const Point& point,
                                const HighPrecisionOptions& options) {
  return HighPrecisionTape(tape, point, options).Run();
}

}  // namespace assay::kernels
