// A peak of memory means the same with a control group, and without.
//
// The band: a program that touches N bytes peaks between N and N + 12 MiB,
// with a control group that counts its pages, and without one, where its
// resident pages are looked at and its kernel's own peak is taken. What pages
// of shared libraries and the box's own files add is within those 12 MiB.
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

constexpr int64_t kMiB = int64_t{1} << 20;
constexpr int64_t kBandBytes = 12 * kMiB;

// The same host with its control groups left out; null where it has none.
Sandbox* WithoutCgroup() {
  static auto* const sandbox = [] {
    SandboxOptions options = TestOptions();
    options.without_for_test = {"cgroup"};
    return new absl::StatusOr<std::unique_ptr<Sandbox>>(
        Sandbox::Start(options));
  }();
  return sandbox->ok() ? (*sandbox)->get() : nullptr;
}

// Before any thread.
Sandbox* const without_cgroup = WithoutCgroup();

std::string Touches(int64_t bytes, int children) {
  return "#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n"
         "#include <sys/wait.h>\n"
         "int main(void) { for (int i = 0; i < " +
         std::to_string(children) +
         "; ++i) if (fork() == 0) { char* volatile p = malloc(" +
         std::to_string(bytes) + "); memset(p, 1, " + std::to_string(bytes) +
         "); usleep(400000); return p[77] - 1; }\n"
         "int status; while (wait(&status) > 0) if (status) return 1;\n" +
         (children > 0 ? "return 0; }\n"
                       : "char* volatile p = malloc(" + std::to_string(bytes) +
                             "); memset(p, 1, " + std::to_string(bytes) +
                             "); return p[77] - 1; }\n");
}

RunResult RunIn(Sandbox* sandbox, const Command& command) {
  absl::StatusOr<RunResult> result =
      sandbox->lane(0).RunToEnd(command, nullptr);
  if (result.ok()) return *std::move(result);
  ADD_FAILURE() << result.status();
  return RunResult();
}

struct Case {
  int64_t bytes;
  int children;
};

class Memory : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    ASSERT_NE(without_cgroup, nullptr);
    if (Native("int main(void) { return 0; }").argv.empty()) {
      GTEST_SKIP() << "no C compiler";
    }
  }
};

TEST_P(Memory, PeaksAgree) {
  const auto& [bytes, children] = GetParam();
  const int64_t expected = bytes * std::max(children, 1);
  Command command = Native(Touches(bytes, children));
  command.limits.memory_bytes = 512 * kMiB;
  std::vector<std::pair<const char*, Sandbox*>> modes = {
      {"as the host has it", &SharedSandbox()}, {"none", without_cgroup}};
  for (const auto& [mode, sandbox] : modes) {
    RunResult result = RunIn(sandbox, command);
    EXPECT_EQ(Name(result.outcome), "exited") << mode;
    EXPECT_EQ(result.exit_code, 0) << mode;
    EXPECT_GE(result.peak_memory_bytes, expected) << mode;
    EXPECT_LE(result.peak_memory_bytes, expected + kBandBytes) << mode;
  }
}

TEST_P(Memory, LimitsAgree) {
  const auto& [bytes, children] = GetParam();
  const int64_t expected = bytes * std::max(children, 1);
  Command command = Native(Touches(bytes, children));
  for (Sandbox* sandbox : {&SharedSandbox(), without_cgroup}) {
    command.limits.memory_bytes = expected + kBandBytes;
    EXPECT_EQ(RunIn(sandbox, command).exit_code, 0);
    if (expected < 8 * kMiB) continue;  // What every program needs.
    command.limits.memory_bytes = expected / 2;
    RunResult result = RunIn(sandbox, command);
    // A limit of addresses lets malloc fail: the program crashes instead.
    EXPECT_TRUE(result.outcome != Outcome::kExited || result.exit_code != 0)
        << sandbox->enforcement().ToString();
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, Memory,
                         ::testing::Values(Case{1 * kMiB, 0},
                                           Case{40 * kMiB, 0},
                                           Case{150 * kMiB, 0},
                                           Case{20 * kMiB, 4}));

// A child is killed for want of memory; whoever hears of it first and cancels
// the run still learns why.
TEST(Memory, WasTheReasonThoughTheRunWasCancelled) {
  if (SharedSandbox().enforcement().cgroup == Enforcement::Cgroup::kNone) {
    GTEST_SKIP() << "no control groups here";
  }
  for (int round = 0; round < 10; ++round) {
    int pipe_fds[2];
    ASSERT_EQ(pipe(pipe_fds), 0);
    Command command = Python(
        "import os, time\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    hold = []\n"
        "    while True: hold.append(bytearray(b'x' * (1 << 20)))\n"
        "os.waitpid(pid, 0)\n"
        "os.write(7, b'.')\n"
        "time.sleep(60)\n");
    command.limits.memory_bytes = int64_t{64} << 20;
    command.channels = {{7, pipe_fds[1]}};
    auto run = SharedSandbox().lane(0).Start(command);
    close(pipe_fds[1]);
    ASSERT_TRUE(run.ok()) << run.status();
    char byte;
    // In a group that is killed as a whole nothing is written.
    EXPECT_GE(read(pipe_fds[0], &byte, 1), 0);
    close(pipe_fds[0]);
    (*run)->Cancel();
    absl::StatusOr<RunResult> result = (*run)->Wait();
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(Name(result->outcome), "memory");
  }
}

// Pages that a fork shares are one memory, not two.
TEST(Memory, SharedPagesCountOnce) {
  ASSERT_NE(without_cgroup, nullptr);
  Command command = Native(
      "#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n"
      "#include <sys/wait.h>\n"
      "int main(void) { char* volatile p = malloc(60 << 20); memset(p, 1, 60 "
      "<< 20);\n"
      "for (int i = 0; i < 4; ++i) if (fork() == 0) { usleep(300000);\n"
      "  return p[7] - 1; }\n"
      "int status; while (wait(&status) > 0) if (status) return 1; return 0; "
      "}\n");
  if (command.argv.empty()) GTEST_SKIP() << "no C compiler";
  command.limits.memory_bytes = 120 * kMiB;
  for (Sandbox* sandbox : {&SharedSandbox(), without_cgroup}) {
    RunResult result = RunIn(sandbox, command);
    EXPECT_EQ(Name(result.outcome), "exited")
        << sandbox->enforcement().ToString();
    EXPECT_GE(result.peak_memory_bytes, 60 * kMiB);
    EXPECT_LE(result.peak_memory_bytes, 60 * kMiB + kBandBytes);
  }
}

}  // namespace
}  // namespace assay::sandbox
