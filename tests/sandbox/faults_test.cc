// Launchers, fork servers and pids 1 are killed at random moments while runs
// are in flight: each run ends as it should have, or as a fault of ours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

// A round in which a fork server or its holder dies takes seconds on a busy
// machine; ASSAY_FAULT_ROUNDS asks for more.
constexpr int kRounds = 40;
constexpr int kRunsPerRound = 4;
// Lane 0's launcher bears the name of that of the shared sandbox.
constexpr int kLane = 1;
constexpr char kLaneName[] = "assay-lane-1";

constexpr char kRuntime[] = R"(
def main(request, reply_fd):
    exec(compile(request, "<candidate>", "exec"), {})
    return 0
)";

std::unique_ptr<Sandbox> Start() {
  SandboxOptions options = TestOptions();
  options.lane_count = kLane + 1;
  Profile profile;
  profile.name = "python";
  profile.interpreter = "/usr/bin/python3";
  profile.runtime_source = kRuntime;
  options.profiles = {profile};
  auto sandbox = Sandbox::Start(options);
  EXPECT_TRUE(sandbox.ok()) << sandbox.status();
  return sandbox.ok() ? *std::move(sandbox) : nullptr;
}

// Children of the lane's launcher by name; "self" is the launcher.
std::multimap<std::string, int> Family() {
  std::multimap<std::string, int> family;
  const int lane = FindDescendant(kLaneName);
  if (lane < 0) return family;
  family.emplace("self", lane);
  std::ifstream children(
      absl::StrCat("/proc/", lane, "/task/", lane, "/children"));
  for (int child = 0; children >> child;) {
    std::ifstream file(absl::StrCat("/proc/", child, "/comm"));
    std::string name;
    std::getline(file, name);
    family.emplace(name, child);
  }
  return family;
}

// A program of which the right end is known: every odd one is warm.
Command Numbered(int number) {
  if (number % 2 == 0) {
    return Shell(absl::StrCat("sleep 0.0", number % 9, "; echo ", number,
                              "; exit ", number % 7));
  }
  Command command;
  command.profile = "python";
  command.policy = "python";
  command.request = MakeBlob(
      absl::StrCat("import time\ntime.sleep(0.0", number % 9, ")\nprint(",
                   number, ")\nraise SystemExit(", number % 7, ")"));
  return command;
}

bool EndedRight(const RunResult& result, int number) {
  return result.outcome == Outcome::kExited && result.exit_code == number % 7 &&
         result.stdout_text == absl::StrCat(number, "\n");
}

TEST(Faults, NoKillMakesAWrongEnd) {
  if (access("/usr/bin/python3", X_OK) != 0) GTEST_SKIP() << "no python3";
  const auto before = Descendants();
  auto sandbox = Start();
  ASSERT_NE(sandbox, nullptr);
  if (!sandbox->enforcement().pid_namespace) {
    GTEST_SKIP() << "no fork servers and no pids 1 here";
  }
  Lane& lane = sandbox->lane(kLane);
  std::mt19937 random(20261121);
  const char* wanted = std::getenv("ASSAY_FAULT_ROUNDS");
  const int rounds = wanted == nullptr ? kRounds : std::atoi(wanted);
  int right = 0;
  int ours = 0;
  std::map<std::string, int> kills;
  for (int round = 0; round < rounds; ++round) {
    // What serves is known before clones of it are there.
    std::multimap<std::string, int> idle = Family();
    std::vector<std::unique_ptr<sandbox::Run>> runs;
    for (int i = 0; i < kRunsPerRound; ++i) {
      auto run = lane.Start(Numbered(round * kRunsPerRound + i));
      ASSERT_TRUE(run.ok()) << run.status();
      runs.push_back(*std::move(run));
    }
    absl::SleepFor(absl::Microseconds(random() % 20000));
    static constexpr const char* kTargets[] = {
        "box-init",     "python3",  "box-init", "python3",
        "assay-holder", "box-init", "python3",  "self"};
    const std::string target = kTargets[random() % std::size(kTargets)];
    if (target != "python3") idle = Family();
    auto [first, last] = idle.equal_range(target);
    const auto count = std::distance(first, last);
    if (count > 0) {
      std::advance(first, static_cast<long>(random()) % count);
      if (kill(first->second, SIGKILL) == 0) ++kills[target];
    }
    for (int i = 0; i < kRunsPerRound; ++i) {
      absl::StatusOr<RunResult> result = runs[static_cast<size_t>(i)]->Wait();
      if (!result.ok()) {
        EXPECT_EQ(result.status().code(), absl::StatusCode::kUnavailable)
            << result.status();
        ++ours;
      } else if (result->outcome == Outcome::kSetupFailed) {
        ++ours;
      } else {
        EXPECT_TRUE(EndedRight(*result, round * kRunsPerRound + i))
            << "after " << target << ": " << Name(result->outcome) << " "
            << result->exit_code << " " << result->signal << " "
            << result->stdout_text << result->stderr_text;
        ++right;
      }
    }
  }
  // The lane serves on, and most runs were not concerned.
  absl::StatusOr<RunResult> after = absl::UnavailableError("none");
  for (int i = 0; i < 600 && !(after.ok() && EndedRight(*after, 1)); ++i) {
    absl::SleepFor(absl::Milliseconds(100));  // A server may be warming up.
    after = lane.RunToEnd(Numbered(1), nullptr);
  }
  EXPECT_TRUE(after.ok() && EndedRight(*after, 1)) << after.status();
  for (const auto& [name, count] : kills) {
    RecordProperty(name, count);
    EXPECT_GT(count, 0);
  }
  EXPECT_EQ(kills.size(), 4u);
  RecordProperty("right", right);
  RecordProperty("ours", ours);
  EXPECT_GT(ours, 0);
  sandbox.reset();
  EXPECT_TRUE(NewSince(before).empty());
}

}  // namespace
}  // namespace assay::sandbox
