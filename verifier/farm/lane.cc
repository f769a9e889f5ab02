// What a lane's thread does: lease, ask the judge, settle. See farm.cc for
// the theory of operation.
#include <algorithm>
#include <exception>
#include <utility>

#include "verifier/farm/farm.h"

namespace assay::farm {
namespace {

// The weight of the newest sample in the running mean of judging times.
constexpr double kMeanWeight = 0.05;

// Fills in the tests of a sample that names a test set, for as long as it is
// on the lane: waiting ones share them.
class TestsOnLane {
 public:
  explicit TestsOnLane(Sample* sample)
      : code_(std::get_if<CodeSample>(&sample->task)) {
    if (code_ != nullptr && code_->test_set == nullptr) code_ = nullptr;
    if (code_ != nullptr) code_->tests = code_->test_set->tests;
  }
  void Clear() {
    if (code_ != nullptr) code_->tests = StdioTests();
  }

 private:
  CodeSample* code_;
};

// True once, of the first line that is asked about.
Ledger::Over FirstOnly() {
  return [asked = false](const Line&) mutable {
    return !std::exchange(asked, true);
  };
}

}  // namespace

void Farm::RunLane(Kind kind, int lane) {
  std::unique_ptr<Judge> judge;
  int fault_run = 0;
  for (;;) {
    std::optional<Entry> entry = queue_->Lease(kind, lane);
    if (!entry.has_value()) return;
    const std::shared_ptr<Run> run = Begin(*entry);
    if (run == nullptr) {
      queue_->Ack(*entry);
      Send({});
      continue;
    }
    bool threw = false;
    TestsOnLane tests(&entry->sample);
    Report report = Ask(judge, *entry, lane, run->cancelled, &threw);
    tests.Clear();
    const bool sound = Settle(*entry, lane, threw, std::move(report));
    fault_run = sound ? 0 : fault_run + 1;
    Rest(fault_run);
  }
}

std::shared_ptr<Run> Farm::Begin(const Entry& entry) {
  const absl::Time now = options_.clock->Now();
  Answers answers;
  std::shared_ptr<Run> run;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    run = ledger_.Find(entry.ticket);
    if (run == nullptr) return nullptr;
    running_[entry.ticket] = run.get();
    const auto over = [this, now](const Line& line) {
      return line.deadline <= now || calls_.at(line.call).cancelled;
    };
    End(entry.ticket, over, "cancelled before it ran", &answers);
  }
  if (!answers.empty()) Send(std::move(answers));
  return run;
}

Report Farm::Ask(std::unique_ptr<Judge>& judge, const Entry& entry, int lane,
                 const std::atomic<bool>& cancelled, bool* threw) {
  Report report = Report::For(entry.sample);
  if (cancelled) {
    report.Refuse(Cause::kCancelled, "cancelled before it ran");
    return report;
  }
  std::string fault;
  const absl::Time start = absl::Now();
  try {
    if (judge == nullptr) judge = make_judge_(entry.kind, lane);
    report = judge->Verify(entry.sample, cancelled);
    if (report.verdict == Verdict::kUnspecified ||
        (report.verdict == Verdict::kNoVerdict &&
         report.cause == Cause::kUnspecified)) {
      report.Refuse(Cause::kHost, "the judge gave no verdict");
    }
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
    std::lock_guard<std::mutex> lock(mutex_);
    double& mean = mean_seconds_[static_cast<int>(entry.kind)];
    mean += kMeanWeight * (seconds - mean);
    return report;
  } catch (const std::exception& error) {
    fault = error.what();
  } catch (...) {
    fault = "an unknown exception";
  }
  *threw = true;
  judge.reset();  // Its state is unknown; the next sample gets a fresh one.
  report = Report::For(entry.sample);
  report.Refuse(Cause::kHost, "the judge threw: " + fault);
  return report;
}

bool Farm::Settle(Entry& entry, int lane, bool threw, Report report) {
  const bool faulted =
      report.verdict == Verdict::kNoVerdict && IsRetried(report.cause);
  Fault fault;
  if (faulted) {
    fault.kind = entry.kind;
    fault.lane = lane;
    fault.threw = threw;
    fault.broke_lane = report.broke_lane;
    fault.source = entry.sample.source;
    fault.reason = report.reason;
    entry.fault_count += 1;
    entry.break_count += threw || report.broke_lane ? 1 : 0;
    entry.fault_lane = lane;
  }
  Answers answers;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    SettleRun(entry, faulted ? &fault : nullptr, std::move(report), &answers);
  }
  if (faulted && options_.on_fault) options_.on_fault(fault);
  Send(std::move(answers));
  return !faulted;
}

void Farm::SettleRun(Entry& entry, Fault* fault, Report report,
                     Answers* answers) {
  running_.erase(entry.ticket);
  const std::shared_ptr<Run> run = ledger_.Find(entry.ticket);
  if (run == nullptr) return queue_->Ack(entry);  // A drain answered by force.
  const bool cancelled = run->cancelled;
  const bool poison = fault != nullptr && !cancelled && entry.break_count > 1;
  if (fault != nullptr && !cancelled && !poison && entry.fault_count == 1) {
    Rehome(*run, &entry);
    return queue_->Retry(std::move(entry));
  }
  if (poison) {
    fault->poisoned = true;
    CountPoison(entry.sample.source);
    report.Refuse(Cause::kPoison, "broke two workers: " + fault->reason);
    queue_->Bury(entry);
  } else if (fault != nullptr && cancelled) {
    report.Refuse(Cause::kCancelled, "cancelled while it ran");
  }
  const bool ours =
      report.cause == Cause::kCancelled || (fault != nullptr && !poison);
  if (ours && !cancelled && run->lines.size() > 1) {
    // Its own retry is spent; the others have theirs.
    AnswerLine(std::move(ledger_.Take(entry.ticket, FirstOnly())[0]),
               std::move(report), answers);
    entry.fault_count = 0;
    entry.break_count = 0;
    Rehome(*run, &entry);
    return queue_->Retry(std::move(entry));
  }
  if (!poison) queue_->Ack(entry);
  if (!run->identity.empty() && MayKeep(report)) {
    kept_.Put(run->identity, report);
  }
  for (Line& line : ledger_.TakeAll(entry.ticket)) {
    AnswerLine(std::move(line), report, answers);
    report.cached = report.cause != Cause::kCancelled;
  }
}

void Farm::CountPoison(const std::string& source) {
  const bool known = poisoned_.count(source) != 0;
  const bool fits = known || poisoned_.size() < kPoisonSourcesMax;
  ++poisoned_[fits ? source : kOtherSources];
}

void Farm::Rest(int fault_run) {
  if (options_.rest_after_faults == 0) return;
  const int extra = fault_run - options_.rest_after_faults;
  if (extra < 0) return;
  const absl::Duration rest =
      std::min(kRestMax, kRestMin * (1 << std::min(extra, 10)));
  std::unique_lock<std::mutex> lock(mutex_);
  answered_.wait_for(lock, absl::ToChronoNanoseconds(rest),
                     [this] { return stopping_; });
}

}  // namespace assay::farm
