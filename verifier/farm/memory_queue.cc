#include "verifier/farm/memory_queue.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay::farm {
namespace {

int Index(Kind kind) { return static_cast<int>(kind); }

}  // namespace

MemoryQueue::MemoryQueue(QueueBounds bounds,
                         std::array<int, kKindCount> lane_counts,
                         const Clock* clock)
    : bounds_(bounds),
      lane_counts_(lane_counts),
      clock_(clock),
      start_(clock->Now()) {}

double MemoryQueue::NowSeconds() const {
  return absl::ToDoubleSeconds(clock_->Now() - start_);
}

bool MemoryQueue::Fits(int64_t samples, int64_t bytes) const {
  if (samples_ == 0 && samples == 1) return true;
  return samples_ + samples <= bounds_.samples_max &&
         bytes_ + bytes <= bounds_.bytes_max;
}

bool MemoryQueue::HasRoom(int64_t samples, int64_t bytes) const {
  std::lock_guard<std::mutex> lock(mutex_);
  return Fits(samples, bytes);
}

absl::Status MemoryQueue::Enqueue(std::vector<Entry>& entries) {
  int64_t cost = 0;
  for (const Entry& entry : entries) cost += entry.cost_bytes;
  std::lock_guard<std::mutex> lock(mutex_);
  const int64_t count = static_cast<int64_t>(entries.size());
  if (closed_) return absl::UnavailableError("the queue is closed");
  if (!Fits(count, cost)) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "the queue is full: ", samples_, " of ", bounds_.samples_max,
        " samples, ", bytes_, " of ", bounds_.bytes_max, " bytes"));
  }
  samples_ += count;
  bytes_ += cost;
  for (Entry& entry : entries) {
    Ring& ring = rings_[Index(entry.kind)];
    Call& call = ring.calls[entry.call];
    call.number = entry.call;
    Problem& problem = call.problems[entry.sample.problem];
    problem.name = entry.sample.problem;
    call.turns.Wait(&problem);
    ring.turns.Wait(&call);
    next_deadline_ = std::min(next_deadline_, entry.deadline);
    problem.entries.push_back(std::move(entry));
    ++ring.depth;
    ring.changed.notify_one();
  }
  entries.clear();
  return absl::OkStatus();
}

std::optional<Entry> MemoryQueue::TakeRetry(Ring& ring, Kind kind, int lane) {
  for (auto retry = ring.retries.begin(); retry != ring.retries.end();
       ++retry) {
    if (retry->fault_lane == lane && lane_counts_[Index(kind)] > 1) continue;
    std::optional<Entry> taken = std::move(*retry);
    ring.retries.erase(retry);
    return taken;
  }
  return std::nullopt;
}

std::optional<Entry> MemoryQueue::TakeNext(Ring& ring, Held* held) {
  const double now = NowSeconds();
  auto* const call = static_cast<Call*>(ring.turns.Next(now));
  if (call == nullptr) return std::nullopt;
  auto* const problem = static_cast<Problem*>(call->turns.Next(now));
  std::optional<Entry> taken = std::move(problem->entries.front());
  problem->entries.pop_front();
  if (problem->entries.empty()) {
    call->turns.Rest(problem);
    if (call->turns.Next(now) == nullptr) ring.turns.Rest(call);
  }
  call->turns.Begin(problem, now);
  ring.turns.Begin(call, now);
  *held = Held{call, problem, now};
  return taken;
}

std::optional<Entry> MemoryQueue::Take(Ring& ring, Kind kind, int lane) {
  Held held;
  std::optional<Entry> taken = TakeRetry(ring, kind, lane);
  if (!taken.has_value()) taken = TakeNext(ring, &held);
  if (!taken.has_value()) return taken;
  --ring.depth;
  leased_.emplace(taken->ticket, held);
  return taken;
}

void MemoryQueue::Forget(Ring& ring, Call* call, Problem* problem) {
  if (problem->idle()) call->problems.erase(std::string(problem->name));
  if (call->idle()) ring.calls.erase(call->number);
}

bool MemoryQueue::EndLease(const Entry& entry) {
  auto found = leased_.find(entry.ticket);
  if (found == leased_.end()) return false;
  const Held held = found->second;
  leased_.erase(found);
  if (held.call == nullptr) return true;
  Ring& ring = rings_[Index(entry.kind)];
  const double now = NowSeconds();
  held.call->turns.End(held.problem, held.began_seconds, now);
  ring.turns.End(held.call, held.began_seconds, now);
  Forget(ring, held.call, held.problem);
  return true;
}

std::optional<Entry> MemoryQueue::Lease(Kind kind, int lane) {
  Ring& ring = rings_[Index(kind)];
  std::unique_lock<std::mutex> lock(mutex_);
  while (!closed_) {
    std::optional<Entry> entry = Take(ring, kind, lane);
    if (entry.has_value()) return entry;
    ring.changed.wait(lock);
  }
  return std::nullopt;
}

bool MemoryQueue::Extend(uint64_t ticket) {
  std::lock_guard<std::mutex> lock(mutex_);
  return leased_.count(ticket) != 0;
}

void MemoryQueue::Release(const Entry& entry) {
  if (!EndLease(entry)) return;
  --samples_;
  bytes_ -= entry.cost_bytes;
}

void MemoryQueue::Ack(const Entry& entry) {
  std::lock_guard<std::mutex> lock(mutex_);
  Release(entry);
}

void MemoryQueue::Bury(const Entry& entry) {
  std::lock_guard<std::mutex> lock(mutex_);
  ++buried_;
  Release(entry);
}

void MemoryQueue::Retry(Entry entry) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (!EndLease(entry)) return;
  Ring& ring = rings_[Index(entry.kind)];
  next_deadline_ = std::min(next_deadline_, entry.deadline);
  ring.retries.push_back(std::move(entry));
  ++ring.depth;
  // All: the one that notify_one wakes may be the one that must not take it.
  ring.changed.notify_all();
}

template <typename Predicate>
void MemoryQueue::TakeIf(Predicate predicate, std::vector<Entry>* taken) {
  const double now = NowSeconds();
  absl::Time next = absl::InfiniteFuture();
  for (Ring& ring : rings_) {
    auto sift = [&](std::deque<Entry>& entries) {
      auto kept = entries.begin();
      for (Entry& entry : entries) {
        if (predicate(entry)) {
          --ring.depth;
          --samples_;
          bytes_ -= entry.cost_bytes;
          taken->push_back(std::move(entry));
          continue;
        }
        next = std::min(next, entry.deadline);
        if (&*kept != &entry) *kept = std::move(entry);
        ++kept;
      }
      entries.erase(kept, entries.end());
    };
    sift(ring.retries);
    for (auto call = ring.calls.begin(); call != ring.calls.end();) {
      Call& each = (call++)->second;  // Forget may drop it.
      for (auto problem = each.problems.begin();
           problem != each.problems.end();) {
        Problem& one = (problem++)->second;
        sift(one.entries);
        if (!one.entries.empty()) continue;
        each.turns.Rest(&one);
        if (one.idle()) each.problems.erase(std::string(one.name));
      }
      if (each.turns.Next(now) == nullptr) ring.turns.Rest(&each);
      if (each.idle()) ring.calls.erase(each.number);
    }
  }
  next_deadline_ = next;
}

std::vector<Entry> MemoryQueue::Withdraw(uint64_t call) {
  std::vector<Entry> taken;
  std::lock_guard<std::mutex> lock(mutex_);
  TakeIf([call](const Entry& entry) { return entry.call == call; }, &taken);
  return taken;
}

std::vector<Entry> MemoryQueue::WithdrawAll() {
  std::vector<Entry> taken;
  std::lock_guard<std::mutex> lock(mutex_);
  TakeIf([](const Entry&) { return true; }, &taken);
  return taken;
}

std::vector<Entry> MemoryQueue::Expire(absl::Time now) {
  std::vector<Entry> taken;
  std::lock_guard<std::mutex> lock(mutex_);
  if (now < next_deadline_) return taken;
  TakeIf([now](const Entry& entry) { return entry.deadline <= now; }, &taken);
  return taken;
}

int64_t MemoryQueue::depth(Kind kind) const {
  std::lock_guard<std::mutex> lock(mutex_);
  return rings_[Index(kind)].depth;
}

int64_t MemoryQueue::samples() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return samples_;
}

int64_t MemoryQueue::bytes() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return bytes_;
}

int64_t MemoryQueue::buried() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return buried_;
}

absl::Duration MemoryQueue::OldestAge(absl::Time now) const {
  std::lock_guard<std::mutex> lock(mutex_);
  absl::Time oldest = now;
  for (const Ring& ring : rings_) {
    for (const Entry& entry : ring.retries) {
      oldest = std::min(oldest, entry.admitted);
    }
    for (const auto& [number, call] : ring.calls) {
      for (const auto& [name, problem] : call.problems) {
        if (problem.entries.empty()) continue;
        oldest = std::min(oldest, problem.entries.front().admitted);
      }
    }
  }
  return now - oldest;
}

void MemoryQueue::Close() {
  std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  for (Ring& ring : rings_) ring.changed.notify_all();
}

}  // namespace assay::farm
