// The queue of a farm that lives in one process.
//
//   MemoryQueue queue(QueueBounds{.samples_max = 1024}, {2, 1});
//
// A lane and this queue die together, so a lease never runs out by itself.
// See farm/queue.h for the contract.
#ifndef VERIFIER_FARM_MEMORY_QUEUE_H_
#define VERIFIER_FARM_MEMORY_QUEUE_H_

#include <array>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "verifier/farm/queue.h"

namespace assay::farm {

class MemoryQueue final : public Queue {
 public:
  // `lane_counts` says how many lanes lease each kind: a retry avoids the
  // lane of its fault only where there is another.
  MemoryQueue(QueueBounds bounds, std::array<int, kKindCount> lane_counts);

  absl::Status Enqueue(std::vector<Entry>& entries) override;
  bool HasRoom(int64_t samples, int64_t bytes) const override;
  std::optional<Entry> Lease(Kind kind, int lane) override;
  bool Extend(uint64_t ticket) override;
  void Ack(const Entry& entry) override;
  void Retry(Entry entry) override;
  void Bury(const Entry& entry) override;
  std::vector<Entry> Withdraw(uint64_t call) override;
  std::vector<Entry> WithdrawAll() override;
  std::vector<Entry> Expire(absl::Time now) override;
  int64_t depth(Kind kind) const override;
  int64_t samples() const override;
  int64_t bytes() const override;
  int64_t buried() const override;
  absl::Duration OldestAge(absl::Time now) const override;
  void Close() override;

 private:
  // The waiting entries of one call.
  struct Line {
    uint64_t call;
    std::deque<Entry> entries;
  };
  // The waiting entries of one kind; the front line is served next.
  struct Ring {
    std::list<Line> lines;
    std::unordered_map<uint64_t, std::list<Line>::iterator> by_call;
    std::deque<Entry> retries;
    int64_t depth = 0;
    std::condition_variable changed;
  };

  // Below: with mutex_ held.
  bool Fits(int64_t samples, int64_t bytes) const;
  std::optional<Entry> Take(Ring& ring, Kind kind, int lane);
  template <typename Predicate>
  void TakeIf(Predicate predicate, std::vector<Entry>* taken);
  void Release(const Entry& entry);

  const QueueBounds bounds_;
  const std::array<int, kKindCount> lane_counts_;
  mutable std::mutex mutex_;
  std::array<Ring, kKindCount> rings_;
  std::unordered_set<uint64_t> leased_;
  int64_t samples_ = 0;
  int64_t bytes_ = 0;
  int64_t buried_ = 0;
  // Not after any waiting entry's deadline: Expire looks no further before.
  absl::Time next_deadline_ = absl::InfiniteFuture();
  bool closed_ = false;
};

}  // namespace assay::farm

#endif  // VERIFIER_FARM_MEMORY_QUEUE_H_
