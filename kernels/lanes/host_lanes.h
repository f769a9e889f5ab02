// Evaluates a batch on this processor: vector instructions over points, or
// where those are few over points and tapes of the same code; threads over
// tapes.
//
//   LaneValues<RealDomain> values;
//   EvaluateOnHost(batch, /*threads=*/2, &values);
//
// The bits are those of EvaluateByTwin (twin.h), whatever the processor, the
// batch and the number of threads. Bounds: 128 to 512 points at once; memory
// for the temporaries of the largest tape a thread. Threads: pure.
#ifndef KERNELS_LANES_HOST_LANES_H_
#define KERNELS_LANES_HOST_LANES_H_

#include <vector>

#include "kernels/lanes/lane_batch.h"

namespace assay::kernels::lanes {

template <typename D>
void EvaluateOnHost(const LaneBatch<D>& batch, int threads,
                    LaneValues<D>* values);

// The tapes of those numbers alone, into values that are resized already.
template <typename D>
void EvaluateSomeOnHost(const LaneBatch<D>& batch,
                        const std::vector<size_t>& tapes,
                        LaneValues<D>* values);

// "x86-64-v4" and the like: which loops are used here.
const char* HostLoopsName();

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_HOST_LANES_H_
