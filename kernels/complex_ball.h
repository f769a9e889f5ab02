// Operations of the complex ball domain: discs with one radius. Principal
// branches; a ball that touches a cut, a zero divisor or an overflow is
// unknown. Only an exact number may lie on the cut of log, sqrt and powers,
// where the imaginary part 0 counts as +0.
//
//   ComplexBall y = complex::Sqrt(complex::Multiply(a, b));
//
// Rounding bounds (u = 2^-53, of |result|): product 3 u, quotient 8 u, square
// root 5 u, the rest beside each function. |z|^2 overflows and underflows
// long before z does, so moduli are taken only of numbers whose larger part
// lies within 2^-500 and 2^500; others are unknown.
//
// Threads: pure.
#ifndef KERNELS_COMPLEX_BALL_H_
#define KERNELS_COMPLEX_BALL_H_

#include "kernels/real_ball.h"

namespace assay::kernels::complex {

ASSAY_HOST_DEVICE inline ComplexBall OfReal(const RealBall& a) {
  return {a.mid, a.defined() ? 0 : a.mid, a.rad};
}
ASSAY_HOST_DEVICE inline RealBall RealPart(const ComplexBall& a) {
  return {a.re, a.rad};
}
ASSAY_HOST_DEVICE inline RealBall ImaginaryPart(const ComplexBall& a) {
  return {a.im, a.exact_real() ? 0 : a.rad};
}

// The radius: `ulps` u of `scale`, and `spread`.
ASSAY_HOST_DEVICE inline ComplexBall Rounded(double re, double im, double ulps,
                                             double scale, double spread) {
  return {re, im, Inflated(ulps * kUnit * scale + spread + kTiny)};
}

// At least |re + i im|; what underflows in the squares is below 2^-510.
ASSAY_HOST_DEVICE inline double ModulusHigh(double re, double im) {
  return SquareRoot(re * re + im * im) * (1 + 0x1p-50) + 0x1p-500;
}

// Whether |z|^2 is far from overflow and underflow.
ASSAY_HOST_DEVICE inline bool InRange(const ComplexBall& a) {
  const double m = MaxOf(Magnitude(a.re), Magnitude(a.im));
  return (m > 0x1p-500) & (m < 0x1p500);
}

// |z| of the midpoint within 2 u; only in range.
ASSAY_HOST_DEVICE inline double Modulus(const ComplexBall& a) {
  return SquareRoot(a.re * a.re + a.im * a.im);
}
// At most |w| for every w of the ball; may be negative.
ASSAY_HOST_DEVICE inline double ModulusLow(const ComplexBall& a) {
  return Modulus(a) * (1 - 0x1p-50) - a.rad * (1 + 0x1p-49);
}

ASSAY_HOST_DEVICE inline ComplexBall Add(const ComplexBall& a,
                                         const ComplexBall& b) {
  const RealBall re = real::Add({a.re, 0}, {b.re, 0});
  const RealBall im = real::Add({a.im, 0}, {b.im, 0});
  return {re.mid, im.mid, Inflated(a.rad + b.rad + re.rad + im.rad)};
}

ASSAY_HOST_DEVICE inline ComplexBall Negate(const ComplexBall& a) {
  return {-a.re, -a.im, a.rad};
}
ASSAY_HOST_DEVICE inline ComplexBall Subtract(const ComplexBall& a,
                                              const ComplexBall& b) {
  return Add(a, Negate(b));
}
ASSAY_HOST_DEVICE inline ComplexBall TimesI(const ComplexBall& a) {
  return {-a.im, a.re, a.rad};
}
ASSAY_HOST_DEVICE inline ComplexBall OverI(const ComplexBall& a) {
  return {a.im, -a.re, a.rad};
}

ASSAY_HOST_DEVICE inline ComplexBall MultiplyExact(const ComplexBall& a,
                                                   const ComplexBall& b) {
  const RealBall re = real::Subtract(real::Multiply({a.re, 0}, {b.re, 0}),
                                     real::Multiply({a.im, 0}, {b.im, 0}));
  const RealBall im = real::Add(real::Multiply({a.re, 0}, {b.im, 0}),
                                real::Multiply({a.im, 0}, {b.re, 0}));
  return {re.mid, im.mid, Inflated(re.rad + im.rad)};
}

ASSAY_HOST_DEVICE inline ComplexBall Multiply(const ComplexBall& a,
                                              const ComplexBall& b) {
  const double a_high = ModulusHigh(a.re, a.im);
  const double b_high = ModulusHigh(b.re, b.im);
  const ComplexBall rounded =
      Rounded(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re, 3,
              a_high * b_high, a_high * b.rad + b_high * a.rad + a.rad * b.rad);
  return Choose((a.rad == 0) & (b.rad == 0), MultiplyExact(a, b), rounded);
}

ASSAY_HOST_DEVICE inline ComplexBall Divide(const ComplexBall& a,
                                            const ComplexBall& b) {
  const double least = ModulusLow(b);
  const double norm = b.re * b.re + b.im * b.im;
  const double re = (a.re * b.re + a.im * b.im) / norm;
  const double im = (a.im * b.re - a.re * b.im) / norm;
  const ComplexBall back = MultiplyExact({re, im, 0}, b);
  const bool exact = (a.rad == 0) & (b.rad == 0) & (back.rad == 0) &
                     (back.re == a.re) & (back.im == a.im);
  // The numerator of a large dividend may lose what the quotient needs.
  const double scale = ModulusHigh(a.re, a.im) / least * (1 + 0x1p-49);
  const ComplexBall rounded = Rounded(
      re, im, 8, scale, (a.rad + scale * b.rad) / least * (1 + 0x1p-49));
  const ComplexBall value = Choose(exact, {re, im, 0}, rounded);
  const ComplexBall some =
      Choose(InRange(b) & (least > 0), value, ComplexBall::Unknown());
  return Choose((b.rad == 0) & (b.re == 0) & (b.im == 0),
                ComplexBall::Undefined(), some);
}

ASSAY_HOST_DEVICE inline ComplexBall PowInt(const ComplexBall& a, int64_t n) {
  uint64_t left = n < 0 ? ~static_cast<uint64_t>(n) + 1 : n;
  ComplexBall power = {1, 0, 0};
  ComplexBall square = a;
  while (left != 0) {
    if (left & 1) power = Multiply(power, square);
    left >>= 1;
    if (left != 0) square = Multiply(square, square);
  }
  return n < 0 ? Divide({1, 0, 0}, power) : power;
}

// Whether the ball meets the negative real axis or 0, other than as an exact
// negative number.
ASSAY_HOST_DEVICE inline bool TouchesCut(const ComplexBall& a) {
  const double distance =
      a.re <= 0 ? Magnitude(a.im) : Modulus(a) * (1 - 0x1p-50);
  const bool near = !(distance > a.rad * (1 + 0x1p-49));
  const bool point = a.rad == 0;
  return (point & (a.re == 0) & (a.im == 0)) | (!point & near);
}

ASSAY_HOST_DEVICE inline ComplexBall Sqrt(const ComplexBall& a) {
  const RealBall root = real::Sqrt({Magnitude(a.re), 0});
  const bool positive = a.re >= 0;
  const ComplexBall exact = {positive ? root.mid : 0, positive ? 0 : root.mid,
                             root.rad};
  const double m = Modulus(a);
  const double major = SquareRoot(0.5 * (m + Magnitude(a.re)));
  const double minor = 0.5 * Magnitude(a.im) / major;
  const double re = a.re >= 0 ? major : minor;
  const double im = a.re >= 0 ? minor : major;
  // |sqrt z - sqrt w| <= |z - w| / |sqrt z|: they are less than a right angle
  // apart.
  const double scale = SquareRoot(m) * (1 + 0x1p-49);
  const ComplexBall rounded =
      Rounded(re, a.im < 0 ? -im : im, 5, scale,
              a.rad / (scale * (1 - 0x1p-48)) * (1 + 0x1p-48));
  const ComplexBall some =
      Choose(InRange(a) & !TouchesCut(a), rounded, ComplexBall::Unknown());
  return Choose(a.exact_real(), exact, some);
}

ASSAY_HOST_DEVICE inline ComplexBall Exp(const ComplexBall& a) {
  const bool inside = (a.rad <= 1) & (a.re <= elementary::kExpArgumentMax) &
                      (Magnitude(a.im) <= elementary::kArgumentMax);
  const bool vanishing = a.re < elementary::kExpArgumentMin;
  const double y = elementary::Exp(inside & !vanishing ? a.re : 0);
  const elementary::SinCosPair p = elementary::SinCos(inside ? a.im : 0);
  const ComplexBall rounded =
      Rounded(y * p.cos, y * p.sin, 14, y,
              y * (1 + 0x1p-49) *
                  (a.rad * (1 + a.rad) + 4 * elementary::kSinCosAbsolute));
  const ComplexBall value = Choose(vanishing, {0, 0, 0x1p-990}, rounded);
  const ComplexBall some =
      Choose(a.exact_real(), OfReal(real::Exp(RealPart(a))), value);
  return Choose(inside, some, ComplexBall::Unknown());
}

ASSAY_HOST_DEVICE inline ComplexBall Log(const ComplexBall& a) {
  const bool inside = InRange(a) & !TouchesCut(a);
  const double re =
      0.5 * elementary::Log(inside ? a.re * a.re + a.im * a.im : 1);
  const double im = elementary::Atan2(a.im, a.re);
  const ComplexBall rounded =
      Rounded(re, im, elementary::kAtanUlps, 1 + Magnitude(re) + Magnitude(im),
              a.rad / ModulusLow(a) * (1 + 0x1p-49));
  const ComplexBall value = Choose(inside, rounded, ComplexBall::Unknown());
  const ComplexBall some = Choose(a.exact_real() & (a.re > 0),
                                  OfReal(real::Log(RealPart(a))), value);
  return Choose(a.exact_real() & (a.re == 0), ComplexBall::Undefined(), some);
}

// sin(x + iy) = sin x cosh y + i cos x sinh y; 13 u of each part, together
// less than 20 u cosh y. |sin'| <= cosh(|y| + r) and so on: the spread is at
// most cosh(y) (e^r - 1), and e^r - 1 <= r (1 + r).
ASSAY_HOST_DEVICE inline ComplexBall SinOrCos(const ComplexBall& a, bool cos) {
  const bool inside = (a.rad <= 1) &
                      (Magnitude(a.re) <= elementary::kArgumentMax) &
                      (Magnitude(a.im) <= -elementary::kExpArgumentMin);
  const elementary::SinCosPair p = elementary::SinCos(inside ? a.re : 0);
  const double y = inside ? a.im : 0;
  const double ch = elementary::Cosh(y), sh = elementary::Sinh(y);
  const ComplexBall rounded = Rounded(
      (cos ? p.cos : p.sin) * ch, cos ? -p.sin * sh : p.cos * sh, 20, ch,
      ch * (1 + 0x1p-49) *
          (a.rad * (1 + a.rad) + 4 * elementary::kSinCosAbsolute));
  const RealBall line = cos ? real::Cos(RealPart(a)) : real::Sin(RealPart(a));
  const ComplexBall some = Choose(a.exact_real(), OfReal(line), rounded);
  return Choose(inside, some, ComplexBall::Unknown());
}
ASSAY_HOST_DEVICE inline ComplexBall Sin(const ComplexBall& a) {
  return SinOrCos(a, false);
}
ASSAY_HOST_DEVICE inline ComplexBall Cos(const ComplexBall& a) {
  return SinOrCos(a, true);
}
ASSAY_HOST_DEVICE inline ComplexBall Tan(const ComplexBall& a) {
  if (a.exact_real()) return OfReal(real::Tan(RealPart(a)));
  return Divide(Sin(a), Cos(a));
}
ASSAY_HOST_DEVICE inline ComplexBall Sinh(const ComplexBall& a) {
  return OverI(Sin(TimesI(a)));
}
ASSAY_HOST_DEVICE inline ComplexBall Cosh(const ComplexBall& a) {
  return Cos(TimesI(a));
}
ASSAY_HOST_DEVICE inline ComplexBall Tanh(const ComplexBall& a) {
  return OverI(Tan(TimesI(a)));
}

// Exact points on the cuts of the inverse functions have no agreed value.
ASSAY_HOST_DEVICE inline bool OnOuterAxis(double along, double across,
                                          double radius) {
  return radius == 0 && across == 0 && Magnitude(along) >= 1;
}

ASSAY_HOST_DEVICE inline ComplexBall Asin(const ComplexBall& a) {
  if (a.exact_real() && Magnitude(a.re) <= 1) {
    return OfReal(real::Asin(RealPart(a)));
  }
  if (OnOuterAxis(a.re, a.im, a.rad)) return ComplexBall::Unknown();
  const ComplexBall root = Sqrt(Subtract({1, 0, 0}, Multiply(a, a)));
  return OverI(Log(Add(TimesI(a), root)));
}

ASSAY_HOST_DEVICE inline ComplexBall Acos(const ComplexBall& a) {
  if (a.exact_real() && Magnitude(a.re) <= 1) {
    return OfReal(real::Acos(RealPart(a)));
  }
  return Subtract({elementary::kPiHigh / 2, 0, 0x1p-53}, Asin(a));
}

// (log(1 + w) - log(1 - w)) / 2; atan z = atanh(iz) / i.
ASSAY_HOST_DEVICE inline ComplexBall Atanh(const ComplexBall& a) {
  if (a.exact_real() && Magnitude(a.re) <= 1) {
    return OfReal(real::Atanh(RealPart(a)));
  }
  if (OnOuterAxis(a.re, a.im, a.rad)) return ComplexBall::Unknown();
  const ComplexBall d =
      Subtract(Log(Add({1, 0, 0}, a)), Log(Subtract({1, 0, 0}, a)));
  return {0.5 * d.re, 0.5 * d.im, Inflated(0.5 * d.rad)};
}
ASSAY_HOST_DEVICE inline ComplexBall Atan(const ComplexBall& a) {
  if (a.exact_real()) return OfReal(real::Atan(RealPart(a)));
  return OverI(Atanh(TimesI(a)));
}

ASSAY_HOST_DEVICE inline ComplexBall Asinh(const ComplexBall& a) {
  if (a.exact_real()) return OfReal(real::Asinh(RealPart(a)));
  if (OnOuterAxis(a.im, a.re, a.rad)) return ComplexBall::Unknown();
  return Log(Add(a, Sqrt(Add(Multiply(a, a), {1, 0, 0}))));
}

ASSAY_HOST_DEVICE inline ComplexBall Acosh(const ComplexBall& a) {
  if (a.exact_real()) {
    return a.re >= 1 ? OfReal(real::Acosh(RealPart(a)))
                     : ComplexBall::Unknown();
  }
  const ComplexBall root =
      Multiply(Sqrt(Subtract(a, {1, 0, 0})), Sqrt(Add(a, {1, 0, 0})));
  return Log(Add(a, root));
}

ASSAY_HOST_DEVICE inline ComplexBall Abs(const ComplexBall& a) {
  if (a.im == 0) return {Magnitude(a.re), 0, a.rad};
  if (a.rad == 0 && InRange(a)) {
    return OfReal(real::Sqrt(real::Add(real::Multiply({a.re, 0}, {a.re, 0}),
                                       real::Multiply({a.im, 0}, {a.im, 0}))));
  }
  const double m = Modulus(a);
  return Rounded(m, 0, 3, m, a.rad + 0x1p-499);
}

ASSAY_HOST_DEVICE inline ComplexBall Arg(const ComplexBall& a) {
  if (a.exact_real() && a.re == 0) return ComplexBall::Undefined();
  if (a.exact_real()) return OfReal(real::Arg(RealPart(a)));
  if (!InRange(a) || TouchesCut(a)) return ComplexBall::Unknown();
  const double angle = elementary::Atan2(a.im, a.re);
  return Rounded(angle, 0, elementary::kAtanUlps, Magnitude(angle),
                 a.rad / ModulusLow(a) * (1 + 0x1p-49));
}

ASSAY_HOST_DEVICE inline ComplexBall Root(const ComplexBall& a, int64_t n) {
  if (n == 2) return Sqrt(a);
  if (a.exact_real() && a.re >= 0) return OfReal(real::Root(RealPart(a), n));
  return Exp(Divide(Log(a), {static_cast<double>(n), 0, 0}));
}

ASSAY_HOST_DEVICE inline ComplexBall Power(const ComplexBall& a,
                                           const ComplexBall& b) {
  if (b.exact_real() && Magnitude(b.re) < 0x1p53 && IsInteger(b.re)) {
    return PowInt(a, static_cast<int64_t>(b.re));
  }
  if (a.exact_real() && a.re == 0) {
    if (b.re > b.rad * (1 + 0x1p-49)) return a;
    return -b.re > b.rad * (1 + 0x1p-49) ? ComplexBall::Undefined()
                                         : ComplexBall::Unknown();
  }
  return Exp(Multiply(b, Log(a)));
}

}  // namespace assay::kernels::complex

#endif  // KERNELS_COMPLEX_BALL_H_
