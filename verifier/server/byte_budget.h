// How many bytes may be at hand at once? First come, first served.
//
//   ByteBudget budget(int64_t{256} << 20);
//   if (budget.Take(bytes, [] { ... granted later ... })) { ... granted ... }
//   budget.GiveBack(bytes);
//
// A request larger than the whole budget is granted when nothing is at hand.
// Threads: every method may be called by any thread. `granted` runs in
// a GiveBack, on its thread, without a lock of the budget, and may itself give
// back; it runs once, unless Take granted at once. Who waits gives back what it
// was granted, even where it does not want it any more.
#ifndef VERIFIER_SERVER_BYTE_BUDGET_H_
#define VERIFIER_SERVER_BYTE_BUDGET_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace assay::server {

class ByteBudget {
 public:
  explicit ByteBudget(int64_t bytes_max) : bytes_max_(bytes_max) {}

  bool Take(int64_t bytes, std::function<void()> granted) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (waiting_.empty() && Fits(bytes)) {
      used_ += bytes;
      return true;
    }
    waiting_.push_back({bytes, std::move(granted)});
    return false;
  }

  void GiveBack(int64_t bytes) {
    std::unique_lock<std::mutex> lock(mutex_);
    used_ -= bytes;
    if (granting_) return;  // Below, on this or another thread.
    granting_ = true;
    while (!waiting_.empty() && Fits(waiting_.front().first)) {
      used_ += waiting_.front().first;
      const std::function<void()> granted = std::move(waiting_.front().second);
      waiting_.pop_front();
      lock.unlock();
      granted();
      lock.lock();
    }
    granting_ = false;
  }

  int64_t used() const {
    std::lock_guard<std::mutex> lock(mutex_);
    return used_;
  }

 private:
  bool Fits(int64_t bytes) const {
    return used_ == 0 || used_ + bytes <= bytes_max_;
  }

  const int64_t bytes_max_;
  mutable std::mutex mutex_;
  int64_t used_ = 0;
  bool granting_ = false;
  std::deque<std::pair<int64_t, std::function<void()>>> waiting_;
};

}  // namespace assay::server

#endif  // VERIFIER_SERVER_BYTE_BUDGET_H_
