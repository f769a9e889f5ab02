// A door that fake judges wait at until it is opened.
#ifndef TESTS_VERIFIER_FARM_GATE_H_
#define TESTS_VERIFIER_FARM_GATE_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace assay::farm {

class Gate {
 public:
  void Open() {
    std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void Pass() {
    std::unique_lock<std::mutex> lock(mutex_);
    Arrive();
    changed_.wait(lock, [this] { return open_; });
  }
  // The same for a judge that may be cancelled meanwhile, which nobody tells.
  void Pass(const std::atomic<bool>& cancelled) {
    std::unique_lock<std::mutex> lock(mutex_);
    Arrive();
    while (!open_ && !cancelled) {
      changed_.wait_for(lock, std::chrono::milliseconds(1));
    }
  }
  void AwaitArrivals(int count) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return arrived_ >= count; });
  }

 private:
  void Arrive() {
    ++arrived_;
    changed_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int arrived_ = 0;
};

}  // namespace assay::farm

#endif  // TESTS_VERIFIER_FARM_GATE_H_
