// What the kernels are handed, and the calls that start them. Private to this
// room; pointers are the device's.
#ifndef KERNELS_CUDA_LAUNCH_H_
#define KERNELS_CUDA_LAUNCH_H_

#include <cuda_runtime.h>

#include <cstdint>
#include <type_traits>

#include "kernels/lanes/lane_batch.h"
#include "kernels/lanes/pair_test.h"

namespace assay::kernels::cuda {

// A portion of a batch. Offsets of `tapes` are the whole batch's; what lies
// here begins at the first_... ones.
template <typename D>
struct Portion {
  const lanes::LaneTape* tapes;
  const uint32_t* words;
  const typename D::Scalar* constants;
  const int64_t* integers;
  const typename D::Scalar* coordinates;  // [variable][part][stride]
  uint32_t first_word;
  uint32_t first_constant;
  uint32_t first_integer;
  uint32_t points;
  uint32_t stride;
  uint32_t variables;
  typename D::Field field;
  typename D::Scalar* scalars;  // [tape][part][point]
  uint8_t* undefined;           // [tape][point]; null for balls.
};

// Points a lane, of the kernel for + - x and of that for everything: as many
// as 64 registers hold.
template <typename D>
inline constexpr int kArithmeticPoints = D::kParts == 1 ? 8 : 4;
template <typename D>
inline constexpr int kGeneralPoints = D::kParts == 1   ? 4
                                      : D::kParts == 2 ? 2
                                                       : 1;

// What the general kernel has. Inverse functions of complex balls are several
// others in a row, need more registers than there are, and are rare: tapes
// with them are the host's.
template <typename D>
constexpr bool DeviceKnows(Op op) {
  if (!std::is_same_v<D, lanes::ComplexDomain>) {
    return std::is_same_v<typename D::Scalar, double> || lanes::Knows<D>(op);
  }
  switch (op) {
    case Op::kDivide:
    case Op::kPowInt:
    case Op::kSqrt:
    case Op::kExp:
    case Op::kLog:
    case Op::kSin:
    case Op::kCos:
    case Op::kSinh:
    case Op::kCosh:
    case Op::kAbs:
    case Op::kRe:
    case Op::kIm:
    case Op::kConj:
    case Op::kArg:
      return true;
    default:
      return (uint64_t{1} << static_cast<int>(op) & lanes::kArithmeticOps) != 0;
  }
}

// Evaluates tapes order[0 .. count), which need at most `temporaries`. All
// are arithmetic, or `general` is true. Asynchronous.
template <typename D>
cudaError_t Launch(const Portion<D>& portion, const uint32_t* order,
                   uint32_t count, uint32_t temporaries, bool general,
                   cudaStream_t stream);

// Temporaries that fit a block's shared memory beside the variables; tapes
// with more are the host's.
template <typename D>
uint32_t TemporariesMax(uint32_t points, uint32_t variables, bool general);

// row[t]: where tape t's values are (equal tapes share them).
template <typename D>
cudaError_t LaunchTests(const Portion<D>& portion, const uint32_t* row,
                        const lanes::LanePair* pairs, uint32_t count,
                        lanes::PairTally* tallies, cudaStream_t stream);

}  // namespace assay::kernels::cuda

#endif  // KERNELS_CUDA_LAUNCH_H_
