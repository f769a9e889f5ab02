// What the judges of several lanes have to evaluate, in batches for a device.
//
//   EvaluationQueue queue(&evaluator, kernels::BatchLimits());
//   EvaluationQueue::Work work{.domain = BallDomain::kReal, .tapes = {&a, &b},
//                              .points = points};
//   queue.Evaluate(/*request=*/7, {&work});   // Blocks.
//   work.values[t * points.size() + k];       // where work.status is ok
//
// kernels/batch_former.h says when a batch closes, and who shares it. Works of
// a batch at the same points are one call of the evaluator; the values are
// those of a call of their own.
//
// Errors: `status` is the evaluator's. Where more than the former takes is
// waiting, the caller's thread evaluates, at once.
// Bounds: BatchFormer::kWaitingMax; a call, Evaluator::kValuesMax.
// Threads: thread-safe; one of its own evaluates. Ownership: the evaluator
// outlives the queue, and a work's spans outlive the call. No call may be
// under way when the queue ends.
#ifndef VERIFIER_MATH_EVALUATION_QUEUE_H_
#define VERIFIER_MATH_EVALUATION_QUEUE_H_

#include <cstdint>
#include <thread>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "kernels/batch_former.h"
#include "kernels/evaluator.h"

namespace assay::math {

class EvaluationQueue {
 public:
  struct Work {
    kernels::BallDomain domain = kernels::BallDomain::kReal;
    std::vector<const kernels::Tape*> tapes;
    absl::Span<const kernels::Point> points;
    absl::Status status;
    std::vector<kernels::BallValue> values;

    // Node-points.
    uint64_t cost() const;
  };
  struct Counts {
    uint64_t works = 0;
    uint64_t batches = 0;
    uint64_t calls = 0;  // Of the evaluator.
  };

  EvaluationQueue(const kernels::Evaluator* evaluator,
                  const kernels::BatchLimits& limits);
  ~EvaluationQueue();
  EvaluationQueue(const EvaluationQueue&) = delete;
  EvaluationQueue& operator=(const EvaluationQueue&) = delete;

  // Works of one `request` share batches with those of others.
  void Evaluate(uint64_t request, absl::Span<Work* const> works);
  Counts counts() const;

 private:
  struct Waiter {
    size_t open = 0;  // Works that are not evaluated yet.
  };
  struct Entry {
    Work* work;
    Waiter* waiter;
  };

  void Serve();
  // Evaluates works of any points; returns how many calls that were.
  uint64_t EvaluateAll(std::vector<Work*> works) const;

  const kernels::Evaluator* evaluator_;
  mutable absl::Mutex mutex_;  // Guards all that follows but the thread.
  kernels::BatchFormer former_;
  std::unordered_map<uint64_t, Entry> waiting_;
  uint64_t next_id_ = 0;
  Counts counts_;
  bool changed_ = false;
  bool ending_ = false;
  std::thread server_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_EVALUATION_QUEUE_H_
