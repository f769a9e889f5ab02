// The queue of a farm that lives in one process.
//
//   MemoryQueue queue(QueueBounds{.samples_max = 1024}, {2, 1});
//
// A lane and this queue die together, so a lease never runs out by itself.
// Order: the call that was served least, by the time of lanes, and of it the
// problem that was served least (farm/turns.h); within a problem, first in
// first out. See farm/queue.h for the contract.
#ifndef VERIFIER_FARM_MEMORY_QUEUE_H_
#define VERIFIER_FARM_MEMORY_QUEUE_H_

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "verifier/farm/clock.h"
#include "verifier/farm/queue.h"
#include "verifier/farm/turns.h"

namespace assay::farm {

class MemoryQueue final : public Queue {
 public:
  // `lane_counts` says how many lanes lease each kind: a retry avoids the
  // lane of its fault only where there is another.
  MemoryQueue(QueueBounds bounds, std::array<int, kKindCount> lane_counts,
              const Clock* clock = SystemClock());

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
  // The waiting entries of one problem of one call.
  struct Problem : Turns::Account {
    std::string name;
    std::deque<Entry> entries;
  };
  struct Call : Turns::Account {
    uint64_t number = 0;
    Turns turns;  // Among its problems.
    std::unordered_map<std::string, Problem> problems;
  };
  // The waiting entries of one kind.
  struct Ring {
    Turns turns;  // Among the calls.
    std::unordered_map<uint64_t, Call> calls;
    std::deque<Entry> retries;
    int64_t depth = 0;
    std::condition_variable changed;
  };
  // A leased entry, and who is charged for it: nobody for a retry, whose
  // problem may be gone.
  struct Held {
    Call* call = nullptr;
    Problem* problem = nullptr;
    double began_seconds = 0;
  };

  // Below: with mutex_ held.
  bool Fits(int64_t samples, int64_t bytes) const;
  double NowSeconds() const;
  std::optional<Entry> Take(Ring& ring, Kind kind, int lane);
  std::optional<Entry> TakeRetry(Ring& ring, Kind kind, int lane);
  std::optional<Entry> TakeNext(Ring& ring, Held* held);
  // Ends a lease; false where there is none.
  bool EndLease(const Entry& entry);
  // Drops what is neither waiting nor served.
  void Forget(Ring& ring, Call* call, Problem* problem);
  template <typename Predicate>
  void TakeIf(Predicate predicate, std::vector<Entry>* taken);
  void Release(const Entry& entry);

  const QueueBounds bounds_;
  const std::array<int, kKindCount> lane_counts_;
  const Clock* const clock_;
  const absl::Time start_;
  mutable std::mutex mutex_;
  std::array<Ring, kKindCount> rings_;
  std::unordered_map<uint64_t, Held> leased_;
  int64_t samples_ = 0;
  int64_t bytes_ = 0;
  int64_t buried_ = 0;
  // Not after any waiting entry's deadline: Expire looks no further before.
  absl::Time next_deadline_ = absl::InfiniteFuture();
  bool closed_ = false;
};

}  // namespace assay::farm

#endif  // VERIFIER_FARM_MEMORY_QUEUE_H_
