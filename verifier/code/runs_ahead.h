// Runs the tests of a sample, one after the other for who asks, and ahead of
// that on lanes that are idle.
//
//   RunsAhead runs(&trial.runner, limits, tests_count,
//                  [&](size_t place) { return CommandOf(order[place]); });
//   for (size_t place = 0; ...; ++place) {
//     sandbox::RunResult result = runs.Next();   // Of that place.
//     if (enough) break;                         // What ran ahead is dropped.
//   }
//
// The results come in order and are those that one lane alone would have
// given, so that reports and verdicts do not depend on how many lanes were
// idle. The first test runs alone: most samples that fail, fail there. A run
// that a borrowed lane could not set up is tried on the own one.
//
// Bounds: kLanesMax borrowed lanes, one thread each; results that nobody asked
// for yet: kPlacesMax of them, and none more is begun while they hold over
// kBytesMax.
// Threads: Next by one thread; the command function by any of them, so it
// only reads. The destructor ends what still runs.
#ifndef VERIFIER_CODE_RUNS_AHEAD_H_
#define VERIFIER_CODE_RUNS_AHEAD_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "verifier/code/idle_lanes.h"
#include "verifier/code/runner.h"

namespace assay::code {

class RunsAhead {
 public:
  static constexpr size_t kLanesMax = 15;
  static constexpr size_t kPlacesMax = 32;
  static constexpr size_t kBytesMax = size_t{64} << 20;

  using CommandOf = std::function<sandbox::Command(size_t place)>;

  RunsAhead(Runner* runner, const RunLimits& limits, size_t count,
            CommandOf command_of);
  ~RunsAhead();
  RunsAhead(const RunsAhead&) = delete;
  RunsAhead& operator=(const RunsAhead&) = delete;

  sandbox::RunResult Next();
  // Whether a borrowed lane's launcher died while it ran one of these.
  bool broke_lane() const { return broke_lane_; }

 private:
  void Borrow();
  void Work(IdleLanes::Loan loan);
  // The next place to be run, where one more may be.
  std::optional<size_t> Claim();
  void Keep(size_t place, sandbox::RunResult result);
  bool HasUnclaimed();

  Runner* const runner_;
  const RunLimits limits_;
  const size_t count_;
  const CommandOf command_of_;
  std::atomic<bool> stop_{false};
  std::atomic<bool> broke_lane_{false};
  size_t next_ = 0;  // The place that Next gives.

  std::mutex mutex_;
  std::condition_variable changed_;
  size_t asked_ = 0;      // The place that is waited for,
  size_t unclaimed_ = 0;  // the first that nobody runs,
  std::map<size_t, sandbox::RunResult> done_;
  size_t bytes_ = 0;  // and what these hold.
  std::vector<std::thread> workers_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_RUNS_AHEAD_H_
