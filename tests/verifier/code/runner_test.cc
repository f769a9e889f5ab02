#include "verifier/code/runner.h"

#include <gtest/gtest.h>

#include <csignal>

#include "tests/verifier/code/fake_lane.h"
#include "verifier/code/late_runs.h"
#include "verifier/code/outcome.h"

namespace assay::code {
namespace {

using sandbox::Outcome;
using sandbox::RunResult;

RunResult Ended(Outcome outcome, double cpu_s, double wall_s = 1,
                double delay_s = 0) {
  RunResult result;
  result.outcome = outcome;
  result.cpu = absl::Seconds(cpu_s);
  result.wall = absl::Seconds(wall_s);
  result.scheduling_delay = absl::Seconds(delay_s);
  return result;
}

struct Row {
  const char* name;
  RunResult first;
  bool repeated;
};

class TimeRule : public testing::Test {
 protected:
  RunResult Run() {
    RunLimits limits;
    limits.time = absl::Seconds(2);
    Runner runner(&world_, &lane_, &cancelled_);
    return runner.Run(sandbox::Command(), limits);
  }
  CodeWorld world_{""};
  FakeLane lane_;
  const std::atomic<bool> cancelled_{false};
};

TEST_F(TimeRule, RepeatsAloneOnlyInTheBandOrWhereStarved) {
  const Row rows[] = {
      {"quick", Ended(Outcome::kExited, 0.1), false},
      {"just within", Ended(Outcome::kExited, 1.99), false},
      {"just over", Ended(Outcome::kExited, 2.1), true},
      {"crashed over", Ended(Outcome::kSignaled, 2.4), true},
      {"far over", Ended(Outcome::kCpuTime, 2.5), false},
      {"sleeper", Ended(Outcome::kWallTime, 0.1, 8, 0), false},
      {"starved", Ended(Outcome::kWallTime, 0.3, 8, 1.7), true},
      {"slightly delayed", Ended(Outcome::kWallTime, 0.3, 8, 1.5), false},
      {"our fault", Ended(Outcome::kSetupFailed, 2.1), false},
      {"cancelled", Ended(Outcome::kCancelled, 2.1), false},
  };
  for (const Row& row : rows) {
    lane_.commands.clear();
    lane_.results = {row.first, Ended(Outcome::kExited, 1.5)};
    const RunResult result = Run();
    EXPECT_EQ(lane_.commands.size(), row.repeated ? 2u : 1u) << row.name;
    EXPECT_EQ(result.outcome,
              row.repeated ? Outcome::kExited : row.first.outcome)
        << row.name;
    EXPECT_EQ(lane_.commands[0].limits.cpu, absl::Seconds(2.5));
    EXPECT_EQ(lane_.commands[0].limits.wall, absl::Seconds(8));
    if (row.repeated) {
      EXPECT_EQ(lane_.commands[1].limits.cpu, absl::Seconds(2));
    }
  }
}

// Both runs had no core: that is no verdict on the program. One whose threads
// waited for each other, or that slept, has none but itself to blame.
TEST_F(TimeRule, ARunWithoutACoreIsTheHostsFault) {
  RunResult starved = Ended(Outcome::kWallTime, 0.3, 8, 7.5);
  starved.longest_delay = absl::Seconds(7.5);
  lane_.results = {starved, starved};
  RunResult result = Run();
  EXPECT_EQ(result.outcome, Outcome::kSetupFailed);
  const Finding finding = FindingOf(result, RunLimits());
  EXPECT_EQ(finding.cause, Cause::kHost);
  EXPECT_EQ(finding.reason,
            "sandbox: the host gave the run no core for 7.5s of 8s");
  RunResult crowd = Ended(Outcome::kWallTime, 1.9, 8, 60);
  crowd.longest_delay = absl::Seconds(3.4);
  lane_.results = {crowd, crowd};
  EXPECT_EQ(Run().outcome, Outcome::kWallTime);
  lane_.results = {starved, Ended(Outcome::kWallTime, 0.1, 8, 0.1)};
  EXPECT_EQ(Run().outcome, Outcome::kWallTime);
  EXPECT_EQ(lane_.commands.size(), 6u);
}

TEST_F(TimeRule, AKillThatWasNotOursIsAskedOnceMore) {
  RunResult killed = Ended(Outcome::kSignaled, 0.1);
  killed.signal = SIGKILL;
  lane_.results = {killed, Ended(Outcome::kExited, 0.1)};
  EXPECT_EQ(Run().outcome, Outcome::kExited);
  lane_.results = {killed, killed};
  EXPECT_EQ(Run().outcome, Outcome::kSignaled);
  EXPECT_EQ(lane_.commands.size(), 4u);
  RunResult crashed = Ended(Outcome::kSignaled, 0.1);
  crashed.signal = SIGSEGV;
  lane_.results = {crashed};
  EXPECT_EQ(Run().outcome, Outcome::kSignaled);
}

TEST_F(TimeRule, ADeadLauncherIsAskedOnceMore) {
  lane_.results = {absl::UnavailableError("gone"),
                   Ended(Outcome::kExited, 0.1)};
  EXPECT_EQ(Run().outcome, Outcome::kExited);
  lane_.results = {absl::UnavailableError("gone"),
                   absl::UnavailableError("gone")};
  const RunResult failed = Run();
  EXPECT_EQ(failed.outcome, Outcome::kSetupFailed);
  const Finding finding = FindingOf(failed, RunLimits());
  EXPECT_EQ(finding.verdict, Verdict::kNoVerdict);
  EXPECT_EQ(finding.cause, Cause::kHost);
}

TEST(Outcomes, EveryEndHasItsVerdict) {
  RunLimits limits;
  const struct {
    Outcome outcome;
    Verdict verdict;
  } rows[] = {
      {Outcome::kExited, Verdict::kAccepted},
      {Outcome::kSignaled, Verdict::kRuntimeError},
      {Outcome::kCpuTime, Verdict::kTimeLimit},
      {Outcome::kWallTime, Verdict::kTimeLimit},
      {Outcome::kMemory, Verdict::kMemoryLimit},
      {Outcome::kOutput, Verdict::kOutputLimit},
      {Outcome::kViolation, Verdict::kSecurityViolation},
      {Outcome::kCancelled, Verdict::kNoVerdict},
      {Outcome::kSetupFailed, Verdict::kNoVerdict},
  };
  for (const auto& row : rows) {
    RunResult result = Ended(row.outcome, 0.1);
    result.signal = 11;
    EXPECT_EQ(FindingOf(result, limits).verdict, row.verdict);
  }
  RunResult result = Ended(Outcome::kSignaled, 0.1);
  result.signal = 6;
  result.stderr_text = "terminate called ... 'std::bad_alloc'";
  EXPECT_EQ(FindingOf(result, limits).verdict, Verdict::kMemoryLimit);
  result.stderr_text.clear();
  result.peak_memory_bytes = limits.memory_bytes;
  EXPECT_EQ(FindingOf(result, limits).verdict, Verdict::kMemoryLimit);
  result.outcome = Outcome::kExited;
  result.exit_code = 1;
  EXPECT_EQ(FindingOf(result, limits).verdict, Verdict::kRuntimeError);
}

TEST(Outcomes, ReasonsAreOneLineOfText) {
  EXPECT_EQ(OneLine("a\nb\x01"), "a b ");
  EXPECT_EQ(OneLine("\xff"
                    "a"),
            "?a");
  EXPECT_EQ(OneLine("\xc3\xa9"), "\xc3\xa9");
  EXPECT_EQ(OneLine("\xc3\xa9", 1), "?");
  EXPECT_EQ(OneLine("\xed\xa0\x80"), "???");
}

TEST_F(TimeRule, WithoutAQuietSlotItIsRepeatedAmongTheOthers) {
  ASSERT_TRUE(world_.quiet.TryEnterAlone());
  world_.quiet.LeaveAlone(2 * kQuietStart);
  lane_.results = {Ended(Outcome::kExited, 2.1), Ended(Outcome::kExited, 1.5)};
  EXPECT_EQ(Run().outcome, Outcome::kExited);
  lane_.results = {Ended(Outcome::kExited, 2.1), Ended(Outcome::kCpuTime, 2)};
  EXPECT_EQ(Run().outcome, Outcome::kCpuTime);
  EXPECT_EQ(lane_.commands.size(), 4u);
}

TEST(LateRuns, FourWholeLimitsAfterTheFirst) {
  RunLimits limits;
  limits.time = absl::Seconds(2);
  const RunResult slow = Ended(Outcome::kCpuTime, 2);
  const RunResult idle = Ended(Outcome::kWallTime, 0.1, 8);
  const RunResult quick = Ended(Outcome::kExited, 0.2, 0.3);
  LateRuns late(limits);
  for (int i = 0; i < 1000; ++i) {  // Costs nothing before the first.
    late.Count(Verdict::kAccepted, slow);
    ASSERT_TRUE(late.MayStart());
  }
  late.Count(Verdict::kTimeLimit, slow);
  for (const RunResult& run : {slow, idle, slow}) {
    late.Count(Verdict::kTimeLimit, run);
    EXPECT_TRUE(late.MayStart());
  }
  for (int i = 0; i < 9; ++i) late.Count(Verdict::kAccepted, quick);
  EXPECT_TRUE(late.MayStart());
  late.Count(Verdict::kTimeLimit, slow);
  EXPECT_FALSE(late.MayStart());
}

// A run alone costs what all lanes could have run.
TEST(QuietGate, AloneCountsForEveryLane) {
  QuietGate gate;
  { QuietGate::Shared one(&gate), two(&gate), three(&gate); }
  ASSERT_TRUE(gate.TryEnterAlone());
  gate.LeaveAlone(kQuietStart / 2);
  EXPECT_FALSE(gate.TryEnterAlone());
}

TEST(QuietGate, RunsAloneAreAShareOfAllRuns) {
  QuietGate gate;
  ASSERT_TRUE(gate.TryEnterAlone());
  gate.LeaveAlone(2 * kQuietStart);
  EXPECT_FALSE(gate.TryEnterAlone());
}

}  // namespace
}  // namespace assay::code
