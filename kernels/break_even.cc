#include "kernels/break_even.h"

namespace assay::kernels {

size_t BreakEvenOf(const std::vector<BatchTimes>& times) {
  if (times.empty()) return 0;
  size_t least = 2 * times.back().values;
  for (auto at = times.rbegin(); at != times.rend(); ++at) {
    if (at->device > at->host) break;
    least = at->values;
  }
  return least;
}

}  // namespace assay::kernels
