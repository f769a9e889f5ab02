#include "verifier/farm/farm.h"

#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/verifier/farm/fake_judge.h"
#include "tests/verifier/farm/gate.h"
#include "tests/verifier/farm/inbox.h"

namespace assay::farm {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

FarmOptions Quiet(const Clock* clock = SystemClock()) {
  FarmOptions options;
  options.sweep_period = absl::ZeroDuration();
  options.rest_after_faults = 0;
  options.clock = clock;
  return options;
}

std::vector<Sample> Maths(int count, std::string prefix = "m") {
  std::vector<Sample> samples;
  for (int i = 0; i < count; ++i) {
    samples.push_back(MathOf(prefix + std::to_string(i), i));
  }
  return samples;
}

TEST(Farm, AnswersEverySampleOnItsKindOfLane) {
  Farm farm(Quiet(), [](Kind kind, int lane) {
    return std::make_unique<FakeJudge>(
        [kind](const Sample& sample, const std::atomic<bool>&, int) {
          Report report = Accept(sample);
          report.reason = std::string(Name(kind));
          return report;
        },
        lane);
  });
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = {MathOf("a", 0), CodeOf("b", 1)};
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  farm.Close(call);
  std::map<std::string, std::string> reasons;
  for (const Report& report : inbox.Await(2)) {
    reasons[report.id] = report.reason;
  }
  EXPECT_EQ(reasons["a"], "math");
  EXPECT_EQ(reasons["b"], "code");
  EXPECT_TRUE(farm.Drain(absl::Seconds(10)));
  EXPECT_EQ(farm.unanswered(), 0);
}

TEST(Farm, AHostFaultIsRetriedOnceOnAnotherLane) {
  FarmOptions options = Quiet();
  options.math_lanes = 2;
  std::mutex mutex;
  std::vector<int> lanes;
  Farm farm(options, Fakes([&](const Sample& sample, const std::atomic<bool>&,
                               int lane) {
              std::lock_guard<std::mutex> lock(mutex);
              lanes.push_back(lane);
              return lanes.size() == 1 ? HostFault(sample) : Accept(sample);
            }));
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(1);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  EXPECT_EQ(inbox.Await(1)[0].verdict, Verdict::kAccepted);
  ASSERT_EQ(lanes.size(), 2u);
  EXPECT_NE(lanes[0], lanes[1]);
}

TEST(Farm, ASecondHostFaultStands) {
  std::atomic<int> asked = 0;
  Farm farm(Quiet(),
            Fakes([&](const Sample& sample, const std::atomic<bool>&, int) {
              ++asked;
              return HostFault(sample);
            }));
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(1);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  const Report report = inbox.Await(1)[0];
  EXPECT_EQ(report.verdict, Verdict::kNoVerdict);
  EXPECT_EQ(report.cause, Cause::kHost);
  EXPECT_FALSE(report.score.has_value());
  EXPECT_EQ(asked, 2);
}

TEST(Farm, ASampleThatBreaksTwoJudgesIsPoisonAndTheLanesLiveOn) {
  FarmOptions options = Quiet();
  std::atomic<int> poisoned = 0;
  options.on_fault = [&](const Fault& fault) {
    EXPECT_TRUE(fault.threw);
    if (fault.poisoned) ++poisoned;
  };
  std::atomic<int> judges = 0;
  Farm farm(options, [&](Kind, int lane) {
    ++judges;
    return std::make_unique<FakeJudge>(
        [](const Sample& sample, const std::atomic<bool>&, int) {
          if (sample.id == "m0") throw std::runtime_error("boom");
          if (sample.id == "m1") throw 7;
          return Accept(sample);
        },
        lane);
  });
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(3);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  std::map<std::string, Report> reports;
  for (Report& report : inbox.Await(3)) reports[report.id] = report;
  EXPECT_EQ(reports["m0"].cause, Cause::kPoison);
  EXPECT_THAT(reports["m0"].reason, HasSubstr("boom"));
  EXPECT_EQ(reports["m1"].cause, Cause::kPoison);
  EXPECT_EQ(reports["m2"].verdict, Verdict::kAccepted);
  EXPECT_EQ(poisoned, 2);
  EXPECT_EQ(judges, 5);  // A fresh one after each of four throws.
  EXPECT_EQ(farm.queue().buried(), 2);
}

TEST(Farm, AJudgeThatCannotBeMadeIsOurFault) {
  Farm farm(Quiet(), [](Kind, int) -> std::unique_ptr<Judge> {
    throw std::runtime_error("no sandbox");
  });
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(1);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  EXPECT_EQ(inbox.Await(1)[0].verdict, Verdict::kNoVerdict);
}

TEST(Farm, AJudgeWithoutAVerdictIsOurFault) {
  Farm farm(Quiet(), Fakes([](const Sample& sample, const std::atomic<bool>&,
                              int) { return Report::For(sample); }));
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(1);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  EXPECT_EQ(inbox.Await(1)[0].cause, Cause::kHost);
}

TEST(Farm, AFloodDelaysOthersByOneSampleEach) {
  Gate gate;
  Farm farm(Quiet(),
            Fakes([&](const Sample& sample, const std::atomic<bool>&, int) {
              if (sample.id == "first") gate.Pass();
              return Accept(sample);
            }));
  Inbox inbox;
  const uint64_t flood = farm.Open(absl::InfiniteFuture(), inbox.completion());
  const uint64_t small = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> first = {MathOf("first")};
  ASSERT_TRUE(farm.Admit(flood, first).ok());
  gate.AwaitArrivals(1);
  std::vector<Sample> many = Maths(1000);
  ASSERT_TRUE(farm.Admit(flood, many).ok());
  std::vector<Sample> one = {MathOf("small")};
  ASSERT_TRUE(farm.Admit(small, one).ok());
  gate.Open();
  const std::vector<Report> reports = inbox.Await(1002);
  std::size_t place = 0;
  while (reports[place].id != "small") ++place;
  EXPECT_LE(place, 3u);
}

TEST(Farm, FullIsRefusedWholeAndTakesNothing) {
  FarmOptions options = Quiet();
  options.bounds.samples_max = 3;
  Gate gate;
  Farm farm(options,
            Fakes([&](const Sample& sample, const std::atomic<bool>&, int) {
              gate.Pass();
              return Accept(sample);
            }));
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(4);
  EXPECT_FALSE(farm.CouldFit(samples));
  EXPECT_EQ(farm.Admit(call, samples).code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(samples.size(), 4u);
  EXPECT_EQ(samples[3].id, "m3");
  samples.pop_back();
  EXPECT_TRUE(farm.CouldFit(samples));
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  gate.Open();
  inbox.Await(3);
}

TEST(Farm, ARoomsWaitersAreWokenInOrderAndGoFirst) {
  FarmOptions options = Quiet();
  options.bounds.samples_max = 1;
  Gate gate;
  Farm farm(options,
            Fakes([&](const Sample& sample, const std::atomic<bool>&, int) {
              if (sample.id == "m0") gate.Pass();
              return Accept(sample);
            }));
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  EXPECT_FALSE(farm.AwaitRoom(call, 1, [] { FAIL(); }));
  std::vector<Sample> samples = Maths(1);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  gate.AwaitArrivals(1);
  for (const char* id : {"x", "y"}) {
    ASSERT_TRUE(farm.AwaitRoom(call, 1, [&, id] {
      std::vector<Sample> one = {MathOf(id)};
      if (std::string(id) == "x") {  // Another still waits: not past it.
        EXPECT_FALSE(farm.Admit(call, one).ok());
      }
      EXPECT_TRUE(farm.Admit(call, one, /*woken=*/true).ok());
    }));
  }
  gate.Open();
  std::vector<std::string> ids;
  for (const Report& report : inbox.Await(3)) ids.push_back(report.id);
  EXPECT_THAT(ids, ElementsAre("m0", "x", "y"));
}

TEST(Farm, CancelAnswersWaitingSamplesAndStopsRunningOnes) {
  Gate gate;
  Farm farm(Quiet(), Fakes([&](const Sample& sample,
                               const std::atomic<bool>& cancelled, int) {
              gate.Pass();
              while (!cancelled) std::this_thread::yield();
              return HostFault(sample);
            }));
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(10);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  gate.AwaitArrivals(1);
  farm.Cancel(call, "the client went away");
  EXPECT_EQ(inbox.Now().size(), 9u);  // Before Cancel returned.
  gate.Open();
  for (const Report& report : inbox.Await(10)) {
    EXPECT_EQ(report.cause, Cause::kCancelled) << report.reason;
  }
  std::vector<Sample> more = Maths(1);
  EXPECT_EQ(farm.Admit(call, more).code(), absl::StatusCode::kCancelled);
  farm.Close(call);
  EXPECT_EQ(farm.queue().bytes(), 0);
}

TEST(Farm, CancelWakesTheCallsWaiter) {
  FarmOptions options = Quiet();
  options.bounds.samples_max = 1;
  Gate gate;
  Farm farm(options,
            Fakes([&](const Sample& sample, const std::atomic<bool>&, int) {
              gate.Pass();
              return Accept(sample);
            }));
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(1);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  int wakes = 0;
  ASSERT_TRUE(farm.AwaitRoom(call, 1, [&] { ++wakes; }));
  farm.Cancel(call, "gone");
  EXPECT_EQ(wakes, 1);
  gate.Open();
  inbox.Await(1);
}

TEST(Farm, DeadlinesEndWaitingAndRunningSamples) {
  FakeClock clock;
  FarmOptions options = Quiet(&clock);
  options.math_deadline = absl::Seconds(30);
  Gate gate;
  gate.Open();
  Farm farm(options, Fakes([&](const Sample& sample,
                               const std::atomic<bool>& cancelled, int) {
              gate.Pass();
              while (!cancelled) std::this_thread::yield();
              Report report = Report::For(sample);
              report.Refuse(Cause::kCancelled, "told to stop");
              return report;
            }));
  Inbox inbox;
  const uint64_t call =
      farm.Open(clock.Now() + absl::Seconds(5), inbox.completion());
  std::vector<Sample> samples = Maths(3);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  gate.AwaitArrivals(1);
  clock.Advance(absl::Seconds(4));
  farm.Sweep();
  EXPECT_THAT(inbox.Now(), IsEmpty());
  clock.Advance(absl::Seconds(1));
  farm.Sweep();
  for (const Report& report : inbox.Await(3)) {
    EXPECT_EQ(report.cause, Cause::kCancelled);
  }
  // Without one of the call, that of the kind counts.
  const uint64_t patient =
      farm.Open(absl::InfiniteFuture(), inbox.completion());
  samples = Maths(2);
  ASSERT_TRUE(farm.Admit(patient, samples).ok());
  gate.AwaitArrivals(2);
  clock.Advance(absl::Seconds(30));
  farm.Sweep();
  inbox.Await(5);
}

TEST(Farm, DrainFinishesWhatItCanAndRefusesTheRest) {
  Gate gate;
  Farm farm(Quiet(),
            Fakes([&](const Sample& sample, const std::atomic<bool>&, int) {
              gate.Pass();
              return Accept(sample);
            }));
  Inbox inbox;
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(3);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  gate.AwaitArrivals(1);
  gate.Open();
  EXPECT_TRUE(farm.Drain(absl::Seconds(60)));
  EXPECT_EQ(inbox.Now().size(), 3u);
  std::vector<Sample> more = Maths(1);
  EXPECT_EQ(farm.Admit(call, more).code(), absl::StatusCode::kUnavailable);
}

TEST(Farm, DrainAnswersForAJudgeThatNeverReturns) {
  FarmOptions options = Quiet();
  options.stop_margin = absl::Milliseconds(1);
  Gate gate;
  Inbox inbox;
  {
    Farm farm(options,
              Fakes([&](const Sample& sample, const std::atomic<bool>&, int) {
                gate.Pass();
                return Accept(sample);
              }));
    const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
    std::vector<Sample> samples = Maths(3);
    samples[0].labels = {{"k", "v"}};
    ASSERT_TRUE(farm.Admit(call, samples).ok());
    gate.AwaitArrivals(1);
    EXPECT_FALSE(farm.Drain(absl::ZeroDuration()));
    const std::vector<Report> reports = inbox.Now();
    ASSERT_EQ(reports.size(), 3u);
    for (const Report& report : reports) {
      EXPECT_EQ(report.cause, Cause::kCancelled);
      if (report.id == "m0") {
        EXPECT_EQ(report.labels.size(), 1u);
      }
    }
    EXPECT_EQ(farm.unanswered(), 0);
    gate.Open();
  }
  EXPECT_EQ(inbox.Now().size(), 3u);  // Its late answer is dropped.
}

TEST(Farm, ALaneThatKeepsFaultingRestsAndStopsAtOnce) {
  FarmOptions options = Quiet();
  options.rest_after_faults = 1;
  Inbox inbox;
  Farm farm(options, Fakes([&](const Sample& sample, const std::atomic<bool>&,
                               int) { return HostFault(sample); }));
  const uint64_t call = farm.Open(absl::InfiniteFuture(), inbox.completion());
  std::vector<Sample> samples = Maths(2);
  ASSERT_TRUE(farm.Admit(call, samples).ok());
  for (const Report& report : inbox.Await(2)) {
    EXPECT_EQ(report.cause, Cause::kHost);
  }
}

}  // namespace
}  // namespace assay::farm
