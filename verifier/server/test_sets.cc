#include "verifier/server/test_sets.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace assay::server {
std::shared_ptr<const TestSet> TestSetStore::Find(const std::string& digest) {
  std::lock_guard<std::mutex> lock(mutex_);
  const auto found = index_.find(digest);
  if (found == index_.end()) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  return *found->second;
}

bool TestSetStore::MakeRoom(int64_t bytes) {
  if (bytes > capacity_) return false;
  auto last = order_.end();
  while (used_ + bytes > capacity_ && last != order_.begin()) {
    --last;
    // Copies are made under mutex_ alone: none can come meanwhile.
    if (last->use_count() > 1) continue;
    used_ -= (*last)->bytes;
    index_.erase((*last)->digest);
    last = order_.erase(last);
  }
  return used_ + bytes <= capacity_;
}

absl::Status TestSetStore::Reserve(int64_t bytes) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (!MakeRoom(bytes)) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the store of test sets is full of those in use: ", used_,
                     " of ", capacity_, " bytes"));
  }
  used_ += bytes;
  return absl::OkStatus();
}

void TestSetStore::Release(int64_t bytes) {
  std::lock_guard<std::mutex> lock(mutex_);
  used_ -= bytes;
}

absl::Status TestSetStore::Keep(TestSet set, int64_t reserved_bytes) {
  Release(reserved_bytes);
  if (absl::Status status = Reserve(set.bytes); !status.ok()) return status;
  std::lock_guard<std::mutex> lock(mutex_);
  if (index_.count(set.digest) != 0) {  // Two sent it at once.
    used_ -= set.bytes;
    return absl::OkStatus();
  }
  const std::string digest = set.digest;
  order_.push_front(std::make_shared<const TestSet>(std::move(set)));
  index_[digest] = order_.begin();
  return absl::OkStatus();
}

int64_t TestSetStore::bytes() const {
  std::lock_guard<std::mutex> lock(mutex_);
  return used_;
}

}  // namespace assay::server
