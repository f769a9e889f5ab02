// Lane code: a tape for an accumulator machine, what host and device run.
//
//   std::vector<uint32_t> words;
//   int temporaries = Encode(tape.instructions().data(), n, &words);
//   // x * (y + 1)  becomes  load y; add 1; mul x
//
// The machine has one accumulator and a file of operands: the variables, the
// temporaries and the constants of the tape. A word is one operation whose
// left operand is the accumulator, and whose right one, if any, is in the
// file; `reversed` swaps them. The value of the last word is the tape's.
//
// Constants are the leaves that are no variables, numbered as the tape has
// them. The same operations are applied to the same operands as in the tape,
// so the bits are the tape's.
//
// Source of the form: research on GPU evaluators, option "accumulator in
// registers, operands in shared memory": 0.92 to 0.95 words a node, one load
// for two nodes. Threads: pure. Bounds: at most 3 words an instruction, as
// many temporaries as instructions.
#ifndef KERNELS_LANES_LANE_CODE_H_
#define KERNELS_LANES_LANE_CODE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/portable.h"
#include "kernels/tape_op.h"

namespace assay::kernels::lanes {

// Beyond the operations of tapes.
inline constexpr uint32_t kLoad = kOpsCount;       // accumulator = operand
inline constexpr uint32_t kStore = kOpsCount + 1;  // operand = accumulator
static_assert(kStore < 64);

enum class Place : uint32_t { kVariable, kTemporary, kConstant };

// op: 6 bits; reversed: 1; place: 2; index: 23. The index of PowInt and Root
// is that of their integer.
class Word {
 public:
  static constexpr uint32_t kIndexMax = (1u << 23) - 1;

  static constexpr uint32_t Make(uint32_t op, bool reversed, Place place,
                                 uint32_t index) {
    return op | (reversed ? 64u : 0u) | static_cast<uint32_t>(place) << 7 |
           index << 9;
  }
  ASSAY_HOST_DEVICE explicit Word(uint32_t bits) : bits_(bits) {}
  ASSAY_HOST_DEVICE uint32_t op() const { return bits_ & 63u; }
  ASSAY_HOST_DEVICE bool reversed() const { return (bits_ & 64u) != 0; }
  ASSAY_HOST_DEVICE Place place() const {
    return static_cast<Place>(bits_ >> 7 & 3u);
  }
  ASSAY_HOST_DEVICE uint32_t index() const { return bits_ >> 9; }

 private:
  uint32_t bits_;
};

// Appends the code of a valid tape's instructions (operands are earlier ones)
// and returns how many temporaries it needs.
int Encode(const Instruction* instructions, size_t count,
           std::vector<uint32_t>* words);

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_LANE_CODE_H_
