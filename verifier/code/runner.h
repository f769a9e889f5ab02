// Runs commands of one sample in one lane, under the rule of time.
//
//   Runner runner(world, lane, cancelled);
//   sandbox::RunResult result = runner.Run(command, sample.limits);
//
// The rule: the limit is CPU time of the whole tree; wall time is bounded by
// 3 x limit + 2 s. A run is granted kBand times the limit. One that needed
// more than the limit but less than that, or whose wall time ran out while it
// waited for a core for over kStarvedShare of it, is repeated alone, or among
// the others where quiet slots have had their share (verifier/code/quiet.h).
// One that died of a SIGKILL, which none of ours sent, is run once more. Where
// the repeated run had no core either, the host is at fault, not the sample.
//
// Errors: a Status of the lane becomes Outcome::kSetupFailed; UNAVAILABLE is
// tried once more first. Threads: the lane's own.
#ifndef VERIFIER_CODE_RUNNER_H_
#define VERIFIER_CODE_RUNNER_H_

#include <atomic>
#include <functional>

#include "sandbox/sandbox.h"
#include "verifier/code/values.h"
#include "verifier/code/world.h"
#include "verifier/sample.h"

namespace assay::code {

inline constexpr double kBand = 1.25;
inline constexpr double kStarvedShare = 0.2;

class Sessions;  // verifier/code/sessions.h

class Runner {
 public:
  // `sessions` may be null: no examiner stays.
  Runner(CodeWorld* world, sandbox::Lane* lane,
         const std::atomic<bool>* cancelled, Sessions* sessions = nullptr)
      : world_(world),
        lane_(lane),
        cancelled_(cancelled),
        sessions_(sessions) {}

  // `command.limits` is filled in from `limits`.
  sandbox::RunResult Run(sandbox::Command command, const RunLimits& limits);
  // Runs with the command's own limits, once.
  sandbox::RunResult RunOnce(const sandbox::Command& command);
  // The rule over any way of running; `once` takes a CPU limit.
  sandbox::RunResult UnderTimeRule(
      const RunLimits& limits,
      const std::function<sandbox::RunResult(absl::Duration)>& once);

  CodeWorld& world() const { return *world_; }
  sandbox::Lane& lane() { return *lane_; }
  Sessions* sessions() const { return sessions_; }
  const std::atomic<bool>* cancelled() const { return cancelled_; }

 private:
  CodeWorld* world_;
  sandbox::Lane* lane_;
  const std::atomic<bool>* cancelled_;
  Sessions* sessions_;
};

sandbox::Limits SandboxLimits(const RunLimits& limits);

// Whether wall time ran out because others had the cores. What threads of the
// run itself take from each other, at most its CPU time, is no excuse.
bool IsStarved(const sandbox::RunResult& result);
// Makes such a result Outcome::kSetupFailed, which is NO_VERDICT, cause HOST.
void BlameHostIfStarved(sandbox::RunResult* result);

// A warm run of the python runtime: the request is the tuple of `parts`, which
// are strings, bytes, integers and lists of them, and of `last`, a value
// that is marshalled already, where there is one.
sandbox::Command PythonCommand(const std::vector<Value>& parts,
                               const std::string& last = "");

}  // namespace assay::code

#endif  // VERIFIER_CODE_RUNNER_H_
