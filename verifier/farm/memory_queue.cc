#include "verifier/farm/memory_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay::farm {
namespace {

int Index(Kind kind) { return static_cast<int>(kind); }

}  // namespace

MemoryQueue::MemoryQueue(QueueBounds bounds,
                         std::array<int, kKindCount> lane_counts)
    : bounds_(bounds), lane_counts_(lane_counts) {}

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
    auto [found, added] = ring.by_call.try_emplace(entry.call);
    if (added) {
      ring.lines.push_back(Line{entry.call, {}});
      found->second = std::prev(ring.lines.end());
    }
    next_deadline_ = std::min(next_deadline_, entry.deadline);
    found->second->entries.push_back(std::move(entry));
    ++ring.depth;
    ring.changed.notify_one();
  }
  entries.clear();
  return absl::OkStatus();
}

std::optional<Entry> MemoryQueue::Take(Ring& ring, Kind kind, int lane) {
  std::optional<Entry> taken;
  for (auto retry = ring.retries.begin(); retry != ring.retries.end();
       ++retry) {
    if (retry->fault_lane == lane && lane_counts_[Index(kind)] > 1) continue;
    taken = std::move(*retry);
    ring.retries.erase(retry);
    break;
  }
  if (!taken.has_value() && !ring.lines.empty()) {
    Line& line = ring.lines.front();
    taken = std::move(line.entries.front());
    line.entries.pop_front();
    if (line.entries.empty()) {
      ring.by_call.erase(line.call);
      ring.lines.pop_front();
    } else {
      ring.lines.splice(ring.lines.end(), ring.lines, ring.lines.begin());
    }
  }
  if (taken.has_value()) {
    --ring.depth;
    leased_.insert(taken->ticket);
  }
  return taken;
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
  if (leased_.erase(entry.ticket) == 0) return;
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
  if (leased_.erase(entry.ticket) == 0) return;
  Ring& ring = rings_[Index(entry.kind)];
  next_deadline_ = std::min(next_deadline_, entry.deadline);
  ring.retries.push_back(std::move(entry));
  ++ring.depth;
  // All: the one that notify_one wakes may be the one that must not take it.
  ring.changed.notify_all();
}

template <typename Predicate>
void MemoryQueue::TakeIf(Predicate predicate, std::vector<Entry>* taken) {
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
    for (auto line = ring.lines.begin(); line != ring.lines.end();) {
      sift(line->entries);
      if (line->entries.empty()) {
        ring.by_call.erase(line->call);
        line = ring.lines.erase(line);
      } else {
        ++line;
      }
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
    for (const Line& line : ring.lines) {
      oldest = std::min(oldest, line.entries.front().admitted);
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
