// Whether two evaluators said the same bits.
//
//   size_t wrong = Differences(host, there, tapes);
//
// Of what has no value, the bits mean nothing but why. Threads: pure.
#ifndef BENCH_KERNELS_SAME_BITS_H_
#define BENCH_KERNELS_SAME_BITS_H_

#include <cstddef>
#include <cstring>
#include <type_traits>

#include "kernels/lanes/lane_batch.h"

namespace assay::kernels::lanes {

template <typename Value>
bool SameBits(const Value& a, const Value& b) {
  if (std::memcmp(&a, &b, sizeof(a)) == 0) return true;
  if constexpr (std::is_same_v<Value, PlainDomain::Value>) {
    return a.x != a.x && b.x != b.x;
  } else if constexpr (std::is_same_v<Value, RealBall> ||
                       std::is_same_v<Value, ComplexBall>) {
    return !a.defined() && !b.defined() &&
           a.proved_undefined() == b.proved_undefined();
  } else {
    return false;
  }
}

template <typename D>
size_t Differences(const LaneValues<D>& a, const LaneValues<D>& b,
                   size_t tapes) {
  size_t count = 0;
  for (size_t t = 0; t < tapes; ++t) {
    for (size_t k = 0; k < a.points; ++k) {
      const size_t at = t * a.points + k;
      if (!a.undefined.empty()) {
        if (a.undefined[at] != b.undefined[at]) ++count;
        if (a.undefined[at] != 0) continue;
      }
      count += SameBits(a.at(t, k), b.at(t, k)) ? 0 : 1;
    }
  }
  return count;
}

}  // namespace assay::kernels::lanes

#endif  // BENCH_KERNELS_SAME_BITS_H_
