// What lets one source be compiled for host and device with the same bits:
// the mark of a function for both, and the few primitives outside + - x /.
//
// Threads: pure. Everything that includes this is built with
// -ffp-contract=off, or -fmad=false for a device.
#ifndef KERNELS_PORTABLE_H_
#define KERNELS_PORTABLE_H_

#include <cmath>
#include <cstdint>
#include <cstring>

#ifdef __CUDACC__
#define ASSAY_HOST_DEVICE __host__ __device__
#else
#define ASSAY_HOST_DEVICE
#endif

namespace assay::kernels {

ASSAY_HOST_DEVICE inline uint64_t BitsOf(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof(bits));
  return bits;
}

ASSAY_HOST_DEVICE inline double FromBits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof(x));
  return x;
}

// These three are exact or correctly rounded on every IEEE machine.
ASSAY_HOST_DEVICE inline double Fma(double a, double b, double c) {
  return fma(a, b, c);
}
ASSAY_HOST_DEVICE inline double SquareRoot(double x) { return sqrt(x); }
ASSAY_HOST_DEVICE inline double Magnitude(double x) {
  return FromBits(BitsOf(x) & 0x7fffffffffffffffull);
}

// The nearest integer, ties to even; |x| <= 2^51.
ASSAY_HOST_DEVICE inline double Nearest(double x) {
  constexpr double kShift = 0x1.8p52;
  return (x + kShift) - kShift;
}

// The largest integer that is at most x.
ASSAY_HOST_DEVICE inline double FloorOf(double x) {
  if (!(Magnitude(x) < 0x1p52)) return x;
  const double n = x < 0 ? (x - 0x1p52) + 0x1p52 : (x + 0x1p52) - 0x1p52;
  return n > x ? n - 1 : n;
}

ASSAY_HOST_DEVICE inline bool IsInteger(double x) { return FloorOf(x) == x; }

// 2^k for -1022 <= k <= 1023.
ASSAY_HOST_DEVICE inline double PowerOfTwo(int k) {
  return FromBits(static_cast<uint64_t>(k + 1023) << 52);
}

ASSAY_HOST_DEVICE inline double MaxOf(double a, double b) {
  return a > b ? a : b;
}
ASSAY_HOST_DEVICE inline double MinOf(double a, double b) {
  return a < b ? a : b;
}

}  // namespace assay::kernels

#endif  // KERNELS_PORTABLE_H_
