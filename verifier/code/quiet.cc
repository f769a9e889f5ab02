#include "verifier/code/quiet.h"

namespace assay::code {

bool QuietGate::TryEnterAlone() {
  absl::MutexLock lock(&mutex_);
  if (alone_wall_ > kQuietStart + kQuietShare * shared_wall_) return false;
  mutex_.Await(absl::Condition(
      +[](bool* alone) { return !*alone; }, &alone_));
  alone_ = true;  // Keeps new runs out while the others end.
  mutex_.Await(absl::Condition(
      +[](int* running) { return *running == 0; }, &running_));
  return true;
}

void QuietGate::LeaveAlone(absl::Duration wall) {
  absl::MutexLock lock(&mutex_);
  alone_ = false;
  alone_wall_ += wall;
}

void QuietGate::Enter() {
  absl::MutexLock lock(&mutex_);
  mutex_.Await(absl::Condition(
      +[](bool* alone) { return !*alone; }, &alone_));
  ++running_;
}

void QuietGate::Leave(absl::Duration wall) {
  absl::MutexLock lock(&mutex_);
  --running_;
  shared_wall_ += wall;
}

}  // namespace assay::code
