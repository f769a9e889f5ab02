// A bounded store of what was made before, by its exact key.
//
//   LruStore<Binary> store(256 << 20);
//   store.Put(key, binary, binary->size());
//   std::optional<Binary> again = store.Get(key);
//
// The least recently used entries make room. Bound: `capacity_bytes` of keys
// and declared sizes; one larger entry is not kept. Threads: safe.
#ifndef VERIFIER_CODE_LRU_H_
#define VERIFIER_CODE_LRU_H_

#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace assay::code {

template <typename T>
class LruStore {
 public:
  explicit LruStore(size_t capacity_bytes) : capacity_(capacity_bytes) {}

  std::optional<T> Get(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = index_.find(key);
    if (found == index_.end()) return std::nullopt;
    order_.splice(order_.begin(), order_, found->second);
    return found->second->value;
  }

  void Put(const std::string& key, T value, size_t bytes) {
    bytes += key.size() * 2 + 256;
    const std::lock_guard lock(mutex_);
    if (bytes > capacity_ || index_.contains(key)) return;
    order_.push_front({key, std::move(value), bytes});
    index_[key] = order_.begin();
    used_ += bytes;
    while (used_ > capacity_) {
      used_ -= order_.back().bytes;
      index_.erase(order_.back().key);
      order_.pop_back();
    }
  }

 private:
  struct Entry {
    std::string key;
    T value;
    size_t bytes;
  };

  const size_t capacity_;
  std::mutex mutex_;  // Guards what follows.
  size_t used_ = 0;
  std::list<Entry> order_;  // Most recent first.
  std::unordered_map<std::string, typename std::list<Entry>::iterator> index_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_LRU_H_
