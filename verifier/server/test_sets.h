// Which test sets were sent before? A bounded store, by digest.
//
//   TestSetStore store(capacity_bytes);
//   absl::Status status = store.Reserve(chunk.size());  // While one comes in.
//   store.Keep(set, reserved_bytes);                    // Room was reserved.
//   std::shared_ptr<const TestSet> set = store.Find(digest);  // Or null.
//
// The least recently used make room; one that a sample holds is in use, and
// stays: Reserve then answers RESOURCE_EXHAUSTED.
// Bounds: capacity_bytes of test sets and of reservations together.
// Threads: every method may be called by any thread.
#ifndef VERIFIER_SERVER_TEST_SETS_H_
#define VERIFIER_SERVER_TEST_SETS_H_

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"
#include "verifier/sample.h"

namespace assay::server {

class TestSetStore {
 public:
  explicit TestSetStore(int64_t capacity_bytes) : capacity_(capacity_bytes) {}

  std::shared_ptr<const TestSet> Find(const std::string& digest);
  absl::Status Reserve(int64_t bytes);
  void Release(int64_t bytes);
  // Trades a reservation for the test set's own bytes. RESOURCE_EXHAUSTED:
  // these do not fit; the reservation is released either way.
  absl::Status Keep(TestSet set, int64_t reserved_bytes);
  // Of test sets and reservations.
  int64_t bytes() const;

 private:
  using Order = std::list<std::shared_ptr<const TestSet>>;

  // With mutex_ held: drops what is not in use until `bytes` more fit.
  bool MakeRoom(int64_t bytes);

  const int64_t capacity_;
  mutable std::mutex mutex_;
  int64_t used_ = 0;
  Order order_;  // Most recent first.
  std::unordered_map<std::string, Order::iterator> index_;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_TEST_SETS_H_
