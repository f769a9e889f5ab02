// What the farm asks of a judge: one sample in, one report out.
//
//   std::unique_ptr<Judge> judge = ...;  // One per lane.
//   Report report = judge->Verify(sample, cancelled);
//
// Errors: none escape. The sample's fault is a verdict; ours is NO_VERDICT
// with cause HOST, which the farm retries.
// Threads: Verify is called by one thread at a time, the lane's own.
// Ownership: the sample stays the caller's, so that it can be retried.
#ifndef VERIFIER_JUDGE_H_
#define VERIFIER_JUDGE_H_

#include <atomic>

#include "absl/types/span.h"
#include "verifier/report.h"
#include "verifier/sample.h"

namespace assay {

class Judge {
 public:
  virtual ~Judge() = default;
  // `cancelled` turns true at any time, set by another thread; the judge
  // then returns soon, with cause CANCELLED.
  virtual Report Verify(const Sample& sample,
                        const std::atomic<bool>& cancelled) = 0;
};

}  // namespace assay

#endif  // VERIFIER_JUDGE_H_
