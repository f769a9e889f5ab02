// Elementary functions of doubles with proved error bounds, from + - x / sqrt
// alone, so that host and device give the same bits.
//
//   double y = elementary::Exp(0.5);   // |y - e^0.5| <= kExpUlps 2^-53 |y|
//
// Bounds: k...Ulps units of 2^-53 |result|, for the argument as given, in the
// range stated at each function; outside it the result is meaningless. They
// sum the rounding errors by hand (beside each function, u = 2^-53) and the
// approximation errors proved in sollya/elementary.sollya, and are rounded
// up; tests compare them with Arb.
//
// Threads: pure.
#ifndef KERNELS_ELEMENTARY_H_
#define KERNELS_ELEMENTARY_H_

#include "kernels/portable.h"

namespace assay::kernels::elementary {

inline constexpr double kExpUlps = 4;
inline constexpr double kLogUlps = 4;
inline constexpr double kSinCosUlps = 4;
inline constexpr double kTanUlps = 10;
inline constexpr double kAtanUlps = 8;
inline constexpr double kAsinUlps = 12;
inline constexpr double kAcosUlps = 12;
inline constexpr double kSinhUlps = 8;
inline constexpr double kCoshUlps = 8;
inline constexpr double kTanhUlps = 12;
inline constexpr double kAsinhUlps = 16;
inline constexpr double kAcoshUlps = 16;
inline constexpr double kAtanhUlps = 16;
// Beside the relative bound, of sin and cos where |x| > 0.78: what the
// reduction by pi/2 leaves.
inline constexpr double kSinCosAbsolute = 0x1p-95;
inline constexpr double kArgumentMax = 0x1p20;
inline constexpr double kExpArgumentMax = 709;
inline constexpr double kExpArgumentMin = -690;

inline constexpr double kPiHigh = 0x1.921fb54442d18p1;
inline constexpr double kPiLow = 0x1.1a62633145c07p-53;
inline constexpr double kLn2High = 0x1.62e42ffp-1;  // 32 bits.
inline constexpr double kLn2Low = -0x1.718432a1b0e26p-35;

// kExpArgumentMin <= x <= kExpArgumentMax.
// e^x = 2^k e^(r + c), r + c = x - k ln 2, |r| <= 0.3467. With y = e^r >=
// 0.707: r^2 q(r) errs by 0.2 u, the sums by 0.47 u and y u; 2^-57 besides.
ASSAY_HOST_DEVICE inline double Exp(double x) {
  const double k = Nearest(x * 0x1.71547652b82fep0);
  const double high = x - k * kLn2High;
  const double low = k * kLn2Low;
  const double r = high - low;
  const double c = (high - r) - low;
  double q = 0x1.ad93720b9f81fp-26;
  q = q * r + 0x1.28ae10fc979b5p-22;
  q = q * r + 0x1.71df18b9a0df3p-19;
  q = q * r + 0x1.a019994c13178p-16;
  q = q * r + 0x1.a01a012ffa329p-13;
  q = q * r + 0x1.6c16c1847c94ap-10;
  q = q * r + 0x1.1111111126b2ep-7;
  q = q * r + 0x1.55555555506acp-5;
  q = q * r + 0x1.55555555554fep-3;
  q = q * r + 0x1.000000000000ap-1;
  const double y = 1 + (r + (r * r * q + c));
  const int n = static_cast<int>(k);
  // In two steps, for k = 1024.
  return y * PowerOfTwo(n / 2) * PowerOfTwo(n - n / 2);
}

// log(1 + f) + k ln 2 for -0.2929 <= f <= 0.4143, f exact, with s = f/(2+f):
// log(1+f) = f - (f^2/2 - s (f^2/2 + R(s^2))). Errors: 0.27 u in the inner
// sum, 0.35 u where k ln 2 joins, against |result| >= 0.3466 for k != 0 or a
// sum that shrinks with f; u at the end: at most 2.8 u.
ASSAY_HOST_DEVICE inline double LogOfOnePlus(double f, double k) {
  const double s = f / (2 + f);
  const double z = s * s;
  double r = 0x1.2f02bc1e5f362p-3;
  r = r * z + 0x1.39a2024cdf709p-3;
  r = r * z + 0x1.74663bf27f228p-3;
  r = r * z + 0x1.c71c5218e11ccp-3;
  r = r * z + 0x1.24924941dc60dp-2;
  r = r * z + 0x1.999999997ff58p-2;
  r = r * z + 0x1.5555555555592p-1;
  r = r * z;
  const double half = 0.5 * f * f;
  const double alone = f - (half - s * (half + r));
  const double shifted =
      k * kLn2High - ((half - (s * (half + r) + k * kLn2Low)) - f);
  return k == 0 ? alone : shifted;
}

// x > 0, normal or not, finite.
ASSAY_HOST_DEVICE inline double Log(double x) {
  const bool small = x < 0x1p-1022;
  const uint64_t bits = BitsOf(small ? x * 0x1p54 : x);
  const int exponent = static_cast<int>(bits >> 52) - 1023 - (small ? 54 : 0);
  const double m =
      FromBits((bits & 0x000fffffffffffffull) | 0x3ff0000000000000ull);
  const bool high = m > 0x1.6a09e6p0;  // Just below sqrt 2.
  const double k = static_cast<double>(exponent + (high ? 1 : 0));
  return LogOfOnePlus((high ? m * 0.5 : m) - 1, k);
}

// log(1 + y), y >= -0.29, at most 6 u: outside the direct range 1 + y errs by
// u, which is 2.9 u of a result of at least 0.34.
ASSAY_HOST_DEVICE inline double Log1p(double y) {
  if (y <= 0.4142) return LogOfOnePlus(y, 0);
  return Log(1 + y);
}

struct SinCosPair {
  double sin;
  double cos;
};

// |x| <= kArgumentMax. x - k pi/2 = high + low to 2^-99: k P1 and k P2 are
// exact products (20 + 33 bits), x - k P1 is exact (a multiple of 2^-53 below
// 1), the rest is summed with its errors. Then sin errs by 1.6 u, cos by 1.7 u.
ASSAY_HOST_DEVICE inline SinCosPair SinCos(double x) {
  const double k = Nearest(x * 0x1.45f306dc9c883p-1);
  const double t = x - k * 0x1.921fb544p0;
  const double w = k * 0x1.0b4611a6p-34;
  const double v = k * 0x1.3198a2e037073p-69;
  const double a = t - w;
  const double a_error = (t - (a - (a - t))) - (w + (a - t));
  const double b = a - v;
  const double b_error = (a - (b - (b - a))) - (v + (b - a));
  const double tail = a_error + b_error;
  const double r = b + tail;
  const double low = (b - r) + tail;
  const double z = r * r;
  double s = -0x1.a55de05fe6ba2p-41;
  s = s * z + 0x1.6114a7f5e6ca7p-33;
  s = s * z + -0x1.ae643d465f38ap-26;
  s = s * z + 0x1.71de3a401ac6dp-19;
  s = s * z + -0x1.a01a01a006d92p-13;
  s = s * z + 0x1.111111111108bp-7;
  s = s * z + -0x1.5555555555555p-3;
  const double sin_r = r + (r * z * s + low * (1 - 0.5 * z));
  double c = -0x1.8fa681e385241p-37;
  c = c * z + 0x1.1ee9dbd0d86a6p-29;
  c = c * z + -0x1.27e4f7f19d4b2p-22;
  c = c * z + 0x1.a01a019c8f3eep-16;
  c = c * z + -0x1.6c16c16c15016p-10;
  c = c * z + 0x1.555555555554bp-5;
  const double half = 0.5 * z;
  const double top = 1 - half;
  const double cos_r = top + (((1 - top) - half) + (z * z * c - r * low));
  // By quarter turns: (s, c), (c, -s), (-s, -c), (-c, s).
  const int quarter = static_cast<int>(k);
  const double first = (quarter & 1) != 0 ? cos_r : sin_r;
  const double second = (quarter & 1) != 0 ? sin_r : cos_r;
  return {(quarter & 2) != 0 ? -first : first,
          ((quarter + 1) & 2) != 0 ? -second : second};
}

// |t| <= 0.41422, at most 1.3 u.
ASSAY_HOST_DEVICE inline double AtanOfSmall(double t) {
  const double z = t * t;
  double p = 0x1.f0111d29421bep-7;
  p = p * z + -0x1.11ba2966226bp-5;
  p = p * z + 0x1.70b28dd725bap-5;
  p = p * z + -0x1.ab6da8aed3127p-5;
  p = p * z + 0x1.e16f469abdc99p-5;
  p = p * z + -0x1.110c4af13f37ep-4;
  p = p * z + 0x1.3b136b1d3278dp-4;
  p = p * z + -0x1.745d14919c87bp-4;
  p = p * z + 0x1.c71c71b5f9222p-4;
  p = p * z + -0x1.24924924721bep-3;
  p = p * z + 0x1.99999999995bfp-3;
  p = p * z + -0x1.5555555555554p-2;
  return t + t * z * p;
}

// Any finite x. In the middle range t errs by 3 u, which is 4.5 u of a result
// of at least 0.39; at most 5.6 u in all.
ASSAY_HOST_DEVICE inline double Atan(double x) {
  const double m = Magnitude(x);
  const bool low = m <= 0.41421, middle = m <= 2.4142;
  const double p = AtanOfSmall((low      ? m
                                : middle ? m - 1
                                         : 1) /
                               (low      ? 1
                                : middle ? m + 1
                                         : m));
  const double y = low      ? p
                   : middle ? kPiHigh / 4 + (p + kPiLow / 4)
                            : kPiHigh / 2 - (p - kPiLow / 2);
  // The sign of x, of -0 too.
  return FromBits(BitsOf(y) | (BitsOf(x) & 0x8000000000000000ull));
}

// The argument of x + i y, not both 0; y = -0 counts as +0. 7 u: the quotient
// errs by u, and the condition number is at most 1 in each part.
ASSAY_HOST_DEVICE inline double Atan2(double y, double x) {
  const double ax = Magnitude(x), ay = Magnitude(y);
  const bool flat = ay <= ax;
  const double part = Atan((flat ? ay : ax) / (flat ? ax : ay));
  const double acute = flat ? part : kPiHigh / 2 - (part - kPiLow / 2);
  const double angle = x < 0 ? kPiHigh - (acute - kPiLow) : acute;
  return y < 0 ? -angle : angle;
}

// |x| <= 1. The argument of atan errs by 3.3 u.
ASSAY_HOST_DEVICE inline double Asin(double x) {
  return 2 * Atan(x / (1 + SquareRoot((1 - x) * (1 + x))));
}

// |x| <= 1. The argument of atan errs by 2.5 u.
ASSAY_HOST_DEVICE inline double Acos(double x) {
  const double m = Magnitude(x);
  const double y = 2 * Atan(SquareRoot((1 - m) / (1 + m)));
  return x < 0 ? kPiHigh - (y - kPiLow) : y;
}

// |x| <= 1: 1.7 u.
ASSAY_HOST_DEVICE inline double SinhOfSmall(double x) {
  const double z = x * x;
  double p = 0x1.409579384599ap-48;
  p = p * z + 0x1.aab9951a7065bp-41;
  p = p * z + 0x1.612abe6b5d71ep-33;
  p = p * z + 0x1.ae644b32db998p-26;
  p = p * z + 0x1.71de3a60a9f7dp-19;
  p = p * z + 0x1.a01a01a00db3ap-13;
  p = p * z + 0x1.111111111117cp-7;
  p = p * z + 0x1.5555555555555p-3;
  return x + x * z * p;
}

// |x| <= -kExpArgumentMin. 5.1 u at x = 1.
ASSAY_HOST_DEVICE inline double Sinh(double x) {
  const double m = Magnitude(x);
  const double e = Exp(m);
  const double y = 0.5 * e - 0.5 / e;
  return m <= 1 ? SinhOfSmall(x) : x < 0 ? -y : y;
}

// |x| <= -kExpArgumentMin. 4.5 u.
ASSAY_HOST_DEVICE inline double Cosh(double x) {
  const double e = Exp(Magnitude(x));
  return 0.5 * e + 0.5 / e;
}

// Any finite x. Below 1: 1.7 + 4.5 + 1 u; above: 1.6 + 1 u.
ASSAY_HOST_DEVICE inline double Tanh(double x) {
  const double m = Magnitude(x);
  const double near = m > 300 ? 300 : m;
  const double y = m > 300 ? 1 : 1 - 2 / (Exp(2 * near) + 1);
  const double far = x < 0 ? -y : y;
  return m <= 1 ? SinhOfSmall(x) / Cosh(near) : far;
}

// |x| <= kArgumentMax. log1p of 6 u, itself 6 u.
ASSAY_HOST_DEVICE inline double Asinh(double x) {
  const double m = Magnitude(x);
  const double square = m * m;
  const double y = Log1p(m + square / (1 + SquareRoot(1 + square)));
  return x < 0 ? -y : y;
}

// 1 <= x <= kArgumentMax. log1p of 3.5 u.
ASSAY_HOST_DEVICE inline double Acosh(double x) {
  const double t = x - 1;
  return Log1p(t + SquareRoot(t * (2 + t)));
}

// |x| < 1. log1p of 2 u.
ASSAY_HOST_DEVICE inline double Atanh(double x) {
  const double m = Magnitude(x);
  const double y = 0.5 * Log1p(2 * m / (1 - m));
  return x < 0 ? -y : y;
}

}  // namespace assay::kernels::elementary

#endif  // KERNELS_ELEMENTARY_H_
