#include "verifier/code/runs_ahead.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "verifier/code/test_odds.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;
using testing::ElementsAre;

// A lane that runs by a script, which is told the command's input.
class ScriptLane : public sandbox::Lane {
 public:
  using Script = std::function<RunResult(const std::string& input,
                                         const std::atomic<bool>* cancelled)>;
  explicit ScriptLane(Script script) : script_(std::move(script)) {}

  absl::StatusOr<std::unique_ptr<sandbox::Run>> Start(
      const sandbox::Command&) override {
    return absl::InternalError("not used");
  }
  absl::StatusOr<RunResult> RunToEnd(
      const sandbox::Command& command,
      const std::atomic<bool>* cancelled) override {
    ++runs;
    return script_(*command.input, cancelled);
  }
  int64_t deaths() const override { return deaths_count; }

  std::atomic<int> runs = 0;
  std::atomic<int64_t> deaths_count = 0;

 private:
  const Script script_;
};

RunResult Said(const std::string& text) {
  RunResult result;
  result.outcome = Outcome::kExited;
  result.stdout_text = text;
  return result;
}

RunResult Echo(const std::string& input, const std::atomic<bool>*) {
  return Said(input);
}

class RunsAheadTest : public testing::Test {
 protected:
  void Lend(ScriptLane* lane) { world_.idle.Add(lane); }
  std::unique_ptr<RunsAhead> Start(ScriptLane* own, size_t count) {
    world_.idle.Add(own);
    work_ = std::make_unique<IdleLanes::Work>(&world_.idle, own);
    return StartOnAny(own, count);
  }
  std::unique_ptr<RunsAhead> StartOnAny(ScriptLane* own, size_t count) {
    runner_ = std::make_unique<Runner>(&world_, own, &cancelled_);
    return std::make_unique<RunsAhead>(
        runner_.get(), RunLimits(), count, [](size_t place) {
          sandbox::Command command;
          command.input =
              std::make_shared<const std::string>(std::to_string(place));
          return command;
        });
  }

  CodeWorld world_{""};
  std::atomic<bool> cancelled_{false};
  std::unique_ptr<Runner> runner_;
  std::unique_ptr<IdleLanes::Work> work_;
};

TEST_F(RunsAheadTest, WithoutIdleLanesOneRunsAllInOrder) {
  ScriptLane own(Echo);
  auto runs = Start(&own, 5);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(runs->Next().stdout_text, std::to_string(i));
  }
  EXPECT_EQ(own.runs, 5);
}

TEST_F(RunsAheadTest, TheFirstRunsAloneThenLanesRunAtOnceAndOrderStays) {
  std::barrier both(2);
  const auto meet = [&](const std::string& input, const std::atomic<bool>*) {
    // Would wait for ever on one lane.
    if (input != "0") both.arrive_and_wait();
    return Said(input);
  };
  ScriptLane own(meet), other(meet);
  Lend(&other);
  auto runs = Start(&own, 41);
  for (int i = 0; i < 41; ++i) {
    EXPECT_EQ(runs->Next().stdout_text, std::to_string(i));
  }
  EXPECT_EQ(own.runs, 21);
  EXPECT_EQ(other.runs, 20);
}

TEST_F(RunsAheadTest, WhatRanAheadIsStoppedWhenNobodyAsksForMore) {
  std::atomic<bool> begun = false;
  const auto run = [&](const std::string& input,
                       const std::atomic<bool>* cancelled) {
    if (input == "2") {
      begun = true;
      while (!*cancelled) std::this_thread::yield();
    }
    while (input == "1" && !begun) std::this_thread::yield();
    return Said(input);
  };
  ScriptLane own(run), other(run);
  Lend(&other);
  auto runs = Start(&own, 3);
  runs->Next();
  std::thread canceller;
  // Where place 2 is the own lane's, its cancellation ends it.
  canceller = std::thread([&] {
    while (!begun) std::this_thread::yield();
    cancelled_ = true;
  });
  runs->Next();
  canceller.join();
  runs.reset();  // Ends place 2 on the borrowed lane.
}

TEST_F(RunsAheadTest, ALaneThatCannotSetUpCostsNoVerdict) {
  ScriptLane own(Echo);
  ScriptLane broken([](const std::string&, const std::atomic<bool>*) {
    return RunResult();  // kSetupFailed
  });
  Lend(&broken);
  auto runs = Start(&own, 100);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(runs->Next().stdout_text, std::to_string(i));
  }
}

TEST_F(RunsAheadTest, ALaneWithASampleOfItsOwnIsNotBorrowed) {
  ScriptLane own(Echo), other(Echo);
  Lend(&other);
  const IdleLanes::Work work(&world_.idle, &other);
  auto runs = Start(&own, 30);
  for (int i = 0; i < 30; ++i) runs->Next();
  EXPECT_EQ(other.runs, 0);
}

TEST_F(RunsAheadTest, NothingRunsElsewhereForALaneThatChangesItsRuns) {
  ScriptLane own(Echo), other(Echo);
  Lend(&other);
  auto runs = StartOnAny(&own, 30);
  for (int i = 0; i < 30; ++i) runs->Next();
  EXPECT_EQ(other.runs, 0);
}

TEST_F(RunsAheadTest, ALaneIsGivenBackWhenItsJudgeWantsIt) {
  std::unique_ptr<IdleLanes::Work> work;
  ScriptLane own(Echo);
  ScriptLane* lent = nullptr;
  ScriptLane other([&](const std::string& input, const std::atomic<bool>*) {
    if (work == nullptr) {
      work = std::make_unique<IdleLanes::Work>(&world_.idle, lent);
    }
    return Said(input);
  });
  lent = &other;
  Lend(&other);
  auto runs = Start(&own, 200);
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(runs->Next().stdout_text, std::to_string(i));
  }
  runs.reset();
  EXPECT_LE(other.runs, 1);
  EXPECT_GE(own.runs, 199);
}

TEST_F(RunsAheadTest, ABorrowedLanesDeathIsSeen) {
  std::barrier both(2);
  ScriptLane own([&](const std::string& input, const std::atomic<bool>*) {
    if (input != "0") both.arrive_and_wait();
    return Said(input);
  });
  ScriptLane* lent = nullptr;
  ScriptLane other([&](const std::string& input, const std::atomic<bool>*) {
    ++lent->deaths_count;
    both.arrive_and_wait();
    return Said(input);
  });
  lent = &other;
  Lend(&other);
  auto runs = Start(&own, 3);
  for (int i = 0; i < 3; ++i) runs->Next();
  EXPECT_TRUE(runs->broke_lane());
}

TEST_F(RunsAheadTest, ACancelledSampleWaitsForNoLane) {
  std::atomic<int> begun = 0;
  const auto wait = [&](const std::string& input,
                        const std::atomic<bool>* cancelled) {
    if (input == "0") return Said(input);
    ++begun;
    while (!*cancelled) std::this_thread::yield();
    RunResult result;
    result.outcome = Outcome::kCancelled;
    return result;
  };
  ScriptLane own(wait), other(wait);
  Lend(&other);
  auto runs = Start(&own, 50);
  runs->Next();
  std::thread canceller([&] {
    while (begun == 0) std::this_thread::yield();
    cancelled_ = true;
  });
  EXPECT_EQ(runs->Next().outcome, Outcome::kCancelled);
  canceller.join();
}

StdioTests Tests(int count) {
  StdioTests tests;
  for (int i = 0; i < count; ++i) {
    tests.tests.push_back({.input = std::to_string(i)});
  }
  return tests;
}

TEST(TestOdds, TheLikeliestToFailIsFirstThenTheLowestIndex) {
  TestOdds odds;
  const uint64_t set = TestOdds::KeyOf(Tests(4));
  EXPECT_THAT(odds.Order(set, 4), ElementsAre(0, 1, 2, 3));
  for (int i = 0; i < 10; ++i) {
    for (size_t test : {0, 1, 2, 3}) {
      odds.Count(set, 4, test, test == 2 || (test == 3 && i < 5));
    }
  }
  EXPECT_THAT(odds.Order(set, 4), ElementsAre(2, 3, 0, 1));
  const uint64_t other = TestOdds::KeyOf(Tests(5));
  EXPECT_NE(other, set);
  EXPECT_THAT(odds.Order(other, 5), ElementsAre(0, 1, 2, 3, 4));
}

TEST(TestOdds, PresentCandidatesWeighMost) {
  TestOdds odds;
  for (int i = 0; i < 5000; ++i) odds.Count(1, 2, 0, true);
  for (int i = 0; i < 5000; ++i) odds.Count(1, 2, 0, false);
  for (int i = 0; i < 1000; ++i) odds.Count(1, 2, 1, i % 4 == 0);
  EXPECT_THAT(odds.Order(1, 2), ElementsAre(1, 0));
}

TEST(TestOdds, ManyTestSetsAreBoundedAndOddTestsIgnored) {
  TestOdds odds;
  for (uint64_t set = 0; set < 3 * TestOdds::kTestSetsMax; ++set) {
    odds.Count(set, 3, 2, true);
    odds.Count(set, 3, 9, true);
  }
  EXPECT_THAT(odds.Order(0, 3), ElementsAre(0, 1, 2));  // Forgotten.
  EXPECT_THAT(odds.Order(3 * TestOdds::kTestSetsMax - 1, 3),
              ElementsAre(2, 0, 1));
  EXPECT_EQ(odds.Order(7, 100'000).size(), 100'000u);
}

}  // namespace
}  // namespace assay::code
