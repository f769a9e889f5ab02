// One operation over many lanes on this processor: tables of loops, chosen by
// what the processor can do.
//
//   const LoopTable<RealDomain>& table = LoopsOf<RealDomain>();
//   table.binary[static_cast<int>(Op::kAdd)][kBoth]({...});
//
// Every table computes the same bits. Threads: constant tables.
#ifndef KERNELS_LANES_HOST_LOOPS_H_
#define KERNELS_LANES_HOST_LOOPS_H_

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/domains.h"

namespace assay::kernels::lanes {

// Lanes that a loop takes at once, at most; parts of temporaries lie this far
// apart. As many as leave a usual tape's file in the first cache.
template <typename D>
inline constexpr int kBlock = D::kParts == 1   ? 512
                              : D::kParts == 2 ? 256
                                               : 128;

// Which operands are vectors; the other is one value for all lanes.
enum Spread { kBoth, kLeftOnly, kRightOnly };
inline constexpr int kSpreads = 3;

// Parts lie `..._stride` scalars apart. `out` may be an operand.
template <typename D>
struct LoopArguments {
  typename D::Scalar* out;
  const typename D::Scalar* a;
  const typename D::Scalar* b;
  int a_stride;
  int b_stride;
  int lanes;  // A multiple of kLaneWidth, at most kBlock<D>.
  int64_t n;
  const typename D::Field* field;
  bool* undefined;  // A lane each; not read or written by balls.
};

template <typename D>
using Loop = void (*)(const LoopArguments<D>&);

template <typename D>
struct LoopTable {
  const char* name;  // "x86-64-v4", "x86-64-v3", "portable".
  Loop<D> unary[kOpsCount];
  Loop<D> binary[kOpsCount][kSpreads];
};

// The fastest that runs here; ASSAY_LOOPS in the environment (a name) asks for
// a slower one, which tests do.
template <typename D>
const LoopTable<D>& LoopsOf();

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_HOST_LOOPS_H_
