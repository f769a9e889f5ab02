// A static hash index over a table whose entries have a `name`.
//
// Threads: immutable once built. Bounds: the table holds < 2^15 entries.
#ifndef VERIFIER_MATH_NAME_INDEX_H_
#define VERIFIER_MATH_NAME_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::math {

template <typename Entry>
class NameIndex {
 public:
  template <size_t kCount>
  explicit NameIndex(const Entry (&table)[kCount]) : table_(table) {
    size_t size = 16;
    while (size < kCount * 4) size *= 2;
    mask_ = size - 1;
    slots_.assign(size, -1);
    for (size_t i = 0; i < kCount; ++i) {
      size_t slot = Hash(table[i].name) & mask_;
      while (slots_[slot] >= 0) slot = (slot + 1) & mask_;
      slots_[slot] = static_cast<int16_t>(i);
    }
  }

  const Entry* Find(std::string_view name) const {
    for (size_t slot = Hash(name) & mask_; slots_[slot] >= 0;
         slot = (slot + 1) & mask_) {
      const Entry& entry = table_[slots_[slot]];
      if (entry.name == name) return &entry;
    }
    return nullptr;
  }

 private:
  static size_t Hash(std::string_view name) {
    uint64_t h = name.size() * 0x9E3779B97F4A7C15u;
    for (unsigned char c : name) h = (h ^ c) * 0x100000001B3u;
    return h ^ (h >> 29);
  }

  const Entry* table_;
  size_t mask_ = 0;
  std::vector<int16_t> slots_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_NAME_INDEX_H_
