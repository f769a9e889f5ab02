// The evaluator of a judge that has many pairs to decide: what their ladders
// ask for waits until all of them have asked, and goes to the device together.
//
//   BatchedEvaluator batched(&evaluator, &queue, kBatchedCostMin);
//   batched.Run(pairs.size(), [&](size_t i) {
//     // Decides pair i; its ladder evaluates by `batched`.
//   });
//
// Small works are evaluated where they come up, on the host: to wait costs
// more than they do. Outside of Run all are.
//
// The same values as those of the evaluator alone. Errors: its own.
// Threads: one. Ownership: evaluator and queue outlive it.
#ifndef VERIFIER_MATH_BATCHED_EVALUATOR_H_
#define VERIFIER_MATH_BATCHED_EVALUATOR_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "kernels/evaluator.h"
#include "verifier/math/evaluation_queue.h"
#include "verifier/math/fibers.h"

namespace assay::math {

// Node-points from which a work waits. A wait costs some 50 us, measured over
// the labelled rows: another judge whose memory is cold, and points that the
// first of them would have made needless. A core evaluates this many in that
// time.
inline constexpr uint64_t kBatchedCostMin = 32768;
// Pairs of a judge that may wait at a time.
inline constexpr size_t kBatchedPairs = 256;

class BatchedEvaluator : public kernels::Evaluator {
 public:
  BatchedEvaluator(const kernels::Evaluator* evaluator, EvaluationQueue* queue,
                   uint64_t cost_min);

  // As Fibers::Run; bodies must not throw.
  void Run(size_t bodies, absl::FunctionRef<void(size_t)> body);
  // From a body: which of kBatchedPairs runs.
  size_t current() const { return fibers_.current(); }

  std::string_view name() const override { return evaluator_->name(); }
  bool wants_batches() const override { return fibers_.inside(); }
  absl::Status Evaluate(const kernels::BallBatch& batch,
                        std::vector<kernels::BallValue>* values) const override;
  absl::Status Evaluate(const kernels::ResidueBatch& batch,
                        std::vector<kernels::Residue>* values) const override;

 private:
  const kernels::Evaluator* evaluator_;
  EvaluationQueue* queue_;
  uint64_t cost_min_;
  mutable Fibers fibers_;
  mutable std::vector<EvaluationQueue::Work*> waiting_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_BATCHED_EVALUATOR_H_
