// What a farm answered.
#ifndef TESTS_VERIFIER_FARM_INBOX_H_
#define TESTS_VERIFIER_FARM_INBOX_H_

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

#include "verifier/farm/farm.h"

namespace assay::farm {

// Collects reports and waits for a number of them.
class Inbox {
 public:
  Completion completion() {
    return [this](Report report) {
      std::lock_guard<std::mutex> lock(mutex_);
      reports_.push_back(std::move(report));
      changed_.notify_all();
    };
  }
  std::vector<Report> Await(std::size_t count) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return reports_.size() >= count; });
    return reports_;
  }
  std::vector<Report> Now() { return Await(0); }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Report> reports_;
};

}  // namespace assay::farm

#endif  // TESTS_VERIFIER_FARM_INBOX_H_
