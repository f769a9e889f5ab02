// A real or complex ball: fp64 midpoint, fp64 radius, round to nearest.
//
// How a radius stays sound without directed rounding: every radius is a sum
// of at most ten products of non-negative doubles, each operation of which
// errs by a factor within 1 +- 2^-53; Inflated multiplies by 1 + 2^-49 and
// adds 2^-1000 for what underflows. 0 stays 0: the value is exact.
//
// A ball that is not defined has a radius below 0 or not finite; its midpoint
// is NaN, so that any arithmetic on it gives a ball that is not defined.
//
// Threads: pure values.
#ifndef KERNELS_BALL_H_
#define KERNELS_BALL_H_

#include "kernels/portable.h"

namespace assay::kernels {

inline constexpr double kUnit = 0x1p-53;
inline constexpr double kTiny = 0x1p-1000;
// Products below this may hide a part of their error in an underflow.
inline constexpr double kExactMin = 0x1p-900;
inline constexpr double kBallMax = 0x1p1000;

ASSAY_HOST_DEVICE inline double NotANumber() {
  return FromBits(0x7ff8000000000000ull);
}
ASSAY_HOST_DEVICE inline double Infinity() {
  return FromBits(0x7ff0000000000000ull);
}

ASSAY_HOST_DEVICE inline double Inflated(double radius) {
  return radius == 0 ? 0 : radius * (1 + 0x1p-49) + kTiny;
}

struct RealBall {
  double mid;
  double rad;

  // The comparison is false for NaN.
  ASSAY_HOST_DEVICE bool defined() const {
    return (rad >= 0) & (rad < kBallMax);
  }
  ASSAY_HOST_DEVICE bool proved_undefined() const { return rad == -Infinity(); }
  ASSAY_HOST_DEVICE bool exact() const { return rad == 0; }
  ASSAY_HOST_DEVICE static RealBall Undefined() {
    return {NotANumber(), -Infinity()};
  }
  ASSAY_HOST_DEVICE static RealBall Unknown() {
    return {NotANumber(), Infinity()};
  }
};

struct ComplexBall {
  double re;
  double im;
  double rad;

  ASSAY_HOST_DEVICE bool defined() const {
    return (rad >= 0) & (rad < kBallMax);
  }
  ASSAY_HOST_DEVICE bool proved_undefined() const { return rad == -Infinity(); }
  ASSAY_HOST_DEVICE bool exact() const { return rad == 0; }
  // Exactly on the real line.
  ASSAY_HOST_DEVICE bool exact_real() const { return (rad == 0) & (im == 0); }
  ASSAY_HOST_DEVICE static ComplexBall Undefined() {
    return {NotANumber(), NotANumber(), -Infinity()};
  }
  ASSAY_HOST_DEVICE static ComplexBall Unknown() {
    return {NotANumber(), NotANumber(), Infinity()};
  }
};

// Both balls are computed, and no branch is taken: a loop of such operations
// becomes vectors, and a warp of them does not part.
ASSAY_HOST_DEVICE inline RealBall Choose(bool first, const RealBall& a,
                                         const RealBall& b) {
  return {first ? a.mid : b.mid, first ? a.rad : b.rad};
}
ASSAY_HOST_DEVICE inline ComplexBall Choose(bool first, const ComplexBall& a,
                                            const ComplexBall& b) {
  return {first ? a.re : b.re, first ? a.im : b.im, first ? a.rad : b.rad};
}

// `result` of operands a and b, or what they prove where it or they are not
// defined. Without branches, so that loops over it become vectors.
ASSAY_HOST_DEVICE inline RealBall Blame(const RealBall& result,
                                        const RealBall& a, const RealBall& b) {
  const bool defined = a.defined() & b.defined();
  const bool good = defined & result.defined();
  const bool proved = a.proved_undefined() | b.proved_undefined() |
                      (defined & result.proved_undefined());
  return {good ? result.mid : NotANumber(), good     ? result.rad
                                            : proved ? -Infinity()
                                                     : Infinity()};
}
ASSAY_HOST_DEVICE inline ComplexBall Blame(const ComplexBall& result,
                                           const ComplexBall& a,
                                           const ComplexBall& b) {
  const bool defined = a.defined() & b.defined();
  const bool good = defined & result.defined();
  const bool proved = a.proved_undefined() | b.proved_undefined() |
                      (defined & result.proved_undefined());
  return {good ? result.re : NotANumber(), good ? result.im : NotANumber(),
          good     ? result.rad
          : proved ? -Infinity()
                   : Infinity()};
}

}  // namespace assay::kernels

#endif  // KERNELS_BALL_H_
