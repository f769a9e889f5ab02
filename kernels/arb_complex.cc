#include "kernels/arb_complex.h"

#include "kernels/arb_real.h"

namespace assay::kernels {
namespace {

using State = Enclosure::State;

// Whether log and sqrt have one value all over a; 0 is the caller's.
bool OffCut(const acb_t a) {
  if (arb_is_positive(acb_realref(a))) return true;
  if (!arb_contains_zero(acb_imagref(a))) return true;
  return acb_is_real(a) && arb_is_negative(acb_realref(a));
}

State Log(acb_t out, const acb_t a, slong prec) {
  if (acb_is_zero(a)) return State::kUndefined;
  if (!OffCut(a)) return State::kUnknown;
  acb_log(out, a, prec);
  return State::kDefined;
}

State Sqrt(acb_t out, const acb_t a, slong prec) {
  if (acb_is_zero(a)) {
    acb_zero(out);
    return State::kDefined;
  }
  if (!OffCut(a)) return State::kUnknown;
  acb_sqrt(out, a, prec);
  return State::kDefined;
}

State Exp(acb_t out, const acb_t a, slong prec) {
  mag_t high;
  mag_init(high);
  acb_get_mag(high, a);
  const bool tame = mag_cmp_2exp_si(high, 39) < 0;
  mag_clear(high);
  if (!tame) return State::kUnknown;
  acb_exp(out, a, prec);
  return State::kDefined;
}

State PowInt(acb_t out, const acb_t a, int64_t n, slong prec) {
  if (n < 0 && acb_is_zero(a)) return State::kUndefined;
  if (n < 0 && acb_contains_zero(a)) return State::kUnknown;
  mag_t high;
  mag_init(high);
  acb_get_mag(high, a);
  const bool tame = IsTamePower(high, n);
  mag_clear(high);
  if (!tame) return State::kUnknown;
  fmpz_t exponent;
  fmpz_init(exponent);
  fmpz_set_si(exponent, n);
  acb_pow_fmpz(out, a, exponent, prec);
  fmpz_clear(exponent);
  return State::kDefined;
}

// exp(log(a) b)
State ExpLog(acb_t out, const acb_t a, const acb_t b, slong prec) {
  acb_t exponent;
  acb_init(exponent);
  State state = Log(exponent, a, prec);
  if (state == State::kDefined) {
    acb_mul(exponent, exponent, b, prec);
    state = Exp(out, exponent, prec);
  }
  acb_clear(exponent);
  return state;
}

State Power(acb_t out, const acb_t a, const acb_t b, slong prec) {
  int64_t n = 0;
  if (acb_is_real(b) && IsExactInteger(acb_realref(b), &n)) {
    return PowInt(out, a, n, prec);
  }
  if (acb_is_zero(a)) {
    acb_zero(out);
    if (arb_is_positive(acb_realref(b))) return State::kDefined;
    return arb_is_negative(acb_realref(b)) ? State::kUndefined
                                           : State::kUnknown;
  }
  return ExpLog(out, a, b, prec);
}

State Root(acb_t out, const acb_t a, int64_t n, slong prec) {
  if (n == 2) return Sqrt(out, a, prec);
  if (acb_is_real(a) && arb_is_nonnegative(acb_realref(a))) {
    arb_root_ui(acb_realref(out), acb_realref(a), n, prec);
    arb_zero(acb_imagref(out));
    return State::kDefined;
  }
  acb_t b;
  acb_init(b);
  acb_set_si(b, n);
  acb_inv(b, b, prec);
  const State state = ExpLog(out, a, b, prec);
  acb_clear(b);
  return state;
}

// Whether the ball surely misses the rays from -1 and 1 outwards along the
// first part of (along, across).
bool OffRays(const arb_t along, const arb_t across, slong prec) {
  if (!arb_contains_zero(across)) return true;
  arb_t gap;
  arb_init(gap);
  arb_abs(gap, along);
  arb_sub_ui(gap, gap, 1, prec);
  const bool off = arb_is_negative(gap);
  arb_clear(gap);
  return off;
}

// asin, acos, atan, atanh, asinh.
State Arc(Op op, acb_t out, const acb_t a, slong prec) {
  const bool imaginary = op == Op::kAtan || op == Op::kAsinh;
  if (acb_is_real(a)) {
    acb_zero(out);
    const State state =
        RealUnary(op, acb_realref(out), acb_realref(a), 0, prec);
    // Beyond the real domain there is no agreed value on the cut.
    if (state == State::kDefined || imaginary) return state;
    return State::kUnknown;
  }
  if (!(imaginary ? OffRays(acb_imagref(a), acb_realref(a), prec)
                  : OffRays(acb_realref(a), acb_imagref(a), prec))) {
    return State::kUnknown;
  }
  if (op == Op::kAsin) acb_asin(out, a, prec);
  if (op == Op::kAcos) acb_acos(out, a, prec);
  if (op == Op::kAtan) acb_atan(out, a, prec);
  if (op == Op::kAtanh) acb_atanh(out, a, prec);
  if (op == Op::kAsinh) acb_asinh(out, a, prec);
  return State::kDefined;
}

State Acosh(acb_t out, const acb_t a, slong prec) {
  arb_t over;
  arb_init(over);
  arb_sub_ui(over, acb_realref(a), 1, prec);
  const bool off =
      arb_is_nonnegative(over) || !arb_contains_zero(acb_imagref(a));
  const bool real = acb_is_real(a);
  arb_clear(over);
  if (!off) return State::kUnknown;
  if (real) {
    acb_zero(out);
    return RealUnary(Op::kAcosh, acb_realref(out), acb_realref(a), 0, prec);
  }
  acb_acosh(out, a, prec);
  return State::kDefined;
}

// sin, cos, tan and their hyperbolic kin; e^|z| must be within bounds.
State Circular(Op op, acb_t out, const acb_t a, slong prec) {
  mag_t high;
  mag_init(high);
  acb_get_mag(high, a);
  const bool tame = mag_cmp_2exp_si(high, 39) < 0;
  mag_clear(high);
  if (!tame) return State::kUnknown;
  if (op == Op::kSin) acb_sin(out, a, prec);
  if (op == Op::kCos) acb_cos(out, a, prec);
  if (op == Op::kTan) acb_tan(out, a, prec);
  if (op == Op::kSinh) acb_sinh(out, a, prec);
  if (op == Op::kCosh) acb_cosh(out, a, prec);
  if (op == Op::kTanh) acb_tanh(out, a, prec);
  return acb_is_finite(out) ? State::kDefined : State::kUnknown;
}

State Arg(acb_t out, const acb_t a, slong prec) {
  if (acb_is_zero(a)) return State::kUndefined;
  if (!OffCut(a)) return State::kUnknown;
  acb_arg(acb_realref(out), a, prec);
  arb_zero(acb_imagref(out));
  return State::kDefined;
}

State OnReals(Op op, acb_t out, const acb_t a, slong prec) {
  if (!acb_is_real(a)) return State::kUnknown;
  arb_zero(acb_imagref(out));
  return RealUnary(op, acb_realref(out), acb_realref(a), 0, prec);
}

}  // namespace

State ComplexUnary(Op op, acb_t out, const acb_t a, int64_t n, slong prec) {
  switch (op) {
    case Op::kNegate:
      acb_neg(out, a);
      return State::kDefined;
    case Op::kPowInt:
      return PowInt(out, a, n, prec);
    case Op::kSqrt:
      return Sqrt(out, a, prec);
    case Op::kRoot:
      return Root(out, a, n, prec);
    case Op::kExp:
      return Exp(out, a, prec);
    case Op::kLog:
      return Log(out, a, prec);
    case Op::kSin:
    case Op::kCos:
    case Op::kTan:
    case Op::kSinh:
    case Op::kCosh:
    case Op::kTanh:
      return Circular(op, out, a, prec);
    case Op::kAsin:
    case Op::kAcos:
    case Op::kAtan:
    case Op::kAtanh:
    case Op::kAsinh:
      return Arc(op, out, a, prec);
    case Op::kAcosh:
      return Acosh(out, a, prec);
    case Op::kAbs:
      acb_abs(acb_realref(out), a, prec);
      arb_zero(acb_imagref(out));
      return State::kDefined;
    case Op::kRe:
      acb_set_arb(out, acb_realref(a));
      return State::kDefined;
    case Op::kIm:
      acb_set_arb(out, acb_imagref(a));
      return State::kDefined;
    case Op::kConj:
      acb_conj(out, a);
      return State::kDefined;
    case Op::kArg:
      return Arg(out, a, prec);
    case Op::kFloor:
    case Op::kCeil:
    case Op::kSign:
      return OnReals(op, out, a, prec);
    default:
      return State::kUnknown;
  }
}

State ComplexBinary(Op op, acb_t out, const acb_t a, const acb_t b,
                    slong prec) {
  switch (op) {
    case Op::kAdd:
      acb_add(out, a, b, prec);
      return State::kDefined;
    case Op::kSubtract:
      acb_sub(out, a, b, prec);
      return State::kDefined;
    case Op::kMultiply:
      acb_mul(out, a, b, prec);
      return State::kDefined;
    case Op::kDivide:
      if (acb_is_zero(b)) return State::kUndefined;
      if (acb_contains_zero(b)) return State::kUnknown;
      acb_div(out, a, b, prec);
      return State::kDefined;
    case Op::kPower:
      return Power(out, a, b, prec);
    case Op::kMin:
    case Op::kMax:
      if (!acb_is_real(a) || !acb_is_real(b)) return State::kUnknown;
      arb_zero(acb_imagref(out));
      return RealBinary(op, acb_realref(out), acb_realref(a), acb_realref(b),
                        prec);
    default:
      return State::kUnknown;
  }
}

}  // namespace assay::kernels
