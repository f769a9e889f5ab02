// Operations of the real ball domain: each result holds f(x) for every x in
// the operands, or is undefined (proved) or unknown.
//
//   RealBall y = real::Sqrt(real::Add(a, b));
//
// How a radius comes about: what the operation's own rounding adds, plus the
// operand's radius times a bound of |f'| over the whole ball. Operations whose
// rounding error is exactly zero keep exact balls exact: floor, sign, integer
// exponents and comparisons rest on that.
//
// Threads: pure.
#ifndef KERNELS_REAL_BALL_H_
#define KERNELS_REAL_BALL_H_

#include "kernels/ball.h"
#include "kernels/elementary.h"

namespace assay::kernels::real {

ASSAY_HOST_DEVICE inline RealBall Exactly(double x) { return {x, 0}; }

// The ball's ends, moved outwards by more than their rounding.
ASSAY_HOST_DEVICE inline double Low(const RealBall& a) {
  if (a.rad == 0) return a.mid;
  const double x = a.mid - a.rad;
  return x - (Magnitude(x) * 0x1p-51 + kTiny);
}
ASSAY_HOST_DEVICE inline double High(const RealBall& a) {
  if (a.rad == 0) return a.mid;
  const double x = a.mid + a.rad;
  return x + (Magnitude(x) * 0x1p-51 + kTiny);
}
ASSAY_HOST_DEVICE inline double MagnitudeHigh(const RealBall& a) {
  return MaxOf(Magnitude(Low(a)), Magnitude(High(a)));
}

// value +- (ulps 2^-53 |value| + spread).
ASSAY_HOST_DEVICE inline RealBall Rounded(double value, double ulps,
                                          double spread) {
  return {value, Inflated(ulps * kUnit * Magnitude(value) + spread + kTiny)};
}

ASSAY_HOST_DEVICE inline RealBall Add(const RealBall& a, const RealBall& b) {
  const double sum = a.mid + b.mid;
  const double part = sum - a.mid;
  const double error = (a.mid - (sum - part)) + (b.mid - part);
  return {sum, Inflated(a.rad + b.rad + Magnitude(error))};
}

ASSAY_HOST_DEVICE inline RealBall Negate(const RealBall& a) {
  return {-a.mid, a.rad};
}

ASSAY_HOST_DEVICE inline RealBall Subtract(const RealBall& a,
                                           const RealBall& b) {
  return Add(a, Negate(b));
}

// The rounding error of product = a b: exact where it cannot underflow.
ASSAY_HOST_DEVICE inline double ProductError(double a, double b,
                                             double product) {
  const double error = Magnitude(Fma(a, b, -product));
  const double whole = error + (Magnitude(product) < kExactMin ? kTiny : 0);
  return (a == 0) | (b == 0) ? 0 : whole;
}

ASSAY_HOST_DEVICE inline RealBall Multiply(const RealBall& a,
                                           const RealBall& b) {
  const double product = a.mid * b.mid;
  const bool exact = (a.rad == 0) & (b.rad == 0);
  const double spread = Magnitude(a.mid) * b.rad + Magnitude(b.mid) * a.rad +
                        a.rad * b.rad + kUnit * Magnitude(product) + kTiny;
  return {product,
          Inflated(exact ? ProductError(a.mid, b.mid, product) : spread)};
}

ASSAY_HOST_DEVICE inline RealBall Divide(const RealBall& a, const RealBall& b) {
  const double least = Magnitude(b.mid) - b.rad * (1 + 0x1p-49);
  const double quotient = a.mid / b.mid;
  const bool whole = (Magnitude(quotient) > kExactMin) &
                     (Magnitude(a.mid) > kExactMin) &
                     (Fma(quotient, b.mid, -a.mid) == 0);
  const bool exact = (a.rad == 0) & (b.rad == 0) & ((a.mid == 0) | whole);
  const RealBall rounded =
      Rounded(quotient, 1,
              (a.rad + Magnitude(quotient) * b.rad) / least * (1 + 0x1p-49));
  const RealBall value = Choose(exact, Exactly(quotient), rounded);
  const RealBall some = Choose(least > kExactMin, value, RealBall::Unknown());
  return Choose((b.rad == 0) & (b.mid == 0), RealBall::Undefined(), some);
}

ASSAY_HOST_DEVICE inline RealBall Abs(const RealBall& a) {
  return {Magnitude(a.mid), a.rad};
}

ASSAY_HOST_DEVICE inline RealBall Min(const RealBall& a, const RealBall& b) {
  return {MinOf(a.mid, b.mid), High(a) < Low(b)   ? a.rad
                               : High(b) < Low(a) ? b.rad
                                                  : MaxOf(a.rad, b.rad)};
}

ASSAY_HOST_DEVICE inline RealBall Max(const RealBall& a, const RealBall& b) {
  return Negate(Min(Negate(a), Negate(b)));
}

ASSAY_HOST_DEVICE inline RealBall Sign(const RealBall& a) {
  if (Low(a) > 0) return Exactly(1);
  if (High(a) < 0) return Exactly(-1);
  return a.exact() ? Exactly(0) : RealBall::Unknown();
}

ASSAY_HOST_DEVICE inline RealBall Floor(const RealBall& a) {
  const double low = FloorOf(Low(a));
  return low == FloorOf(High(a)) ? Exactly(low) : RealBall::Unknown();
}

ASSAY_HOST_DEVICE inline RealBall Ceil(const RealBall& a) {
  return Negate(Floor(Negate(a)));
}

ASSAY_HOST_DEVICE inline RealBall Sqrt(const RealBall& a) {
  const double low = Low(a);
  const double root = SquareRoot(a.mid < 0 ? 0 : a.mid);
  const double least = SquareRoot(low < 0 ? 0 : low);
  const bool whole =
      (root == 0) | ((a.mid > kExactMin) & (Fma(root, root, -a.mid) == 0));
  const double spread =
      a.rad / ((root + least) * (1 - 0x1p-50)) * (1 + 0x1p-49);
  const RealBall rounded = Rounded(root, 1, a.rad == 0 ? 0 : spread);
  const RealBall value = Choose((a.rad == 0) & whole, Exactly(root), rounded);
  const RealBall some = Choose(low < 0, RealBall::Unknown(), value);
  return Choose(High(a) < 0, RealBall::Undefined(), some);
}

// By squaring: at most 126 products. 0^0 = 1.
ASSAY_HOST_DEVICE inline RealBall PowInt(const RealBall& a, int64_t n) {
  uint64_t left = n < 0 ? ~static_cast<uint64_t>(n) + 1 : n;
  RealBall power = Exactly(1);
  RealBall square = a;
  while (left != 0) {
    if (left & 1) power = Multiply(power, square);
    left >>= 1;
    if (left != 0) square = Multiply(square, square);
  }
  return n < 0 ? Divide(Exactly(1), power) : power;
}

ASSAY_HOST_DEVICE inline RealBall Exp(const RealBall& a) {
  const bool inside = (a.rad <= 1) & (a.mid <= elementary::kExpArgumentMax);
  const bool vanishing = a.mid < elementary::kExpArgumentMin;
  const double y = elementary::Exp(inside & !vanishing ? a.mid : 0);
  // e^r - 1 <= r (1 + r) for r <= 1.
  const RealBall rounded = Rounded(y, elementary::kExpUlps,
                                   y * (1 + 0x1p-49) * (a.rad * (1 + a.rad)));
  const RealBall value =
      Choose((a.rad == 0) & (a.mid == 0), Exactly(1), rounded);
  const RealBall some = Choose(vanishing, {0, 0x1p-990}, value);
  return Choose(inside, some, RealBall::Unknown());
}

ASSAY_HOST_DEVICE inline RealBall Log(const RealBall& a) {
  const double low = Low(a);
  const bool inside = low >= kTiny;
  const RealBall rounded =
      Rounded(elementary::Log(inside ? a.mid : 1), elementary::kLogUlps,
              a.rad / low * (1 + 0x1p-49));
  const RealBall value =
      Choose((a.rad == 0) & (a.mid == 1), Exactly(0), rounded);
  const RealBall some = Choose(inside, value, RealBall::Unknown());
  return Choose(High(a) <= 0, RealBall::Undefined(), some);
}

ASSAY_HOST_DEVICE inline bool Beyond(const RealBall& a) {
  return !(Magnitude(a.mid) <= elementary::kArgumentMax);
}

ASSAY_HOST_DEVICE inline RealBall Sin(const RealBall& a) {
  const double x = Beyond(a) ? 0 : a.mid;
  const RealBall value =
      Rounded(elementary::SinCos(x).sin, elementary::kSinCosUlps,
              a.rad + elementary::kSinCosAbsolute);
  const RealBall some = Choose((a.rad == 0) & (a.mid == 0), Exactly(0), value);
  return Choose(Beyond(a), RealBall::Unknown(), some);
}

ASSAY_HOST_DEVICE inline RealBall Cos(const RealBall& a) {
  const double x = Beyond(a) ? 0 : a.mid;
  const RealBall value =
      Rounded(elementary::SinCos(x).cos, elementary::kSinCosUlps,
              a.rad + elementary::kSinCosAbsolute);
  const RealBall some = Choose((a.rad == 0) & (a.mid == 0), Exactly(1), value);
  return Choose(Beyond(a), RealBall::Unknown(), some);
}

ASSAY_HOST_DEVICE inline RealBall Tan(const RealBall& a) {
  const elementary::SinCosPair p = elementary::SinCos(Beyond(a) ? 0 : a.mid);
  // |cos| over the ball; the poles are where it is 0.
  const double least =
      Magnitude(p.cos) * (1 - 0x1p-48) - a.rad * (1 + 0x1p-48) - 0x1p-90;
  const RealBall rounded = Rounded(p.sin / p.cos, elementary::kTanUlps,
                                   (a.rad + 4 * elementary::kSinCosAbsolute) /
                                       (least * least) * (1 + 0x1p-48));
  const RealBall value = Choose(least > 0x1p-40, rounded, RealBall::Unknown());
  const RealBall some = Choose((a.rad == 0) & (a.mid == 0), Exactly(0), value);
  return Choose(Beyond(a), RealBall::Unknown(), some);
}

ASSAY_HOST_DEVICE inline RealBall Atan(const RealBall& a) {
  const RealBall value =
      Rounded(elementary::Atan(a.mid), elementary::kAtanUlps, a.rad);
  const RealBall some =
      Choose(Magnitude(a.mid) < kBallMax, value, RealBall::Unknown());
  return Choose((a.rad == 0) & (a.mid == 0), a, some);
}

// The state of asin, acos and atanh beyond their ends, `inside` if fine.
ASSAY_HOST_DEVICE inline bool WithinUnit(const RealBall& a, RealBall* state) {
  if (Low(a) > 1 || High(a) < -1) {
    *state = RealBall::Undefined();
    return false;
  }
  *state = RealBall::Unknown();
  return MagnitudeHigh(a) < 1 || (a.exact() && Magnitude(a.mid) == 1);
}

// An upper bound of 1/sqrt(1 - m^2) over the ball; only where m < 1.
ASSAY_HOST_DEVICE inline double ArcSlope(const RealBall& a) {
  if (a.exact()) return 0;
  const double m = MagnitudeHigh(a);
  return (1 + 0x1p-48) / SquareRoot((1 - m) * (1 + m));
}

ASSAY_HOST_DEVICE inline RealBall Asin(const RealBall& a) {
  RealBall state;
  if (!WithinUnit(a, &state)) return state;
  if (a.exact() && a.mid == 0) return a;
  return Rounded(elementary::Asin(a.mid), elementary::kAsinUlps,
                 a.rad * ArcSlope(a));
}

ASSAY_HOST_DEVICE inline RealBall Acos(const RealBall& a) {
  RealBall state;
  if (!WithinUnit(a, &state)) return state;
  if (a.exact() && a.mid == 1) return Exactly(0);
  return Rounded(elementary::Acos(a.mid), elementary::kAcosUlps,
                 a.rad * ArcSlope(a));
}

// An upper bound of cosh over the ball; radius at most 1, |mid| <= 690.
ASSAY_HOST_DEVICE inline double CoshHigh(const RealBall& a) {
  // cosh(m + r) <= cosh(m) e^r and e^r <= 1 + r (1 + r).
  return elementary::Cosh(a.mid) * (1 + 0x1p-48) * (1 + a.rad * (1 + a.rad));
}

ASSAY_HOST_DEVICE inline bool BeyondExp(const RealBall& a) {
  return a.rad > 1 || !(Magnitude(a.mid) <= -elementary::kExpArgumentMin);
}

ASSAY_HOST_DEVICE inline RealBall Sinh(const RealBall& a) {
  if (BeyondExp(a)) return RealBall::Unknown();
  if (a.exact() && a.mid == 0) return a;
  return Rounded(elementary::Sinh(a.mid), elementary::kSinhUlps,
                 a.rad * CoshHigh(a));
}

ASSAY_HOST_DEVICE inline RealBall Cosh(const RealBall& a) {
  if (BeyondExp(a)) return RealBall::Unknown();
  if (a.exact() && a.mid == 0) return Exactly(1);
  return Rounded(elementary::Cosh(a.mid), elementary::kCoshUlps,
                 a.rad * CoshHigh(a));
}

ASSAY_HOST_DEVICE inline RealBall Tanh(const RealBall& a) {
  if (!(Magnitude(a.mid) < kBallMax)) return RealBall::Unknown();
  if (a.exact() && a.mid == 0) return a;
  return Rounded(elementary::Tanh(a.mid), elementary::kTanhUlps, a.rad);
}

ASSAY_HOST_DEVICE inline RealBall Asinh(const RealBall& a) {
  if (Beyond(a)) return RealBall::Unknown();
  if (a.exact() && a.mid == 0) return a;
  return Rounded(elementary::Asinh(a.mid), elementary::kAsinhUlps, a.rad);
}

ASSAY_HOST_DEVICE inline RealBall Acosh(const RealBall& a) {
  if (Beyond(a)) return RealBall::Unknown();
  if (High(a) < 1) return RealBall::Undefined();
  if (a.exact() && a.mid == 1) return Exactly(0);
  const double low = Low(a);
  if (!(low > 1)) return RealBall::Unknown();
  const double slope =
      a.exact() ? 0 : (1 + 0x1p-48) / SquareRoot((low - 1) * (low + 1));
  return Rounded(elementary::Acosh(a.mid), elementary::kAcoshUlps,
                 a.rad * slope);
}

ASSAY_HOST_DEVICE inline RealBall Atanh(const RealBall& a) {
  RealBall state;
  if (!WithinUnit(a, &state)) return state;
  if (Magnitude(a.mid) == 1) return RealBall::Undefined();
  if (a.exact() && a.mid == 0) return a;
  const double slope = ArcSlope(a);
  return Rounded(elementary::Atanh(a.mid), elementary::kAtanhUlps,
                 a.rad * slope * slope * (1 + 0x1p-48));
}

// n >= 2; an odd root of a negative is real.
ASSAY_HOST_DEVICE inline RealBall Root(const RealBall& a, int64_t n) {
  if (n == 2) return Sqrt(a);
  if (a.exact() && (a.mid == 0 || a.mid == 1)) return a;
  const bool mirrored = n % 2 != 0 && a.mid < 0;
  const RealBall b = mirrored ? Negate(a) : a;
  if (High(b) < 0) return RealBall::Undefined();
  if (!(Low(b) > 0)) return RealBall::Unknown();
  const RealBall root = Exp(Divide(Log(b), Exactly(static_cast<double>(n))));
  return mirrored ? Negate(root) : root;
}

ASSAY_HOST_DEVICE inline RealBall Power(const RealBall& a, const RealBall& b) {
  if (b.exact() && Magnitude(b.mid) < 0x1p53 && IsInteger(b.mid)) {
    return PowInt(a, static_cast<int64_t>(b.mid));
  }
  if (a.exact() && a.mid == 0) {
    if (Low(b) > 0) return a;
    return High(b) < 0 ? RealBall::Undefined() : RealBall::Unknown();
  }
  if (High(a) < 0) {
    // No integer in the exponent's ball: a non-integer power of a negative.
    return Floor(b).defined() && !IsInteger(Low(b)) ? RealBall::Undefined()
                                                    : RealBall::Unknown();
  }
  if (!(Low(a) > 0)) return RealBall::Unknown();
  return Exp(Multiply(b, Log(a)));
}

ASSAY_HOST_DEVICE inline RealBall Arg(const RealBall& a) {
  if (Low(a) > 0) return Exactly(0);
  if (High(a) < 0) return {elementary::kPiHigh, 0x1p-52};
  return a.exact() ? RealBall::Undefined() : RealBall::Unknown();
}

}  // namespace assay::kernels::real

#endif  // KERNELS_REAL_BALL_H_
