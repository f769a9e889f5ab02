// Bodies that wait for each other on one thread.
#include "verifier/math/fibers.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace assay::math {
namespace {

TEST(Fibers, BodiesThatNeverWaitRunInOrder) {
  Fibers fibers(4);
  std::vector<size_t> order;
  int served = 0;
  fibers.Run(
      9, [&](size_t i) { order.push_back(i); }, [&] { ++served; });
  EXPECT_EQ(order, (std::vector<size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_EQ(served, 0);
  EXPECT_FALSE(fibers.inside());
}

TEST(Fibers, AllThatWaitAreServedTogether) {
  Fibers fibers(8);
  std::vector<int> waits(8);
  std::vector<int> together;
  int waiting = 0;
  fibers.Run(
      8,
      [&](size_t i) {
        for (size_t k = 0; k < i % 4; ++k) {
          ++waiting;
          fibers.Wait();
          ++waits[i];
        }
      },
      [&] {
        together.push_back(waiting);
        waiting = 0;
      });
  EXPECT_EQ(together, (std::vector<int>{6, 4, 2}));
  EXPECT_EQ(waits, (std::vector<int>{0, 1, 2, 3, 0, 1, 2, 3}));
}

TEST(Fibers, MoreBodiesThanFibersTakeTurns) {
  Fibers fibers(3);
  std::vector<int> ended(100);
  size_t inside_max = 0, inside = 0;
  fibers.Run(
      100,
      [&](size_t i) {
        EXPECT_LT(fibers.current(), 3u);
        inside_max = std::max(inside_max, ++inside);
        if (i % 3 != 0) fibers.Wait();
        if (i % 5 == 0) fibers.Wait();
        --inside;
        ++ended[i];
      },
      [] {});
  EXPECT_EQ(ended, std::vector<int>(100, 1));
  EXPECT_LE(inside_max, 3u);
}

// What stands on a stack stays, and errors stay on it.
TEST(Fibers, StacksAreTheirOwn) {
  Fibers fibers(16);
  std::vector<std::string> texts(64);
  for (int round = 0; round < 3; ++round) {
    fibers.Run(
        64,
        [&](size_t i) {
          char buffer[100'000];
          std::memset(buffer, static_cast<int>('a' + i % 20), sizeof(buffer));
          try {
            fibers.Wait();
            if (i % 2 == 0) throw std::runtime_error(std::to_string(i));
            texts[i] = std::string(buffer + 500, 3);
          } catch (const std::runtime_error& e) {
            texts[i] = e.what();
          }
          fibers.Wait();
          EXPECT_EQ(buffer[99'999], static_cast<char>('a' + i % 20));
        },
        [] {});
  }
  EXPECT_EQ(texts[4], "4");
  EXPECT_EQ(texts[5], "fff");
}

int Deep(int n) {
  volatile char frame[1024];
  frame[0] = static_cast<char>(n);
  return n == 0 ? 0 : Deep(n - 1) + 1 + (frame[0] - static_cast<char>(n));
}

int64_t ResidentKb() {
  std::ifstream file("/proc/self/status");
  for (std::string word; file >> word;) {
    int64_t value = 0;
    if (word == "VmRSS:" && file >> value) return value;
  }
  return 0;
}

TEST(Fibers, DeepBodiesGiveTheirMemoryBack) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "frames are larger here";
#endif
  Fibers fibers(32);
  const int64_t before = ResidentKb();
  fibers.Run(
      32,
      [&](size_t) {
        fibers.Wait();  // So that each has a fiber of its own.
        EXPECT_EQ(Deep(5'000), 5'000);
      },
      [] {});
  // 32 bodies of more than 5 MiB each.
  EXPECT_LT(ResidentKb(), before + 16 * 1024);
}

// As deep as a thread: the grammar's bounds on depth were chosen for that.
TEST(Fibers, HaveAThreadsDepth) {
  Fibers fibers(2);
  int depth = 0;
  fibers.Run(
      1, [&](size_t) { depth = Deep(5'000); }, [] {});
  EXPECT_EQ(depth, 5'000);
}

}  // namespace
}  // namespace assay::math
