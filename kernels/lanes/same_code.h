// Which tapes of a batch have the same code, and so can share the loops of one
// pass: their constants are then one more vector.
//
//   SameCode groups(batch.tapes(), batch.words(), batch.integers(), 32);
//   for (size_t g = 0; g < groups.size(); ++g) {
//     for (uint32_t t : groups.tapes(g)) ...   // in their order
//   }
//
// Words and integers are compared, constants are not. Every tape is in one
// group of at most `tapes_max` (at least 1); groups of one code follow each
// other, codes come in the order of their first tapes.
//
// Threads: build by one, read by many. Bounds: 8 bytes a tape
// kept, some 40 while it is built.
#ifndef KERNELS_LANES_SAME_CODE_H_
#define KERNELS_LANES_SAME_CODE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernels/lanes/lane_batch.h"

namespace assay::kernels::lanes {

class SameCode {
 public:
  SameCode(std::span<const LaneTape> tapes, std::span<const uint32_t> words,
           std::span<const int64_t> integers, uint32_t tapes_max);

  size_t size() const { return begins_.size() - 1; }
  std::span<const uint32_t> tapes(size_t group) const {
    return std::span(order_).subspan(begins_[group],
                                     begins_[group + 1] - begins_[group]);
  }

 private:
  std::vector<uint32_t> order_;   // Tapes, group by group.
  std::vector<uint32_t> begins_;  // One more than there are groups.
};

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_SAME_CODE_H_
