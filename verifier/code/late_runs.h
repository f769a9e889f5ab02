// May one more test of a sample be started, when one has timed out?
//
//   LateRuns late(limits);
//   if (!late.MayStart()) break;
//   late.Count(report.verdict, result);
//
// A program that is too slow once often is again: with all tests asked for,
// each would cost a whole limit. After the first TIME_LIMIT, tests are started
// until they have cost kLateRunsMax runs that reach the limit; a run counts by
// the larger of its shares of the CPU limit and of the wall limit.
// Threads: none shared.
#ifndef VERIFIER_CODE_LATE_RUNS_H_
#define VERIFIER_CODE_LATE_RUNS_H_

#include <algorithm>

#include "sandbox/result.h"
#include "verifier/sample.h"
#include "verifier/verdict.h"

namespace assay::code {

inline constexpr double kLateRunsMax = 4;

class LateRuns {
 public:
  explicit LateRuns(const RunLimits& limits) : limits_(limits) {}

  bool MayStart() const { return !late_ || spent_ < kLateRunsMax; }

  void Count(Verdict verdict, const sandbox::RunResult& result) {
    if (late_) {
      const absl::Duration wall = 3 * limits_.time + absl::Seconds(2);
      spent_ += std::max(absl::FDivDuration(result.cpu, limits_.time),
                         absl::FDivDuration(result.wall, wall));
    }
    late_ = late_ || verdict == Verdict::kTimeLimit;
  }

 private:
  const RunLimits limits_;
  bool late_ = false;
  double spent_ = 0;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_LATE_RUNS_H_
