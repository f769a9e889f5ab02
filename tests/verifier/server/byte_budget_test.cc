#include "verifier/server/byte_budget.h"

#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace assay::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ByteBudget, GrantsInOrderAndOneLargeOneAlone) {
  ByteBudget budget(100);
  std::vector<int> granted;
  EXPECT_TRUE(budget.Take(60, [&] { granted.push_back(0); }));
  EXPECT_FALSE(budget.Take(60, [&] { granted.push_back(1); }));
  EXPECT_FALSE(budget.Take(10, [&] { granted.push_back(2); }));  // Behind 1.
  EXPECT_FALSE(budget.Take(500, [&] { granted.push_back(3); }));
  EXPECT_THAT(granted, IsEmpty());
  budget.GiveBack(60);
  EXPECT_THAT(granted, ElementsAre(1, 2));
  budget.GiveBack(60);
  EXPECT_EQ(granted.size(), 2u);
  budget.GiveBack(10);
  EXPECT_THAT(granted, ElementsAre(1, 2, 3));
  budget.GiveBack(500);
  EXPECT_EQ(budget.used(), 0);
}

TEST(ByteBudget, ManyWhoGiveBackAtOnceAreServedWithoutRecursion) {
  ByteBudget budget(10);
  int served = 0;
  EXPECT_TRUE(budget.Take(10, [] {}));
  for (int i = 0; i < 200'000; ++i) {
    budget.Take(10, [&] {
      ++served;
      budget.GiveBack(10);
    });
  }
  budget.GiveBack(10);
  EXPECT_EQ(served, 200'000);
  EXPECT_EQ(budget.used(), 0);
}

TEST(ByteBudget, NeverGrantsMoreThanItHasNorForgetsOne) {
  ByteBudget budget(100);
  std::atomic<int64_t> held = 0;
  std::atomic<int> granted = 0;
  std::vector<std::thread> threads;
  for (unsigned seed = 0; seed < 4; ++seed) {
    threads.emplace_back([&, seed] {
      std::mt19937 random(seed);
      for (int i = 0; i < 5000; ++i) {
        const int64_t bytes = 1 + random() % 100;
        const auto use = [&, bytes] {
          EXPECT_LE(held += bytes, 100);
          ++granted;
          held -= bytes;
          budget.GiveBack(bytes);
        };
        if (budget.Take(bytes, use)) use();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(granted, 20'000);
  EXPECT_EQ(budget.used(), 0);
}

}  // namespace
}  // namespace assay::server
