// Which waiting pairs go into the next batch, and when does it close?
//
//   BatchFormer former({.size_max = 1 << 20, .age_max =
//   absl::Milliseconds(2)}); former.Add({.id = 7, .request = 3, .cost = 400,
//   .deadline = d}, now); while (std::optional<Batch> batch = former.Take(now))
//   Evaluate(*batch); Sleep until former.NextDue();
//
// A batch mixes requests and closes when `size_max` of cost waits, when the
// oldest pair is `age_max` old, or `deadline_margin` before the earliest
// deadline. A batch below `break_even` is for the host, at once.
//
// Fairness. Requests take turns, in portions, those near their deadline first;
// pairs of one request keep their order. While others wait, a request has at
// most half of a batch; what they leave is anybody's. So a request's pair
// waits for its turn and not for the length of another's queue.
//
// Pure: the clock is the caller's, which must not go backwards. A pair's
// points and primes never depend on its batch (points.h).
//
// Costs are in node-points. Bounds: kWaitingMax pairs; a pair above size_max
// has a batch of its own. Errors: Add answers false where it is full. Threads:
// one at a time.
#ifndef KERNELS_BATCH_FORMER_H_
#define KERNELS_BATCH_FORMER_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "absl/time/time.h"

namespace assay::kernels {

struct BatchLimits {
  uint64_t size_max = 1 << 22;
  uint64_t break_even = 1 << 16;
  absl::Duration age_max = absl::Milliseconds(2);
  // What a batch takes, with room to spare.
  absl::Duration deadline_margin = absl::Milliseconds(10);
};

struct WaitingPair {
  uint64_t id = 0;
  uint64_t request = 0;
  uint64_t cost = 1;  // At least 1.
  absl::Time deadline = absl::InfiniteFuture();
};

struct Batch {
  enum class Closed : uint8_t { kSize, kAge, kDeadline };
  Closed closed = Closed::kSize;
  bool on_host = false;
  uint64_t cost = 0;
  std::vector<WaitingPair> pairs;
};

class BatchFormer {
 public:
  static constexpr size_t kWaitingMax = size_t{1} << 20;

  explicit BatchFormer(const BatchLimits& limits) : limits_(limits) {}

  bool Add(const WaitingPair& pair, absl::Time now);
  // The next batch, where one is due.
  std::optional<Batch> Take(absl::Time now);
  // When one is due if nothing is added; the infinite future where none waits.
  absl::Time NextDue() const;
  // Drops what waits of a request; how many pairs those were.
  size_t Cancel(uint64_t request);
  size_t waiting() const { return waiting_; }

 private:
  struct Entry {
    WaitingPair pair;
    absl::Time arrival;
  };
  struct Request {
    uint64_t id = 0;
    std::deque<Entry> entries;  // Never empty between calls.
    // Rising: of each pair with an earlier deadline than all behind it.
    std::deque<absl::Time> deadlines;

    absl::Time deadline() const {
      return deadlines.empty() ? absl::InfiniteFuture() : deadlines.front();
    }
    void Push(const Entry& entry);
    void Pop();
  };

  std::optional<Batch::Closed> Due(absl::Time now) const;
  uint64_t Give(Request* request, uint64_t allowance, Batch* batch);
  void Fill(absl::Time now, Batch* batch);
  void DropEmpty();

  BatchLimits limits_;
  // In the order of their turns.
  std::deque<Request> requests_;
  size_t waiting_ = 0;
  uint64_t cost_ = 0;
};

}  // namespace assay::kernels

#endif  // KERNELS_BATCH_FORMER_H_
