// The batch former with a clock of the test's own: what closes a batch, who is
// in it, and a simulator of requests of all sizes.
#include "kernels/batch_former.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace assay::kernels {
namespace {

using absl::Milliseconds;
using Closed = Batch::Closed;

const absl::Time kStart = absl::FromUnixSeconds(1000);

BatchLimits Small() {
  BatchLimits limits;
  limits.size_max = 100;
  limits.break_even = 20;
  limits.age_max = Milliseconds(2);
  limits.deadline_margin = Milliseconds(10);
  return limits;
}

TEST(BatchFormer, ClosesAtSizeAgeAndDeadline) {
  BatchFormer former(Small());
  EXPECT_EQ(former.NextDue(), absl::InfiniteFuture());
  EXPECT_FALSE(former.Take(kStart).has_value());
  // Age.
  ASSERT_TRUE(former.Add({.id = 1, .request = 1, .cost = 30}, kStart));
  EXPECT_FALSE(former.Take(kStart + Milliseconds(1)).has_value());
  EXPECT_EQ(former.NextDue(), kStart + Milliseconds(2));
  auto batch = former.Take(kStart + Milliseconds(2));
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->closed, Closed::kAge);
  EXPECT_FALSE(batch->on_host);
  // Deadline, and too small for a device.
  ASSERT_TRUE(former.Add(
      {.id = 2, .request = 1, .cost = 5, .deadline = kStart + Milliseconds(11)},
      kStart));
  EXPECT_EQ(former.NextDue(), kStart + Milliseconds(1));
  batch = former.Take(kStart + Milliseconds(1));
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->closed, Closed::kDeadline);
  EXPECT_TRUE(batch->on_host);
  // Size, at once.
  for (uint64_t id = 0; id < 5; ++id) {
    ASSERT_TRUE(former.Add({.id = id, .request = 1, .cost = 25}, kStart));
  }
  EXPECT_EQ(former.NextDue(), absl::InfinitePast());
  batch = former.Take(kStart);
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->closed, Closed::kSize);
  EXPECT_EQ(batch->cost, 100u);
  EXPECT_EQ(former.waiting(), 1u);
}

TEST(BatchFormer, ARequestHasHalfWhileOthersWait) {
  BatchFormer former(Small());
  for (uint64_t id = 0; id < 500; ++id) {
    ASSERT_TRUE(former.Add({.id = id, .request = 1}, kStart));
  }
  for (uint64_t id = 1000; id < 1070; ++id) {
    ASSERT_TRUE(former.Add({.id = id, .request = 2}, kStart));
  }
  auto batch = former.Take(kStart);
  ASSERT_TRUE(batch.has_value());
  const auto share = [&](uint64_t request) {
    return std::count_if(
        batch->pairs.begin(), batch->pairs.end(),
        [&](const WaitingPair& pair) { return pair.request == request; });
  };
  EXPECT_EQ(share(1), 50);
  EXPECT_EQ(share(2), 50);
  // The second has 20 left: what it leaves is the first's.
  batch = former.Take(kStart);
  EXPECT_EQ(share(2), 20);
  EXPECT_EQ(share(1), 80);
  // Alone, all is its own, and in its order.
  batch = former.Take(kStart);
  EXPECT_EQ(share(1), 100);
  EXPECT_TRUE(std::is_sorted(
      batch->pairs.begin(), batch->pairs.end(),
      [](const WaitingPair& a, const WaitingPair& b) { return a.id < b.id; }));
}

TEST(BatchFormer, TheUrgentComeFirst) {
  BatchFormer former(Small());
  for (uint64_t r = 1; r <= 9; ++r) {
    for (int k = 0; k < 40; ++k) {
      ASSERT_TRUE(former.Add({.id = r, .request = r, .cost = 3}, kStart));
    }
  }
  ASSERT_TRUE(former.Add({.id = 99,
                          .request = 99,
                          .cost = 40,
                          .deadline = kStart + Milliseconds(5)},
                         kStart));
  const auto batch = former.Take(kStart);
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->pairs.front().id, 99u);
}

TEST(BatchFormer, HugePairsGoAloneAndCancelledOnesNot) {
  BatchFormer former(Small());
  ASSERT_TRUE(former.Add({.id = 1, .request = 1, .cost = 1000}, kStart));
  ASSERT_TRUE(former.Add({.id = 2, .request = 2, .cost = 60}, kStart));
  ASSERT_TRUE(former.Add({.id = 3, .request = 3, .cost = 7}, kStart));
  EXPECT_EQ(former.Cancel(3), 1u);
  EXPECT_EQ(former.Cancel(3), 0u);
  auto batch = former.Take(kStart);
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->pairs.size(), 1u);
  EXPECT_EQ(batch->pairs[0].id, 1u);
  batch = former.Take(kStart + Milliseconds(2));
  ASSERT_TRUE(batch.has_value());
  EXPECT_EQ(batch->pairs[0].id, 2u);
  EXPECT_EQ(former.waiting(), 0u);
  EXPECT_FALSE(former.Take(kStart + absl::Hours(1)).has_value());
}

TEST(BatchFormer, RefusesBeyondItsBound) {
  BatchFormer former({});
  for (size_t k = 0; k < BatchFormer::kWaitingMax; ++k) {
    ASSERT_TRUE(former.Add({.id = k, .request = 1}, kStart));
  }
  EXPECT_FALSE(former.Add({.id = 0, .request = 2}, kStart));
}

// One device that takes a millisecond a batch, a request that floods it, and
// small ones that come and go.
TEST(BatchFormer, Simulated) {
  std::mt19937_64 random(4);
  BatchFormer former(Small());
  struct Seen {
    absl::Time added;
    uint64_t request;
  };
  std::map<uint64_t, Seen> open;
  uint64_t next_id = 1, small_taken = 0, small_open = 0, batches = 0, cost = 0;
  absl::Duration worst_small = absl::ZeroDuration();
  absl::Time now = kStart;
  const auto add = [&](uint64_t request, uint64_t pair_cost) {
    ASSERT_TRUE(former.Add(
        {.id = next_id, .request = request, .cost = pair_cost}, now));
    open[next_id++] = {now, request};
    cost += pair_cost;
    small_open += request == 1 ? 0 : 1;
  };
  for (int step = 0; step < 4000; ++step) {
    // The flood is more than the device takes.
    for (int k = 0; k < 30 && former.waiting() < 20000; ++k) {
      add(1, 1 + random() % 8);
    }
    if (random() % 3 == 0) {
      const uint64_t request = 2 + random() % 5;
      for (uint64_t k = 0; k <= random() % 4; ++k)
        add(request, 1 + random() % 9);
    }
    if (const auto batch = former.Take(now)) {
      ++batches;
      ASSERT_LE(batch->cost, 100u);
      ASSERT_FALSE(batch->pairs.empty());
      uint64_t flood = 0;
      for (const WaitingPair& pair : batch->pairs) {
        const auto at = open.find(pair.id);
        ASSERT_TRUE(at != open.end()) << "twice, or never added";
        ASSERT_EQ(at->second.request, pair.request);
        if (pair.request != 1) {
          worst_small = std::max(worst_small, now - at->second.added);
          ++small_taken;
          --small_open;
        } else {
          flood += pair.cost;
        }
        cost -= pair.cost;
        open.erase(at);
      }
      // More than half only where no other waits any more.
      if (flood > 50) {
        ASSERT_EQ(small_open, 0u);
      }
      ASSERT_EQ(former.waiting(), open.size());
    }
    now += Milliseconds(1);
  }
  EXPECT_GT(small_taken, 2000u);
  EXPECT_GT(batches, 3500u);
  // Small requests wait for their turn, not for the flood's twenty thousand.
  EXPECT_LE(worst_small, Milliseconds(4));
}

}  // namespace
}  // namespace assay::kernels
