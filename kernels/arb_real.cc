#include "kernels/arb_real.h"

#include <cmath>

namespace assay::kernels {
namespace {

using State = Enclosure::State;

State Sqrt(arb_t out, const arb_t a, slong prec) {
  if (arb_is_negative(a)) return State::kUndefined;
  if (!arb_is_nonnegative(a)) return State::kUnknown;
  arb_sqrt(out, a, prec);
  return State::kDefined;
}

State Log(arb_t out, const arb_t a, slong prec) {
  if (arb_is_nonpositive(a)) return State::kUndefined;
  if (!arb_is_positive(a)) return State::kUnknown;
  arb_log(out, a, prec);
  return State::kDefined;
}

// asin, acos, atanh: |a| <= 1; the ends are no domain of atanh.
State Arc(Op op, arb_t out, const arb_t a, slong prec) {
  arb_t gap;  // 1 - |a|
  arb_init(gap);
  arb_abs(gap, a);
  arb_sub_ui(gap, gap, 1, prec);
  arb_neg(gap, gap);
  State state = State::kUnknown;
  if (arb_is_negative(gap) || (op == Op::kAtanh && arb_is_zero(gap))) {
    state = State::kUndefined;
  } else if (op == Op::kAtanh ? arb_is_positive(gap)
                              : arb_is_nonnegative(gap)) {
    state = State::kDefined;
    if (op == Op::kAsin) arb_asin(out, a, prec);
    if (op == Op::kAcos) arb_acos(out, a, prec);
    if (op == Op::kAtanh) arb_atanh(out, a, prec);
  }
  arb_clear(gap);
  return state;
}

State Acosh(arb_t out, const arb_t a, slong prec) {
  arb_t over;
  arb_init(over);
  arb_sub_ui(over, a, 1, prec);
  State state = State::kUnknown;
  if (arb_is_negative(over)) {
    state = State::kUndefined;
  } else if (arb_is_nonnegative(over)) {
    state = State::kDefined;
    arb_acosh(out, a, prec);
  }
  arb_clear(over);
  return state;
}

State Tan(arb_t out, const arb_t a, slong prec) {
  arb_tan(out, a, prec);
  return arb_is_finite(out) ? State::kDefined : State::kUnknown;
}

State Root(arb_t out, const arb_t a, int64_t n, slong prec) {
  if (arb_is_zero(a)) {
    arb_zero(out);
    return State::kDefined;
  }
  if (arb_is_negative(a)) {
    if (n % 2 == 0) return State::kUndefined;
    arb_t positive;
    arb_init(positive);
    arb_neg(positive, a);
    arb_root_ui(out, positive, n, prec);
    arb_neg(out, out);
    arb_clear(positive);
    return State::kDefined;
  }
  if (!arb_is_nonnegative(a)) return State::kUnknown;
  arb_root_ui(out, a, n, prec);
  return State::kDefined;
}

State Floor(arb_t out, const arb_t a, bool ceil, slong prec) {
  if (ceil) {
    arb_ceil(out, a, prec);
  } else {
    arb_floor(out, a, prec);
  }
  return arb_is_exact(out) ? State::kDefined : State::kUnknown;
}

State Sign(arb_t out, const arb_t a) {
  if (arb_is_zero(a)) {
    arb_zero(out);
  } else if (arb_is_positive(a)) {
    arb_one(out);
  } else if (arb_is_negative(a)) {
    arb_set_si(out, -1);
  } else {
    return State::kUnknown;
  }
  return State::kDefined;
}

State Arg(arb_t out, const arb_t a, slong prec) {
  if (arb_is_zero(a)) return State::kUndefined;
  if (arb_is_positive(a)) {
    arb_zero(out);
  } else if (arb_is_negative(a)) {
    arb_const_pi(out, prec);
  } else {
    return State::kUnknown;
  }
  return State::kDefined;
}

State Divide(arb_t out, const arb_t a, const arb_t b, slong prec) {
  if (arb_is_zero(b)) return State::kUndefined;
  if (arb_contains_zero(b)) return State::kUnknown;
  arb_div(out, a, b, prec);
  return State::kDefined;
}

// e^a, where the result's exponent is within bounds.
State Exp(arb_t out, const arb_t a, slong prec) {
  mag_t high;
  mag_init(high);
  arb_get_mag(high, a);
  const bool tame = mag_cmp_2exp_si(high, 39) < 0;
  mag_clear(high);
  if (!tame) return State::kUnknown;
  arb_exp(out, a, prec);
  return State::kDefined;
}

State Power(arb_t out, const arb_t a, const arb_t b, slong prec) {
  int64_t n = 0;
  if (IsExactInteger(b, &n)) return RealPowInt(out, a, n, prec);
  if (arb_is_zero(a)) {
    arb_zero(out);
    if (arb_is_positive(b)) return State::kDefined;
    return arb_is_negative(b) ? State::kUndefined : State::kUnknown;
  }
  if (arb_is_negative(a)) {
    return arb_contains_int(b) ? State::kUnknown : State::kUndefined;
  }
  if (!arb_is_positive(a)) return State::kUnknown;
  arb_t exponent;
  arb_init(exponent);
  arb_log(exponent, a, prec);
  arb_mul(exponent, exponent, b, prec);
  const State state = Exp(out, exponent, prec);
  arb_clear(exponent);
  return state;
}

}  // namespace

bool IsTame(const arb_t a) {
  if (!arb_is_finite(a)) return false;
  mag_t high;
  mag_init(high);
  arb_get_mag(high, a);
  const bool tame =
      mag_is_zero(high) || (mag_cmp_2exp_si(high, kExponentMax) < 0 &&
                            mag_cmp_2exp_si(high, -kExponentMax) > 0);
  mag_clear(high);
  return tame;
}

bool IsTamePower(const mag_t a_high, int64_t n) {
  if (mag_is_zero(a_high)) return true;
  // Approximate; the result is looked at again. An exact 1, whose bound errs
  // by 2^-29, may be raised to any power.
  const double bits = std::fabs(mag_get_d_log2_approx(a_high));
  return bits * std::fabs(static_cast<double>(n)) <
         static_cast<double>(kExponentMax);
}

bool IsExactInteger(const arb_t b, int64_t* n) {
  if (!arb_is_int(b) || !arb_is_exact(b) ||
      arf_cmpabs_2exp_si(arb_midref(b), 62) >= 0) {
    return false;
  }
  *n = arf_get_si(arb_midref(b), ARF_RND_DOWN);
  return true;
}

State RealPowInt(arb_t out, const arb_t a, int64_t n, slong prec) {
  if (n < 0 && arb_is_zero(a)) return State::kUndefined;
  if (n < 0 && arb_contains_zero(a)) return State::kUnknown;
  mag_t high;
  mag_init(high);
  arb_get_mag(high, a);
  const bool tame = IsTamePower(high, n);
  mag_clear(high);
  if (!tame) return State::kUnknown;
  fmpz_t exponent;
  fmpz_init(exponent);
  fmpz_set_si(exponent, n);
  arb_pow_fmpz(out, a, exponent, prec);
  fmpz_clear(exponent);
  return State::kDefined;
}

State RealUnary(Op op, arb_t out, const arb_t a, int64_t n, slong prec) {
  switch (op) {
    case Op::kNegate:
      arb_neg(out, a);
      return State::kDefined;
    case Op::kPowInt:
      return RealPowInt(out, a, n, prec);
    case Op::kSqrt:
      return Sqrt(out, a, prec);
    case Op::kRoot:
      return Root(out, a, n, prec);
    case Op::kExp:
      return Exp(out, a, prec);
    case Op::kLog:
      return Log(out, a, prec);
    case Op::kSin:
      arb_sin(out, a, prec);
      return State::kDefined;
    case Op::kCos:
      arb_cos(out, a, prec);
      return State::kDefined;
    case Op::kTan:
      return Tan(out, a, prec);
    case Op::kAsin:
    case Op::kAcos:
    case Op::kAtanh:
      return Arc(op, out, a, prec);
    case Op::kAtan:
      arb_atan(out, a, prec);
      return State::kDefined;
    case Op::kSinh:
    case Op::kCosh: {
      // Through Exp for its bound.
      const State state = Exp(out, a, prec);
      if (state != State::kDefined) return state;
      if (op == Op::kSinh) {
        arb_sinh(out, a, prec);
      } else {
        arb_cosh(out, a, prec);
      }
      return State::kDefined;
    }
    case Op::kTanh:
      arb_tanh(out, a, prec);
      return State::kDefined;
    case Op::kAsinh:
      arb_asinh(out, a, prec);
      return State::kDefined;
    case Op::kAcosh:
      return Acosh(out, a, prec);
    case Op::kAbs:
      arb_abs(out, a);
      return State::kDefined;
    case Op::kFloor:
    case Op::kCeil:
      return Floor(out, a, op == Op::kCeil, prec);
    case Op::kSign:
      return Sign(out, a);
    case Op::kRe:
    case Op::kConj:
      arb_set(out, a);
      return State::kDefined;
    case Op::kIm:
      arb_zero(out);
      return State::kDefined;
    case Op::kArg:
      return Arg(out, a, prec);
    default:
      return State::kUnknown;
  }
}

State RealBinary(Op op, arb_t out, const arb_t a, const arb_t b, slong prec) {
  switch (op) {
    case Op::kAdd:
      arb_add(out, a, b, prec);
      return State::kDefined;
    case Op::kSubtract:
      arb_sub(out, a, b, prec);
      return State::kDefined;
    case Op::kMultiply:
      arb_mul(out, a, b, prec);
      return State::kDefined;
    case Op::kDivide:
      return Divide(out, a, b, prec);
    case Op::kPower:
      return Power(out, a, b, prec);
    case Op::kMin:
      arb_min(out, a, b, prec);
      return State::kDefined;
    case Op::kMax:
      arb_max(out, a, b, prec);
      return State::kDefined;
    default:
      return State::kUnknown;
  }
}

}  // namespace assay::kernels
