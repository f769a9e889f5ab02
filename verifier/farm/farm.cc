#include "verifier/farm/farm.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "verifier/farm/memory_queue.h"

// Theory of operation. One thread per lane loops over Lease, Verify, Settle;
// one sweeper looks at deadlines. mutex_ guards ledger, calls and waiters;
// the queue has a lock of its own, taken inside mutex_ or alone, never around
// it. Whoever strikes a line from the ledger collects an Answer and sends it
// after unlocking.

namespace assay::farm {
namespace {

std::unique_ptr<Queue> QueueOf(std::unique_ptr<Queue> queue,
                               const FarmOptions& options) {
  if (queue != nullptr) return queue;
  return std::make_unique<MemoryQueue>(
      options.bounds,
      std::array<int, kKindCount>{options.code_lanes, options.math_lanes});
}

Report Cancelled(const Sample& sample, std::string_view why) {
  Report report = Report::For(sample);
  report.Refuse(Cause::kCancelled, std::string(why));
  return report;
}

}  // namespace

Farm::Farm(FarmOptions options, JudgeFactory make_judge,
           std::unique_ptr<Queue> queue)
    : options_(std::move(options)),
      make_judge_(std::move(make_judge)),
      queue_(QueueOf(std::move(queue), options_)) {
  for (int lane = 0; lane < options_.code_lanes; ++lane) {
    threads_.emplace_back([this, lane] { RunLane(Kind::kCode, lane); });
  }
  for (int lane = 0; lane < options_.math_lanes; ++lane) {
    threads_.emplace_back([this, lane] { RunLane(Kind::kMath, lane); });
  }
  if (options_.sweep_period > absl::ZeroDuration()) {
    threads_.emplace_back([this] { RunSweeper(); });
  }
}

Farm::~Farm() {
  Drain(absl::ZeroDuration());
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  answered_.notify_all();
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

absl::Status Farm::Admit(uint64_t id, std::vector<Sample>& samples,
                         bool woken) {
  const absl::Time now = options_.clock->Now();
  int64_t cost = 0;
  for (const Sample& sample : samples) cost += CostBytes(sample);
  std::lock_guard<std::mutex> lock(mutex_);
  auto call = calls_.find(id);
  if (draining_) return absl::UnavailableError("the server is stopping");
  if (call == calls_.end() || call->second.cancelled || call->second.closed) {
    return absl::CancelledError("the call has ended");
  }
  const int64_t count = static_cast<int64_t>(samples.size());
  if ((!woken && !waiters_.empty()) || !queue_->HasRoom(count, cost)) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the queue is full: ", queue_->samples(), " of ",
                     options_.bounds.samples_max, " samples, ", queue_->bytes(),
                     " of ", options_.bounds.bytes_max, " bytes"));
  }
  std::vector<Entry> entries;
  entries.reserve(samples.size());
  for (Sample& sample : samples) {
    Entry& entry = entries.emplace_back();
    entry.ticket = next_ticket_++;
    entry.call = id;
    entry.kind = KindOf(sample);
    entry.admitted = now;
    entry.deadline =
        std::min(call->second.deadline,
                 now + (entry.kind == Kind::kCode ? options_.code_deadline
                                                  : options_.math_deadline));
    entry.cost_bytes = CostBytes(sample);
    entry.sample = std::move(sample);
    auto line = std::make_shared<Line>();
    line->call = id;
    line->deadline = entry.deadline;
    line->id = entry.sample.id;
    line->ordinal = entry.sample.ordinal;
    ledger_.emplace(entry.ticket, std::move(line));
  }
  call->second.unanswered += count;
  samples.clear();
  // There is room: only Admit fills the queue, and it holds mutex_. A broker
  // that refuses all the same is answered here, as our fault.
  const absl::Status status = queue_->Enqueue(entries);
  if (status.ok()) return status;
  for (Entry& entry : entries) {
    ledger_.erase(entry.ticket);
    samples.push_back(std::move(entry.sample));
  }
  call->second.unanswered -= count;
  return status;
}

bool Farm::AwaitRoom(uint64_t id, int64_t cost_bytes,
                     std::function<void()> wake) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto call = calls_.find(id);
  if (draining_ || call == calls_.end() || call->second.cancelled) return false;
  if (waiters_.empty() && queue_->HasRoom(1, cost_bytes)) return false;
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
      if (!over && !queue_->HasRoom(1, first.cost_bytes)) return;
      waiter = std::move(waiters_.front());
      waiters_.pop_front();
    }
    waiter.wake();
  }
}

void Farm::Strike(Ledger::iterator line, Report report, Answers* answers) {
  const uint64_t id = line->second->call;
  running_.erase(line->first);
  ledger_.erase(line);
  Call& call = calls_.at(id);
  answers->push_back(Answer{call.completion, std::move(report)});
  --call.unanswered;
  Forget(id);
  ++sending_;
}

void Farm::StrikeAll(std::vector<Entry> entries, std::string_view why,
                     Answers* answers) {
  for (const Entry& entry : entries) {
    auto line = ledger_.find(entry.ticket);
    if (line == ledger_.end()) continue;
    Strike(line, Cancelled(entry.sample, why), answers);
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
    if (call->second.unanswered > 0) {
      StrikeAll(queue_->Withdraw(id), why, &answers);
      for (auto& [ticket, line] : running_) {
        if (line->call == id) line->cancelled = true;
      }
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
    StrikeAll(queue_->Expire(now), "the deadline passed in the queue",
              &answers);
    for (auto& [ticket, line] : running_) {
      queue_->Extend(ticket);
      if (line->deadline <= now) line->cancelled = true;
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
  Answers answers;
  StrikeAll(queue_->WithdrawAll(), "the server is stopping", &answers);
  for (auto& [ticket, line] : ledger_) line->cancelled = true;
  lock.unlock();
  Send(std::move(answers));
  lock.lock();
  wait(options_.stop_margin);
  // What still runs now ignores its token; its caller is answered without it.
  Answers forced;
  while (!ledger_.empty()) {
    auto line = ledger_.begin();
    Report report;
    report.id = line->second->id;
    report.ordinal = line->second->ordinal;
    if (line->second->running != nullptr) {
      report = Report::For(line->second->running->sample);
    }
    report.Refuse(Cause::kCancelled, "the server is stopping");
    Strike(line, std::move(report), &forced);
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
  return static_cast<int64_t>(ledger_.size());
}

}  // namespace assay::farm
