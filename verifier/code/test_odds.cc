#include "verifier/code/test_odds.h"

#include <algorithm>
#include <numeric>

#include "absl/hash/hash.h"

namespace assay::code {

uint64_t TestOdds::KeyOf(const StdioTests& tests) {
  uint64_t key = tests.tests.size();
  for (const StdioTest& test : tests.tests) {
    key = absl::HashOf(key, test.input, test.expected_output);
  }
  return key;
}

std::vector<TestOdds::Odds>* TestOdds::Find(uint64_t set) {
  const auto found = index_.find(set);
  if (found == index_.end()) return nullptr;
  order_.splice(order_.begin(), order_, found->second);
  return &found->second->tests;
}

std::vector<size_t> TestOdds::Order(uint64_t set, size_t tests_count) {
  std::vector<size_t> order(tests_count);
  std::iota(order.begin(), order.end(), 0);
  if (tests_count > kTestsMax) return order;
  const std::lock_guard lock(mutex_);
  const std::vector<Odds>* const odds = Find(set);
  if (odds == nullptr || odds->size() != tests_count) return order;
  std::vector<double> failing;
  for (const Odds& test : *odds) {
    failing.push_back((test.failures + 1.0) / (test.runs + 2.0));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return failing[a] > failing[b]; });
  return order;
}

void TestOdds::Count(uint64_t set, size_t tests_count, size_t test,
                     bool failed) {
  if (tests_count > kTestsMax || test >= tests_count) return;
  const std::lock_guard lock(mutex_);
  std::vector<Odds>* odds = Find(set);
  if (odds == nullptr) {
    order_.push_front({set, {}});
    index_[set] = order_.begin();
    odds = &order_.front().tests;
    if (order_.size() > kTestSetsMax) {
      index_.erase(order_.back().set);
      order_.pop_back();
    }
  }
  odds->resize(tests_count);
  Odds& each = (*odds)[test];
  each.runs += 1;
  each.failures += failed ? 1 : 0;
  if (each.runs > kCountMax) {
    each.runs /= 2;
    each.failures /= 2;
  }
}

}  // namespace assay::code
