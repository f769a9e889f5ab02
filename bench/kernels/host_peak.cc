#include "bench/kernels/host_peak.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "bench/kernels/measure.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define ASSAY_X86_PEAK
#include <immintrin.h>
#endif

namespace assay::kernels::lanes {
namespace {

// Enough of them to hide the latency of 4 cycles of two pipes.
constexpr int kChains = 12;
constexpr int kSteps = 200'000;

// What is computed goes here, so that it is computed.
volatile double kept;
volatile uint64_t kept_bits;

// Each returns how many it did.
double PortableMultiplyAdds() {
  double x[kChains];
  for (int c = 0; c < kChains; ++c) x[c] = c;
  for (int s = 0; s < kSteps; ++s) {
    for (double& chain : x) chain = std::fma(chain, 0.5, 0.5);
  }
  for (double chain : x) kept = chain;
  return 1.0 * kChains * kSteps;
}

#ifdef ASSAY_X86_PEAK
// Unrolled by hand: chains must be registers and not an array.
#define ASSAY_CHAINS(X) \
  X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11)

[[gnu::target("avx2,fma")]] double MultiplyAdds256() {
  const __m256d half = _mm256_set1_pd(0.5);
#define X(c) __m256d x##c = _mm256_set1_pd(c);
  ASSAY_CHAINS(X)
#undef X
  for (int s = 0; s < kSteps; ++s) {
#define X(c) x##c = _mm256_fmadd_pd(x##c, half, half);
    ASSAY_CHAINS(X)
#undef X
  }
#define X(c) kept = x##c[0];
  ASSAY_CHAINS(X)
#undef X
  return 4.0 * kChains * kSteps;
}

[[gnu::target("avx512f")]] double MultiplyAdds512() {
  const __m512d half = _mm512_set1_pd(0.5);
#define X(c) __m512d x##c = _mm512_set1_pd(c);
  ASSAY_CHAINS(X)
#undef X
  for (int s = 0; s < kSteps; ++s) {
#define X(c) x##c = _mm512_fmadd_pd(x##c, half, half);
    ASSAY_CHAINS(X)
#undef X
  }
#define X(c) kept = x##c[0];
  ASSAY_CHAINS(X)
#undef X
  return 8.0 * kChains * kSteps;
}
#endif

double MultiplyAdds() {
#ifdef ASSAY_X86_PEAK
  if (__builtin_cpu_supports("avx512f")) return MultiplyAdds512();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return MultiplyAdds256();
  }
#endif
  return PortableMultiplyAdds();
}

double Products() {
  uint64_t x[8] = {3, 5, 7, 9, 11, 13, 15, 17};
  for (int s = 0; s < kSteps; ++s) {
    for (uint64_t& chain : x) {
      const uint128 product = static_cast<uint128>(chain) * 0x9e3779b97f4a7c15u;
      chain =
          static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
    }
  }
  for (uint64_t chain : x) kept_bits = chain;
  return 8.0 * kSteps;
}

double BestRate(double (*loop)()) {
  double best = 0;
  for (int run = 0; run < 9; ++run) {
    const double start = CpuSeconds();
    const double count = loop();
    best = std::max(best, count / (CpuSeconds() - start));
  }
  return best;
}

}  // namespace

HostPeak MeasureHostPeak() {
  return {BestRate(MultiplyAdds), BestRate(Products)};
}

}  // namespace assay::kernels::lanes
