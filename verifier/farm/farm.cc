#include "verifier/farm/farm.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/farm/memory_queue.h"

// Theory of operation. One thread per lane loops over Lease, Verify, Settle;
// one sweeper looks at deadlines; one courier sends what needs no lane. mutex_
// guards ledger, calls and waiters; the queue has a lock of its own, taken
// inside mutex_ or alone, never around it. Whoever takes a line from the
// ledger collects an Answer and sends it after unlocking. The entry of a
// waiting run is its first line's, by call and deadline.

namespace assay::farm {
namespace {

std::unique_ptr<Queue> QueueOf(std::unique_ptr<Queue> queue,
                               const FarmOptions& options) {
  if (queue != nullptr) return queue;
  return std::make_unique<MemoryQueue>(
      options.bounds,
      std::array<int, kKindCount>{options.code_lanes, options.math_lanes},
      options.clock);
}

}  // namespace

Farm::Farm(FarmOptions options, JudgeFactory make_judge,
           std::unique_ptr<Queue> queue)
    : options_(std::move(options)),
      make_judge_(std::move(make_judge)),
      queue_(QueueOf(std::move(queue), options_)),
      kept_(options_.reuse_bytes) {
  for (int lane = 0; lane < options_.code_lanes; ++lane) {
    threads_.emplace_back([this, lane] { RunLane(Kind::kCode, lane); });
  }
  for (int lane = 0; lane < options_.math_lanes; ++lane) {
    threads_.emplace_back([this, lane] { RunLane(Kind::kMath, lane); });
  }
  if (options_.sweep_period > absl::ZeroDuration()) {
    threads_.emplace_back([this] { RunSweeper(); });
  }
  if (options_.reuse_bytes > 0) {
    threads_.emplace_back([this] { RunCourier(); });
  }
}

Farm::~Farm() {
  Drain(absl::ZeroDuration());
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  answered_.notify_all();
  ready_changed_.notify_all();
  queue_->Close();
  for (std::thread& thread : threads_) thread.join();
}

uint64_t Farm::Open(absl::Time deadline, Completion completion) {
  std::lock_guard<std::mutex> lock(mutex_);
  const uint64_t id = next_call_++;
  Call& call = calls_[id];
  call.deadline = deadline;
  call.completion = std::make_shared<const Completion>(std::move(completion));
  return id;
}

void Farm::Close(uint64_t id) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto call = calls_.find(id);
  if (call == calls_.end()) return;
  call->second.closed = true;
  Forget(id);
}

void Farm::Forget(uint64_t id) {
  auto call = calls_.find(id);
  if (call == calls_.end()) return;
  if (call->second.closed && call->second.unanswered == 0) calls_.erase(call);
}

bool Farm::CouldFit(const std::vector<Sample>& samples) const {
  int64_t cost = 0;
  for (const Sample& sample : samples) cost += CostBytes(sample);
  return samples.size() <= 1 ||
         (static_cast<int64_t>(samples.size()) <= options_.bounds.samples_max &&
          cost <= options_.bounds.bytes_max);
}

bool Farm::HasRoom(int64_t samples, int64_t bytes) const {
  const int64_t others = ledger_.joined() + static_cast<int64_t>(ready_.size());
  return queue_->HasRoom(samples + others, bytes + others * kSampleCostBytes);
}

absl::Status Farm::Admit(uint64_t id, std::vector<Sample>& samples,
                         bool woken) {
  int64_t cost = 0;
  for (const Sample& sample : samples) cost += CostBytes(sample);
  std::lock_guard<std::mutex> lock(mutex_);
  auto call = calls_.find(id);
  if (draining_) return absl::UnavailableError("the server is stopping");
  if (call == calls_.end() || call->second.cancelled || call->second.closed) {
    return absl::CancelledError("the call has ended");
  }
  const int64_t count = static_cast<int64_t>(samples.size());
  if ((!woken && !waiters_.empty()) || !HasRoom(count, cost)) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the queue is full: ", queue_->samples(), " of ",
                     options_.bounds.samples_max, " samples, ", queue_->bytes(),
                     " of ", options_.bounds.bytes_max, " bytes"));
  }
  Batch batch = Draft(id, samples);
  samples.clear();
  // There is room: only Admit fills the queue, and it holds mutex_. A lane
  // that leases at once finds the ledger written when it gets mutex_.
  const absl::Status status = queue_->Enqueue(batch.entries);
  if (!status.ok()) {  // A broker may refuse all the same.
    for (Entry& entry : batch.entries) {
      samples.push_back(std::move(entry.sample));
    }
    for (Same& same : batch.same) samples.push_back(std::move(same.sample));
    return status;
  }
  call->second.unanswered += count;
  for (Fresh& fresh : batch.fresh) {
    ledger_.Add(fresh.ticket, std::move(fresh.identity), std::move(fresh.line));
  }
  for (Same& same : batch.same) {
    Share(same.sample.identity, std::move(same.line));
  }
  return status;
}

Farm::Batch Farm::Draft(uint64_t id, std::vector<Sample>& samples) {
  const absl::Time now = options_.clock->Now();
  Batch batch;
  std::unordered_set<std::string> seen;
  batch.entries.reserve(samples.size());
  for (Sample& sample : samples) {
    const Kind kind = KindOf(sample);
    Line line;
    line.call = id;
    line.deadline =
        std::min(calls_.at(id).deadline,
                 now + (kind == Kind::kCode ? options_.code_deadline
                                            : options_.math_deadline));
    line.echo = Report::For(sample);
    const bool shares = options_.reuse_bytes > 0 && !sample.identity.empty();
    if (shares &&
        (!seen.insert(sample.identity).second ||
         ledger_.InFlight(sample.identity) || kept_.Has(sample.identity))) {
      batch.same.push_back({std::move(sample), std::move(line)});
      continue;
    }
    Entry& entry = batch.entries.emplace_back();
    entry.ticket = next_ticket_++;
    entry.call = id;
    entry.kind = kind;
    entry.admitted = now;
    entry.deadline = line.deadline;
    entry.cost_bytes = CostBytes(sample);
    batch.fresh.push_back(
        {entry.ticket, shares ? sample.identity : "", std::move(line)});
    entry.sample = std::move(sample);
  }
  return batch;
}

void Farm::Share(const std::string& identity, Line line) {
  if (ledger_.InFlight(identity)) {
    ledger_.Join(identity, std::move(line));
    return;
  }
  std::optional<Report> kept = kept_.Get(identity);
  kept->cached = true;
  AnswerLine(std::move(line), *std::move(kept), &ready_);
  ready_changed_.notify_one();
}

bool Farm::AwaitRoom(uint64_t id, int64_t cost_bytes,
                     std::function<void()> wake) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto call = calls_.find(id);
  if (draining_ || call == calls_.end() || call->second.cancelled) return false;
  if (waiters_.empty() && HasRoom(1, cost_bytes)) return false;
  waiters_.push_back(Waiter{id, cost_bytes, std::move(wake)});
  return true;
}

void Farm::WakeWaiters() {
  for (;;) {
    Waiter waiter;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (waiters_.empty()) return;
      const Waiter& first = waiters_.front();
      auto call = calls_.find(first.call);
      const bool over =
          draining_ || call == calls_.end() || call->second.cancelled;
      if (!over && !HasRoom(1, first.cost_bytes)) return;
      waiter = std::move(waiters_.front());
      waiters_.pop_front();
    }
    waiter.wake();
  }
}

void Farm::AnswerLine(Line line, Report report, Answers* answers) {
  // The report is the judge's; whose it is, is not for the judge to say.
  report.id = std::move(line.echo.id);
  report.ordinal = line.echo.ordinal;
  report.problem = std::move(line.echo.problem);
  report.source = std::move(line.echo.source);
  report.labels = std::move(line.echo.labels);
  if (report.cached) ++reused_;
  Call& call = calls_.at(line.call);
  answers->push_back(Answer{call.completion, std::move(report)});
  --call.unanswered;
  Forget(line.call);
  ++sending_;
}

void Farm::End(uint64_t ticket, const Ledger::Over& over, std::string_view why,
               Answers* answers, bool whole) {
  const std::shared_ptr<Run> run = ledger_.Find(ticket);
  if (run == nullptr) return;
  if (!whole && std::all_of(run->lines.begin(), run->lines.end(), over)) {
    run->cancelled = true;
    ledger_.Seal(*run);
    return;
  }
  for (Line& line : ledger_.Take(ticket, over)) {
    Report report;
    report.Refuse(Cause::kCancelled, std::string(why));
    AnswerLine(std::move(line), std::move(report), answers);
  }
}

void Farm::EndWithdrawn(std::vector<Entry> entries, const Ledger::Over& over,
                        std::string_view why, Answers* answers) {
  for (Entry& entry : entries) {
    const uint64_t ticket = entry.ticket;
    End(ticket, over, why, answers, /*whole=*/true);
    const std::shared_ptr<Run> run = ledger_.Find(ticket);
    if (run == nullptr) continue;
    Rehome(*run, &entry);
    std::vector<Entry> again;
    again.push_back(std::move(entry));
    if (queue_->Enqueue(again).ok()) continue;
    End(
        ticket, [](const Line&) { return true; }, why, answers);
  }
}

void Farm::Send(Answers answers) {
  for (Answer& answer : answers) (*answer.completion)(std::move(answer.report));
  if (!answers.empty()) {
    std::lock_guard<std::mutex> lock(mutex_);
    sending_ -= static_cast<int64_t>(answers.size());
    if (ledger_.empty() && sending_ == 0) answered_.notify_all();
  }
  WakeWaiters();
}

void Farm::Cancel(uint64_t id, std::string_view why) {
  Answers answers;
  std::deque<Waiter> woken;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    auto call = calls_.find(id);
    if (call == calls_.end() || call->second.cancelled) return;
    call->second.cancelled = true;
    for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
      if (waiter->call != id) {
        ++waiter;
        continue;
      }
      woken.push_back(std::move(*waiter));
      waiter = waiters_.erase(waiter);
    }
    const auto over = [id](const Line& line) { return line.call == id; };
    if (call->second.unanswered > 0) {
      EndWithdrawn(queue_->Withdraw(id), over, why, &answers);
      for (const uint64_t ticket : ledger_.SharedBy(id)) {
        End(ticket, over, why, &answers);
      }
      for (auto& [ticket, run] : running_) End(ticket, over, why, &answers);
    }
  }
  for (Waiter& waiter : woken) waiter.wake();
  Send(std::move(answers));
}

void Farm::Sweep() {
  const absl::Time now = options_.clock->Now();
  Answers answers;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    const auto late = [now](const Line& line) { return line.deadline <= now; };
    EndWithdrawn(queue_->Expire(now), late, "the deadline passed in the queue",
                 &answers);
    for (const uint64_t ticket : ledger_.Late(now)) {
      End(ticket, late, "the deadline passed", &answers);
    }
    for (auto& [ticket, run] : running_) {
      queue_->Extend(ticket);
      End(ticket, late, "the deadline passed", &answers);
    }
  }
  Send(std::move(answers));
}

void Farm::RunSweeper() {
  const auto period = absl::ToChronoNanoseconds(options_.sweep_period);
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopping_) {
    answered_.wait_for(lock, period);
    lock.unlock();
    Sweep();
    lock.lock();
  }
}

void Farm::RunCourier() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    ready_changed_.wait(lock, [this] { return stopping_ || !ready_.empty(); });
    if (ready_.empty()) return;
    Answers answers;
    answers.swap(ready_);
    lock.unlock();
    Send(std::move(answers));
    lock.lock();
  }
}

bool Farm::Drain(absl::Duration grace) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    draining_ = true;
  }
  WakeWaiters();
  std::unique_lock<std::mutex> lock(mutex_);
  auto done = [this] { return ledger_.empty() && sending_ == 0; };
  auto wait = [&](absl::Duration time) {
    return answered_.wait_for(lock, absl::ToChronoNanoseconds(time), done);
  };
  if (wait(grace)) return true;
  constexpr std::string_view kWhy = "the server is stopping";
  const auto all = [](const Line&) { return true; };
  Answers answers;
  EndWithdrawn(queue_->WithdrawAll(), all, kWhy, &answers);
  for (const uint64_t ticket : ledger_.Tickets()) {
    End(ticket, all, kWhy, &answers);
  }
  lock.unlock();
  Send(std::move(answers));
  lock.lock();
  wait(options_.stop_margin);
  // What still runs now ignores its token; its caller is answered without it.
  Answers forced;
  for (const uint64_t ticket : ledger_.Tickets()) {
    running_.erase(ticket);
    End(ticket, all, kWhy, &forced, /*whole=*/true);
  }
  lock.unlock();
  Send(std::move(forced));
  lock.lock();
  wait(options_.stop_margin);
  return false;
}

absl::Duration Farm::BacklogTime() const {
  std::lock_guard<std::mutex> lock(mutex_);
  double seconds = 0;
  const std::array<int, kKindCount> lanes = {options_.code_lanes,
                                             options_.math_lanes};
  for (Kind kind : {Kind::kCode, Kind::kMath}) {
    const int index = static_cast<int>(kind);
    seconds =
        std::max(seconds, static_cast<double>(queue_->depth(kind)) *
                              mean_seconds_[index] / std::max(1, lanes[index]));
  }
  return absl::Seconds(seconds);
}

int64_t Farm::unanswered() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return ledger_.lines() + static_cast<int64_t>(ready_.size());
}

int64_t Farm::reused() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return reused_;
}

std::map<std::string, int64_t> Farm::poisoned() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return poisoned_;
}

}  // namespace assay::farm
