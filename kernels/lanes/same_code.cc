#include "kernels/lanes/same_code.h"

#include <algorithm>
#include <bit>

namespace assay::kernels::lanes {
namespace {

constexpr uint32_t kNone = ~uint32_t{0};

uint64_t Mixed(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
  return hash ^ hash >> 29;
}

// Numbers the groups, by a table of the first tape of each.
class Numbering {
 public:
  Numbering(std::span<const LaneTape> tapes, std::span<const uint32_t> words,
            std::span<const int64_t> integers)
      : tapes_(tapes),
        words_(words),
        integers_(integers),
        mask_(std::bit_ceil(2 * tapes.size() + 1) - 1),
        table_(mask_ + 1, kNone) {}

  uint32_t GroupOf(uint32_t tape) {
    for (size_t at = HashOf(tapes_[tape]) & mask_;; at = (at + 1) & mask_) {
      if (table_[at] == kNone) {
        table_[at] = static_cast<uint32_t>(first_.size());
        first_.push_back(tape);
        return table_[at];
      }
      if (Same(tapes_[first_[table_[at]]], tapes_[tape])) return table_[at];
    }
  }
  size_t groups() const { return first_.size(); }

 private:
  std::span<const uint32_t> WordsOf(const LaneTape& tape) const {
    return words_.subspan(tape.word, tape.words);
  }
  std::span<const int64_t> IntegersOf(const LaneTape& tape) const {
    return integers_.subspan(tape.integer, tape.integers);
  }
  uint64_t HashOf(const LaneTape& tape) const {
    uint64_t hash = tape.words;
    for (uint32_t word : WordsOf(tape)) hash = Mixed(hash, word);
    for (int64_t n : IntegersOf(tape)) {
      hash = Mixed(hash, static_cast<uint64_t>(n));
    }
    return hash;
  }
  bool Same(const LaneTape& a, const LaneTape& b) const {
    return std::ranges::equal(WordsOf(a), WordsOf(b)) &&
           std::ranges::equal(IntegersOf(a), IntegersOf(b));
  }

  std::span<const LaneTape> tapes_;
  std::span<const uint32_t> words_;
  std::span<const int64_t> integers_;
  size_t mask_;
  std::vector<uint32_t> table_;  // Numbers of groups, by hash.
  std::vector<uint32_t> first_;  // By number of the group.
};

}  // namespace

SameCode::SameCode(std::span<const LaneTape> tapes,
                   std::span<const uint32_t> words,
                   std::span<const int64_t> integers, uint32_t tapes_max)
    : order_(tapes.size()) {
  Numbering numbering(tapes, words, integers);
  std::vector<uint32_t> group(tapes.size());
  for (uint32_t t = 0; t < tapes.size(); ++t) group[t] = numbering.GroupOf(t);
  std::vector<uint32_t> next(numbering.groups() + 1, 0);
  for (uint32_t g : group) ++next[g + 1];
  for (size_t g = 0; g + 1 < next.size(); ++g) {
    for (uint32_t first = 0; first < next[g + 1]; first += tapes_max) {
      begins_.push_back(next[g] + first);
    }
    next[g + 1] += next[g];
  }
  begins_.push_back(static_cast<uint32_t>(tapes.size()));
  for (uint32_t t = 0; t < tapes.size(); ++t) order_[next[group[t]]++] = t;
}

}  // namespace assay::kernels::lanes
