// Puts validated tapes and points into batches of lane code: what the
// evaluators of host and device are handed.
//
//   LaneBatch<RealDomain> batch;
//   PackBalls(tapes, points, &batch);
//
//   std::vector<size_t> packed;     // Which tapes are in the batch.
//   PackResidues<PrimeDomain<Montgomery>>(field, tapes, points, &packed,
//                                         &batch);
//
// A tape that needs more than lane code in a finite field (an abstaining leaf,
// integer exponents known at run time alone, conjugates) is left out; the
// caller asks ResidueField for it. Imaginary parts ask for QuadraticDomain.
//
// Preconditions: what Evaluator::Evaluate checks. Threads: pure.
#ifndef KERNELS_LANE_PACKER_H_
#define KERNELS_LANE_PACKER_H_

#include <cstddef>
#include <vector>

#include "absl/types/span.h"
#include "kernels/lanes/lane_batch.h"
#include "kernels/points.h"
#include "kernels/residue.h"
#include "kernels/tape.h"

namespace assay::kernels {

// Replaces what the batch holds.
template <typename D>
void PackBalls(absl::Span<const Tape* const> tapes,
               absl::Span<const Point> points, lanes::LaneBatch<D>* batch);

// Appends to `packed` the numbers of the tapes taken.
template <typename D>
void PackResidues(const ResidueField& field,
                  absl::Span<const Tape* const> tapes,
                  absl::Span<const ResiduePoint> points,
                  std::vector<size_t>* packed, lanes::LaneBatch<D>* batch);

}  // namespace assay::kernels

#endif  // KERNELS_LANE_PACKER_H_
