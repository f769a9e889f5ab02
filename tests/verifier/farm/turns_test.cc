#include "verifier/farm/turns.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/verifier/farm/fake_judge.h"
#include "verifier/farm/memory_queue.h"

namespace assay::farm {
namespace {

TEST(Turns, TheOneWithFewestLanesThenLeastServedIsNext) {
  Turns turns;
  Turns::Account a, b, c;
  turns.Wait(&a);
  turns.Wait(&b);
  EXPECT_EQ(turns.Next(0), &a);
  turns.Begin(&a, 0);
  EXPECT_EQ(turns.Next(0), &b);
  turns.Begin(&b, 0);
  turns.End(&b, 0, 1);
  EXPECT_EQ(turns.Next(1), &b);  // A lane serves a still.
  turns.End(&a, 0, 3);
  EXPECT_EQ(turns.Next(3), &b);
  turns.Wait(&c);  // Starts where b is: after it.
  EXPECT_EQ(turns.Next(3), &b);
  turns.Begin(&b, 3);
  EXPECT_EQ(turns.Next(3), &c);
  turns.Rest(&c);
  EXPECT_TRUE(c.idle());
  EXPECT_EQ(turns.Next(3), &a);
  turns.Begin(&a, 3);
  EXPECT_EQ(turns.Next(3), &b);  // As many lanes, less time.
  turns.Rest(&a);
  turns.Rest(&b);
  EXPECT_EQ(turns.Next(6), nullptr);
  EXPECT_FALSE(b.idle());
}

TEST(Turns, NothingIsSavedUpWhileAway) {
  Turns turns;
  Turns::Account old, fresh;
  turns.Wait(&old);
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(turns.Next(i), &old);
    turns.Begin(&old, i);
    turns.End(&old, i, i + 1);
  }
  turns.Wait(&fresh);
  int fresh_turns = 0;
  for (int i = 100; i < 200; ++i) {
    Turns::Account* next = turns.Next(i);
    fresh_turns += next == &fresh ? 1 : 0;
    turns.Begin(next, i);
    turns.End(next, i, i + 1);
  }
  EXPECT_NEAR(fresh_turns, 50, 1);
}

// Lanes that serve a queue in simulated time.
class Simulation {
 public:
  Simulation(int lanes)
      : queue_({}, {lanes, 1}, &clock_),
        lanes_(static_cast<std::size_t>(lanes)) {}

  void Add(uint64_t call, const std::string& problem, int count,
           absl::Duration each) {
    std::vector<Entry> entries;
    for (int i = 0; i < count; ++i) {
      Entry& entry = entries.emplace_back();
      entry.ticket = ++tickets_;
      entry.call = call;
      entry.sample = CodeOf(problem);
      entry.sample.problem = problem;
      spans_[entry.ticket] = each;
    }
    ASSERT_TRUE(queue_.Enqueue(entries).ok());
  }

  // Runs until all is served; when each problem's last sample ended.
  std::map<std::string, absl::Duration> Run() {
    std::map<std::string, absl::Duration> ends;
    const absl::Time start = clock_.Now();
    for (;;) {
      for (std::size_t i = 0; i < lanes_.size(); ++i) {
        if (lanes_[i].entry || queue_.depth(Kind::kCode) == 0) continue;
        lanes_[i].entry = queue_.Lease(Kind::kCode, static_cast<int>(i));
        lanes_[i].end = clock_.Now() + spans_[lanes_[i].entry->ticket];
      }
      Lane* first = nullptr;
      for (Lane& lane : lanes_) {
        if (lane.entry && (!first || lane.end < first->end)) first = &lane;
      }
      if (first == nullptr) return ends;
      clock_.Advance(first->end - clock_.Now());
      ends[first->entry->sample.problem] = clock_.Now() - start;
      queue_.Ack(*first->entry);
      first->entry.reset();
    }
  }

 private:
  struct Lane {
    std::optional<Entry> entry;
    absl::Time end;
  };
  FakeClock clock_;
  MemoryQueue queue_;
  std::vector<Lane> lanes_;
  std::map<uint64_t, absl::Duration> spans_;
  uint64_t tickets_ = 0;
};

TEST(Fairness, OneStuckProblemHoldsBackNoOther) {
  Simulation farm(/*lanes=*/2);
  farm.Add(1, "stuck", 64, absl::Seconds(30));
  for (int i = 0; i < 20; ++i) {
    farm.Add(1, "p" + std::to_string(i), 64, absl::Milliseconds(20));
  }
  const auto ends = farm.Run();
  // 25.6 s of work of all the others, on the lane that is not stuck.
  for (const auto& [problem, end] : ends) {
    if (problem == "stuck") continue;
    EXPECT_LE(end, absl::Seconds(27)) << problem;
  }
  EXPECT_GE(ends.at("stuck"), absl::Seconds(32 * 30));
}

TEST(Fairness, OneStuckCallHoldsBackNoOther) {
  Simulation farm(/*lanes=*/4);
  for (int i = 0; i < 10; ++i) {
    farm.Add(1, "stuck" + std::to_string(i), 20, absl::Seconds(30));
  }
  farm.Add(2, "quick", 500, absl::Milliseconds(20));
  EXPECT_LE(farm.Run().at("quick"), absl::Seconds(11));
}

TEST(Fairness, CallsShareTheLanesHoweverManyProblemsTheyHave) {
  Simulation farm(/*lanes=*/1);
  for (int i = 0; i < 50; ++i) {
    farm.Add(1, "many" + std::to_string(i), 10, absl::Milliseconds(10));
  }
  farm.Add(2, "one", 100, absl::Milliseconds(10));
  EXPECT_LE(farm.Run().at("one"), absl::Milliseconds(2020));
}

}  // namespace
}  // namespace assay::farm
