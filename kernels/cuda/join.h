// Finds the equal tapes of a portion. Private to this room.
#ifndef KERNELS_CUDA_JOIN_H_
#define KERNELS_CUDA_JOIN_H_

#include <cuda_runtime.h>

#include <cstdint>

#include "kernels/lanes/lane_batch.h"

namespace assay::kernels::cuda {

// How the tapes of a portion are evaluated.
enum class Way : uint8_t { kArithmetic, kGeneral, kHost };
inline constexpr int kWays = 3;

// What makes tapes equal: their words, and the bits of their constants and
// integers. Pointers are the device's, offsets as in Portion.
struct TapeBits {
  const lanes::LaneTape* tapes;
  const uint32_t* words;
  const uint64_t* constants;
  const uint64_t* integers;
  const Way* ways;
  uint32_t first_word;
  uint32_t first_constant;
  uint32_t first_integer;
  uint32_t parts;
  uint32_t count;
};

// Memory for the work: JoinBytes(count) bytes, aligned to 256.
size_t JoinBytes(uint32_t count);

// row[t]: the tape that stands for t. order[w]: those that stand for others,
// by way; counts[w] of them, on the host. Waits for the stream.
cudaError_t Join(const TapeBits& bits, void* memory, uint32_t* row,
                 uint32_t* const order[kWays], uint32_t counts[kWays],
                 cudaStream_t stream);

}  // namespace assay::kernels::cuda

#endif  // KERNELS_CUDA_JOIN_H_
