// What all judges of a server share: the secret points and primes, and the
// evaluator.
//
//   absl::StatusOr<std::shared_ptr<const MathWorld>> world =
//       MakeMathWorld(MathOptions());
//
// Threads: immutable.
#ifndef VERIFIER_MATH_WORLD_H_
#define VERIFIER_MATH_WORLD_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include "kernels/evaluator.h"
#include "kernels/points.h"
#include "kernels/residue.h"
#include "verifier/math/batched_evaluator.h"
#include "verifier/math/evaluation_queue.h"
#include "verifier/math/math_judge.h"
#include "verifier/math/sample_points.h"

namespace assay::math {

class MathWorld {
 public:
  // Secret primes that must all match.
  static constexpr int kPrimesCount = 3;

  explicit MathWorld(std::string_view secret)
      : points(secret), sample_points(&points) {}
  MathWorld(const MathWorld&) = delete;
  MathWorld& operator=(const MathWorld&) = delete;

  // Whether this pair's rungs are all asked, also where one has decided, so
  // that a contradiction is found: one pair in 64, or every one.
  bool IsCrossChecked() const;

  kernels::PointSource points;
  SamplePoints sample_points;
  bool cross_check = false;
  bool keep_findings = true;
  // Public, fast, and good for disproving alone.
  std::shared_ptr<const kernels::ResidueField> mersenne;
  std::array<std::shared_ptr<const kernels::ResidueField>, kPrimesCount> fields;
  std::unique_ptr<kernels::Evaluator> evaluator;
  // Where evaluation goes in batches: to a device, or in tests. Else null.
  std::unique_ptr<EvaluationQueue> queue;
  uint64_t batched_cost_min = kBatchedCostMin;
};

// Times that two rungs contradicted each other in this program; 0 unless
// there is a defect. Such a pair is UNDECIDED.
std::atomic<uint64_t>& ContradictionsCount();

}  // namespace assay::math

#endif  // VERIFIER_MATH_WORLD_H_
