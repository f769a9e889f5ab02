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

}  // namespace

void Farm::RunLane(Kind kind, int lane) {
  std::unique_ptr<Judge> judge;
  int fault_run = 0;
  for (;;) {
    std::optional<Entry> entry = queue_->Lease(kind, lane);
    if (!entry.has_value()) return;
    const std::shared_ptr<Line> line = Begin(*entry);
    if (line == nullptr) {
      queue_->Ack(*entry);
      Send({});
      continue;
    }
    bool threw = false;
    Report report = Ask(judge, *entry, lane, line->cancelled, &threw);
    const bool sound = Settle(*entry, lane, threw, std::move(report));
    fault_run = sound ? 0 : fault_run + 1;
    Rest(fault_run);
  }
}

std::shared_ptr<Farm::Line> Farm::Begin(const Entry& entry) {
  const absl::Time now = options_.clock->Now();
  std::lock_guard<std::mutex> lock(mutex_);
  auto found = ledger_.find(entry.ticket);
  if (found == ledger_.end()) return nullptr;
  const std::shared_ptr<Line>& line = found->second;
  line->running = &entry;
  running_[entry.ticket] = line.get();
  if (entry.deadline <= now || calls_.at(line->call).cancelled) {
    line->cancelled = true;
  }
  return line;
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
    fault = Fault{entry.kind,          lane,         threw, false,
                  entry.sample.source, report.reason};
    entry.fault_count += 1;
    entry.break_count += threw ? 1 : 0;
    entry.fault_lane = lane;
  }
  // The report is the judge's; whose it is, is not for the judge to say.
  report.id = entry.sample.id;
  report.ordinal = entry.sample.ordinal;
  Answers answers;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    auto line = ledger_.find(entry.ticket);
    const bool cancelled = line != ledger_.end() && line->second->cancelled;
    if (line == ledger_.end()) {  // A drain answered it by force.
      queue_->Ack(entry);
    } else if (faulted && entry.fault_count == 1 && !cancelled) {
      line->second->running = nullptr;
      running_.erase(entry.ticket);
      queue_->Retry(std::move(entry));
    } else if (faulted && cancelled) {
      report.Refuse(Cause::kCancelled, "cancelled while it ran");
      queue_->Ack(entry);
      Strike(line, std::move(report), &answers);
    } else if (faulted && entry.break_count > 1) {
      fault.poisoned = true;
      report.Refuse(Cause::kPoison, "broke two judges: " + fault.reason);
      queue_->Bury(entry);
      Strike(line, std::move(report), &answers);
    } else {
      queue_->Ack(entry);
      Strike(line, std::move(report), &answers);
    }
  }
  if (faulted && options_.on_fault) options_.on_fault(fault);
  Send(std::move(answers));
  return !faulted;
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
