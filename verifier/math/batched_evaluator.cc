#include "verifier/math/batched_evaluator.h"

#include <utility>

namespace assay::math {

BatchedEvaluator::BatchedEvaluator(const kernels::Evaluator* evaluator,
                                   EvaluationQueue* queue, uint64_t cost_min)
    : evaluator_(evaluator),
      queue_(queue),
      cost_min_(cost_min),
      fibers_(kBatchedPairs) {}

void BatchedEvaluator::Run(size_t bodies,
                           absl::FunctionRef<void(size_t)> body) {
  fibers_.Run(bodies, body, [this] {
    // A judge's pairs are of one request, as far as batches go.
    queue_->Evaluate(reinterpret_cast<uintptr_t>(this), waiting_);
    waiting_.clear();
  });
}

absl::Status BatchedEvaluator::Evaluate(
    const kernels::BallBatch& batch,
    std::vector<kernels::BallValue>* values) const {
  EvaluationQueue::Work work;
  work.domain = batch.domain;
  work.tapes.assign(batch.tapes.begin(), batch.tapes.end());
  work.points = batch.points;
  if (!fibers_.inside() || work.cost() < cost_min_) {
    return evaluator_->Evaluate(batch, values);
  }
  waiting_.push_back(&work);
  fibers_.Wait();
  *values = std::move(work.values);
  return work.status;
}

absl::Status BatchedEvaluator::Evaluate(
    const kernels::ResidueBatch& batch,
    std::vector<kernels::Residue>* values) const {
  return evaluator_->Evaluate(batch, values);
}

}  // namespace assay::math
