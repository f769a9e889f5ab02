#include "kernels/batch_former.h"

#include <algorithm>
#include <utility>

namespace assay::kernels {

void BatchFormer::Request::Push(const Entry& entry) {
  while (!deadlines.empty() && deadlines.back() > entry.pair.deadline) {
    deadlines.pop_back();
  }
  deadlines.push_back(entry.pair.deadline);
  entries.push_back(entry);
}

void BatchFormer::Request::Pop() {
  if (deadlines.front() == entries.front().pair.deadline) {
    deadlines.pop_front();
  }
  entries.pop_front();
}

bool BatchFormer::Add(const WaitingPair& pair, absl::Time now) {
  if (waiting_ >= kWaitingMax) return false;
  auto at = std::find_if(
      requests_.begin(), requests_.end(),
      [&](const Request& request) { return request.id == pair.request; });
  if (at == requests_.end()) {
    requests_.push_back({});
    at = requests_.end() - 1;
    at->id = pair.request;
  }
  at->Push({pair, now});
  at->entries.back().pair.cost = std::max<uint64_t>(pair.cost, 1);
  ++waiting_;
  cost_ += at->entries.back().pair.cost;
  return true;
}

std::optional<Batch::Closed> BatchFormer::Due(absl::Time now) const {
  if (waiting_ == 0) return std::nullopt;
  if (cost_ >= limits_.size_max) return Batch::Closed::kSize;
  for (const Request& request : requests_) {
    if (request.deadline() - limits_.deadline_margin <= now) {
      return Batch::Closed::kDeadline;
    }
  }
  for (const Request& request : requests_) {
    if (request.entries.front().arrival + limits_.age_max <= now) {
      return Batch::Closed::kAge;
    }
  }
  return std::nullopt;
}

absl::Time BatchFormer::NextDue() const {
  if (cost_ >= limits_.size_max) return absl::InfinitePast();
  absl::Time due = absl::InfiniteFuture();
  for (const Request& request : requests_) {
    due = std::min(due, request.deadline() - limits_.deadline_margin);
    due = std::min(due, request.entries.front().arrival + limits_.age_max);
  }
  return due;
}

// Moves pairs from the front of `request` for at most `allowance`, and answers
// their cost. A pair above the size of a batch is taken into an empty one.
uint64_t BatchFormer::Give(Request* request, uint64_t allowance, Batch* batch) {
  uint64_t given = 0;
  while (!request->entries.empty()) {
    const WaitingPair& pair = request->entries.front().pair;
    const bool whole = batch->pairs.empty() && pair.cost > limits_.size_max;
    if (!whole && (given + pair.cost > allowance ||
                   batch->cost + pair.cost > limits_.size_max)) {
      break;
    }
    given += pair.cost;
    batch->cost += pair.cost;
    cost_ -= pair.cost;
    --waiting_;
    batch->pairs.push_back(pair);
    request->Pop();
    if (whole) break;
  }
  return given;
}

void BatchFormer::Fill(absl::Time now, Batch* batch) {
  // Those near their deadline first, the others by their turns.
  std::vector<std::pair<Request*, uint64_t>> order;  // And what each has had.
  for (Request& request : requests_) order.push_back({&request, 0});
  std::stable_sort(
      order.begin(), order.end(), [&](const auto& a, const auto& b) {
        const auto urgency = [&](const Request& request) {
          return request.deadline() - limits_.deadline_margin <= now
                     ? request.deadline()
                     : absl::InfiniteFuture();
        };
        return urgency(*a.first) < urgency(*b.first);
      });
  const uint64_t half = std::max<uint64_t>(limits_.size_max / 2, 1);
  const uint64_t portion = std::max<uint64_t>(half / order.size(), 1);
  // Portion by portion; at least one pair, where it fits a half.
  bool moved = true;
  while (moved && batch->cost < limits_.size_max) {
    moved = false;
    for (auto& [request, had] : order) {
      if (request->entries.empty()) continue;
      const uint64_t next = request->entries.front().pair.cost;
      const uint64_t wanted = std::max(portion, next);
      const bool others = order.size() > 1;
      if (others && had + next > half && next <= half) continue;
      const uint64_t allowance =
          others && next <= half ? std::min(wanted, half - had) : wanted;
      const uint64_t given = Give(request, allowance, batch);
      had += given;
      moved = moved || given > 0;
    }
  }
  // What nobody else waits for is the last one's.
  Request* alone = nullptr;
  for (auto& [request, had] : order) {
    if (request->entries.empty()) continue;
    if (alone != nullptr) return;
    alone = request;
  }
  if (alone != nullptr) Give(alone, limits_.size_max, batch);
}

void BatchFormer::DropEmpty() {
  // Who has had a turn goes behind those who have not.
  requests_.erase(std::remove_if(requests_.begin(), requests_.end(),
                                 [](const Request& request) {
                                   return request.entries.empty();
                                 }),
                  requests_.end());
  if (requests_.size() > 1) {
    requests_.push_back(std::move(requests_.front()));
    requests_.pop_front();
  }
}

std::optional<Batch> BatchFormer::Take(absl::Time now) {
  const std::optional<Batch::Closed> closed = Due(now);
  if (!closed) return std::nullopt;
  Batch batch;
  batch.closed = *closed;
  Fill(now, &batch);
  DropEmpty();
  batch.on_host = batch.cost < limits_.break_even;
  return batch;
}

size_t BatchFormer::Cancel(uint64_t id) {
  for (auto at = requests_.begin(); at != requests_.end(); ++at) {
    if (at->id != id) continue;
    const size_t dropped = at->entries.size();
    for (const Entry& entry : at->entries) cost_ -= entry.pair.cost;
    waiting_ -= dropped;
    requests_.erase(at);
    return dropped;
  }
  return 0;
}

}  // namespace assay::kernels
