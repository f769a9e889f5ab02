// Who verifies a sample, when, and how does its report come back?
//
//   Farm farm(options, make_judge);
//   uint64_t call = farm.Open(deadline, [](Report report) { ... });
//   absl::Status status = farm.Admit(call, samples);  // All or none.
//   farm.Close(call);                                 // No more samples.
//   ...
//   farm.Drain(absl::Seconds(30));
//
// The invariant. Every sample that Admit took is answered by exactly one run
// of its call's completion, whatever happens: a verdict, a fault of ours, a
// throwing judge, a deadline, a cancellation, a drain, a judge that never
// returns (then by Drain). A sample that Admit did not take gets none. The
// ledger keeps it: a sample's line is written before it is queued and struck
// out, under the lock, by the one that then runs the completion.
//
// Faults. A judge that answers HOST or BROKER, or throws, is asked again
// once, on another lane where there is one. A second answer stands; a sample
// that broke two workers, a judge that threw or a lane that died under it, is
// buried: cause POISON, counted by source. A judge that threw is replaced by
// a fresh one; a lane whose samples fault again and again rests.
//
// Duplicates. Samples of the same identity (Sample::identity) run once: one
// that comes while another is in flight joins its run and waits for it
// without a lane; one that comes later gets a kept report again (reports.h).
// Each gets a report of its own, `cached` where another's run made it. Who
// cancels leaves the run to the others. A report that is our fault goes to
// one of them alone, and the others run again.
//
// Errors: Admit answers RESOURCE_EXHAUSTED (full: await room), UNAVAILABLE
// (draining: go elsewhere), CANCELLED (the call was cancelled).
// Threads: every method may be called by any thread. Completions and wakes
// run on a lane's thread, the sweeper's, or that of the caller of Cancel, Drain
// or Sweep; never under a lock of the farm, and never inside Admit or
// AwaitRoom. They must not block and must not throw. Ownership: the farm owns
// queue, lanes and judges.
#ifndef VERIFIER_FARM_FARM_H_
#define VERIFIER_FARM_FARM_H_

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "verifier/farm/clock.h"
#include "verifier/farm/ledger.h"
#include "verifier/farm/queue.h"
#include "verifier/farm/reports.h"
#include "verifier/judge.h"

namespace assay::farm {

using Completion = std::function<void(Report)>;
// Makes the judge of lane `lane` (from 0 in each kind), on its own thread.
using JudgeFactory = std::function<std::unique_ptr<Judge>(Kind, int lane)>;

// A fault of ours, for the log. `source` and `reason` are the sample's.
struct Fault {
  Kind kind = Kind::kCode;
  int lane = 0;
  bool threw = false;
  bool broke_lane = false;  // The lane died while it ran.
  bool poisoned = false;
  std::string source;
  std::string reason;
};

struct FarmOptions {
  int code_lanes = 1;
  int math_lanes = 1;
  QueueBounds bounds;
  // From admission: a sample that is not done by then is CANCELLED.
  absl::Duration code_deadline = absl::Hours(1);
  absl::Duration math_deadline = absl::Hours(1);
  // How often deadlines are looked at. Zero: only when Sweep is called.
  absl::Duration sweep_period = absl::Milliseconds(20);
  // How long Drain waits for judges that it told to stop.
  absl::Duration stop_margin = absl::Seconds(1);
  // Successive faults of one lane before it rests, doubling from kRestMin to
  // kRestMax. Zero: never.
  int rest_after_faults = 3;
  // Of reports that are kept for identical samples. Zero: nothing is shared,
  // not even the run of one in flight.
  int64_t reuse_bytes = int64_t{64} << 20;
  const Clock* clock = SystemClock();
  // May be empty. Runs on lanes; must not block.
  std::function<void(const Fault&)> on_fault;
};

inline constexpr absl::Duration kRestMin = absl::Milliseconds(50);
inline constexpr absl::Duration kRestMax = absl::Seconds(5);
// Sources that poison is counted by; the others are counted together.
inline constexpr std::size_t kPoisonSourcesMax = 1000;
inline constexpr char kOtherSources[] = "(others)";

class Farm {
 public:
  // Starts the lanes. `queue` is for tests; null: a MemoryQueue.
  Farm(FarmOptions options, JudgeFactory make_judge,
       std::unique_ptr<Queue> queue = nullptr);
  // Drains with no grace, then waits for the lanes.
  ~Farm();

  // A call groups samples that are cancelled together and share a deadline
  // and a completion. Close it once nothing more is to be admitted.
  uint64_t Open(absl::Time deadline, Completion completion);
  void Close(uint64_t call);

  // Takes all samples or none; those taken are moved from. `woken` marks an
  // attempt that a wake asked for: others wait behind those who wait.
  absl::Status Admit(uint64_t call, std::vector<Sample>& samples,
                     bool woken = false);
  // Whether an empty queue would take the batch at all.
  bool CouldFit(const std::vector<Sample>& samples) const;
  // Asks for one run of `wake` when a sample of that cost fits, or when the
  // farm drains or the call is cancelled; first come, first served. False:
  // there is room now, `wake` will not run.
  bool AwaitRoom(uint64_t call, int64_t cost_bytes, std::function<void()> wake);

  // Answers the call's waiting samples CANCELLED for the reason `why`, tells
  // the judges of running ones to stop, admits no more.
  void Cancel(uint64_t call, std::string_view why);

  // Admits no more, waits up to `grace` until all is answered, then cancels
  // what is left, so that after it nothing is. True: all ended by itself.
  bool Drain(absl::Duration grace);

  // Answers what is past its deadline. The farm calls it by itself.
  void Sweep();

  // How long a caller that was refused should wait: the time in which the
  // lanes are likely to get through what waits.
  absl::Duration BacklogTime() const;
  const Queue& queue() const { return *queue_; }
  // Samples admitted and not yet answered.
  int64_t unanswered() const;
  // Samples that got the report of another's run.
  int64_t reused() const;
  // Samples buried so far, by source.
  std::map<std::string, int64_t> poisoned() const;

 private:
  struct Call {
    absl::Time deadline;
    std::shared_ptr<const Completion> completion;
    int64_t unanswered = 0;
    bool closed = false;
    bool cancelled = false;
  };
  struct Waiter {
    uint64_t call = 0;
    int64_t cost_bytes = 0;
    std::function<void()> wake;
  };
  // An answer on its way out, run without the lock.
  struct Answer {
    std::shared_ptr<const Completion> completion;
    Report report;
  };
  using Answers = std::vector<Answer>;
  // A batch on its way in: what has to run, with its lines in the ledger,
  // and what is the same as something in flight, kept or before it.
  struct Fresh {
    uint64_t ticket = 0;
    std::string identity;
    Line line;
  };
  struct Same {
    Sample sample;
    Line line;
  };
  struct Batch {
    std::vector<Entry> entries;
    std::vector<Fresh> fresh;  // One an entry.
    std::vector<Same> same;
  };

  void RunLane(Kind kind, int lane);
  // Null: the sample was answered meanwhile. Else its run, marked running.
  std::shared_ptr<Run> Begin(const Entry& entry);
  // Asks the judge; whatever it throws becomes HOST.
  Report Ask(std::unique_ptr<Judge>& judge, const Entry& entry, int lane,
             const std::atomic<bool>& cancelled, bool* threw);
  // Answers the sample or gives it back for another attempt. False: a fault.
  bool Settle(Entry& entry, int lane, bool threw, Report report);
  void Rest(int fault_run);
  void RunSweeper();
  void RunCourier();

  // With mutex_ held.
  bool HasRoom(int64_t samples, int64_t bytes) const;
  // What of the batch has to run; the samples are moved from.
  Batch Draft(uint64_t call, std::vector<Sample>& samples);
  // Gives a kept report again, or joins the run in flight.
  void Share(const std::string& identity, Line line);
  // `fault` is null where the report is sound.
  void SettleRun(Entry& entry, Fault* fault, Report report, Answers* answers);
  void AnswerLine(Line line, Report report, Answers* answers);
  // Answers CANCELLED the lines of a run that are over. Where all are, and it
  // is on a lane, its judge is told to stop, and the lane answers them;
  // `whole` answers them here all the same.
  void End(uint64_t ticket, const Ledger::Over& over, std::string_view why,
           Answers* answers, bool whole = false);
  // The same for entries that are out of the queue; one that somebody still
  // waits for goes back into it.
  void EndWithdrawn(std::vector<Entry> entries, const Ledger::Over& over,
                    std::string_view why, Answers* answers);
  void CountPoison(const std::string& source);
  void Forget(uint64_t call);

  // Without. Runs completions, then wakes those for whom there is room.
  void Send(Answers answers);
  void WakeWaiters();

  const FarmOptions options_;
  const JudgeFactory make_judge_;
  const std::unique_ptr<Queue> queue_;

  mutable std::mutex mutex_;
  std::condition_variable answered_;  // unanswered, or stopping, changed.
  Ledger ledger_;
  std::unordered_map<uint64_t, Run*> running_;  // At most one a lane.
  KeptReports kept_;
  Answers ready_;  // For the courier: kept reports, given again.
  std::condition_variable ready_changed_;
  int64_t reused_ = 0;
  std::map<std::string, int64_t> poisoned_;
  std::unordered_map<uint64_t, Call> calls_;
  std::deque<Waiter> waiters_;
  uint64_t next_ticket_ = 1;
  uint64_t next_call_ = 1;
  int64_t sending_ = 0;  // Completions that run just now.
  bool draining_ = false;
  bool stopping_ = false;
  std::array<double, kKindCount> mean_seconds_ = {0.1, 0.001};

  std::vector<std::thread> threads_;
};

}  // namespace assay::farm

#endif  // VERIFIER_FARM_FARM_H_
