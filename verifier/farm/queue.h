// Where do admitted samples wait, and who may take one? The one place.
//
//   std::vector<Entry> entries = ...;
//   RETURN_IF_ERROR(queue.Enqueue(entries));     // All or none.
//   std::optional<Entry> entry = queue.Lease(Kind::kCode, lane);  // Blocks.
//   queue.Ack(*entry);                           // Or Retry, or Bury.
//
// An entry is waiting, leased or gone. It holds its room (a count and bytes)
// from Enqueue to Ack or Bury, so that the bound covers what lanes hold too.
// Order: the lanes' time is shared evenly over the calls, and within a call
// over its problems, so that neither a flood nor one stuck problem holds back
// the others; within a problem, first in first out. Retries go first.
//
// Errors: Enqueue answers RESOURCE_EXHAUSTED, and moves nothing, when the
// entries do not fit; ask again when room was made.
// Threads: every method may be called by any thread.
#ifndef VERIFIER_FARM_QUEUE_H_
#define VERIFIER_FARM_QUEUE_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "verifier/sample.h"

namespace assay::farm {

// Which lanes may take a sample.
enum class Kind : uint8_t { kCode = 0, kMath = 1 };
inline constexpr int kKindCount = 2;

Kind KindOf(const Sample& sample);
std::string_view Name(Kind kind);

// Bytes that a sample and its report hold: its texts, and for every test
// kTestCostBytes, and kOutputCostBytes where its output is to be reported;
// for each of many pairs kPairCostBytes.
inline constexpr int64_t kTestCostBytes = 512;
inline constexpr int64_t kOutputCostBytes = 2 * 4096;
inline constexpr int64_t kSampleCostBytes = 1024;
inline constexpr int64_t kPairCostBytes = 64;  // Of one of many pairs.
int64_t CostBytes(const Sample& sample);

// A sample that waits or is leased.
struct Entry {
  uint64_t ticket = 0;  // Names it; never given twice.
  uint64_t call = 0;
  Kind kind = Kind::kCode;
  absl::Time admitted;
  absl::Time deadline = absl::InfiniteFuture();
  int64_t cost_bytes = 0;
  int fault_count = 0;  // Attempts that ended by a fault of ours.
  int break_count = 0;  // Of these, attempts that broke the judge.
  int fault_lane = -1;  // The lane of the last fault, to be avoided.
  Sample sample;
};

struct QueueBounds {
  int64_t samples_max = 65536;
  int64_t bytes_max = int64_t{1} << 30;
};

class Queue {
 public:
  virtual ~Queue() = default;

  // Takes all entries or none. An entry larger than bytes_max fits an empty
  // queue, so that nothing waits for ever.
  virtual absl::Status Enqueue(std::vector<Entry>& entries) = 0;
  // Whether `samples` entries that cost `bytes` together would be taken.
  virtual bool HasRoom(int64_t samples, int64_t bytes) const = 0;

  // The next entry that `lane` may take; blocks until there is one. Nothing
  // once the queue is closed.
  virtual std::optional<Entry> Lease(Kind kind, int lane) = 0;
  // Keeps a lease alive; false where it is no longer held.
  virtual bool Extend(uint64_t ticket) = 0;
  // Ends a lease: done with; again, on another lane where there is one; or
  // set aside for the operator and never leased again.
  virtual void Ack(const Entry& entry) = 0;
  virtual void Retry(Entry entry) = 0;
  virtual void Bury(const Entry& entry) = 0;

  // Takes the waiting entries of a call, or of all, back out.
  virtual std::vector<Entry> Withdraw(uint64_t call) = 0;
  virtual std::vector<Entry> WithdrawAll() = 0;
  // Takes the waiting entries out whose deadline is not after `now`.
  virtual std::vector<Entry> Expire(absl::Time now) = 0;

  // Waiting entries; waiting and leased ones, and their bytes.
  virtual int64_t depth(Kind kind) const = 0;
  virtual int64_t samples() const = 0;
  virtual int64_t bytes() const = 0;
  virtual int64_t buried() const = 0;
  // How long the oldest waiting entry has waited; zero where none waits.
  virtual absl::Duration OldestAge(absl::Time now) const = 0;

  // Wakes every Lease, which answers nothing from here on.
  virtual void Close() = 0;
};

}  // namespace assay::farm

#endif  // VERIFIER_FARM_QUEUE_H_
