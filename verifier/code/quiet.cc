#include "verifier/code/quiet.h"

#include <algorithm>

namespace assay::code {

bool QuietGate::TryEnterAlone() {
  std::unique_lock lock(mutex_);
  if (alone_wall_ > kQuietStart + kQuietShare * shared_wall_) return false;
  changed_.wait(lock, [this] { return !alone_; });
  alone_ = true;  // Keeps new runs out while the others end.
  changed_.wait(lock, [this] { return running_ == 0; });
  return true;
}

void QuietGate::LeaveAlone(absl::Duration wall) {
  const std::lock_guard lock(mutex_);
  alone_ = false;
  alone_wall_ += wall * peak_;
  changed_.notify_all();
}

void QuietGate::Enter() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !alone_; });
  peak_ = std::max(peak_, ++running_);
}

void QuietGate::Leave(absl::Duration wall) {
  const std::lock_guard lock(mutex_);
  --running_;
  shared_wall_ += wall;
  changed_.notify_all();
}

}  // namespace assay::code
