// Which test of a test set is likeliest to fail? Counted, bounded.
//
//   TestOdds odds;
//   const uint64_t set = TestOdds::KeyOf(tests);
//   for (size_t test : odds.Order(set, tests.size())) ... odds.Count(set,
//       tests.size(), test, failed);
//
// For samples of which only pass or fail is asked: where the tests run in this
// order until one fails, a wrong candidate costs the fewest runs. A test that
// was not run yet counts as one that fails every other time; of tests as
// likely to fail, the lower index comes first.
//
// Bounds: kTestSetsMax test sets of kTestsMax tests, the least recently used
// go first; a longer one keeps its own order. Counts are halved as they grow,
// so that the present candidates weigh most. Two test sets of one key share
// counts, which costs order alone. Threads: safe.
#ifndef VERIFIER_CODE_TEST_ODDS_H_
#define VERIFIER_CODE_TEST_ODDS_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "verifier/sample.h"

namespace assay::code {

class TestOdds {
 public:
  static constexpr size_t kTestSetsMax = 4096;
  static constexpr size_t kTestsMax = 2000;
  static constexpr uint32_t kCountMax = 1000;

  static uint64_t KeyOf(const StdioTests& tests);
  std::vector<size_t> Order(uint64_t set, size_t tests_count);
  void Count(uint64_t set, size_t tests_count, size_t test, bool failed);

 private:
  struct Odds {
    uint32_t runs = 0;
    uint32_t failures = 0;
  };
  struct Entry {
    uint64_t set;
    std::vector<Odds> tests;
  };

  // With mutex_ held.
  std::vector<Odds>* Find(uint64_t set);

  std::mutex mutex_;        // Guards what follows.
  std::list<Entry> order_;  // Most recent first.
  std::unordered_map<uint64_t, std::list<Entry>::iterator> index_;
};

}  // namespace assay::code

#endif  // VERIFIER_CODE_TEST_ODDS_H_
