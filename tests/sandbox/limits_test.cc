// Every limit is seen, whole tree and all, and each has its outcome.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

bool HasCgroup() {
  return SharedSandbox().enforcement().cgroup != Enforcement::Cgroup::kNone;
}

TEST(Limits, CpuTimeOfOneProcess) {
  Command command = Shell("while :; do :; done");
  command.limits.cpu = absl::Milliseconds(200);
  RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "cpu-time");
  EXPECT_GE(result.cpu, absl::Milliseconds(200));
}

TEST(Limits, CpuTimeOfManyShortChildren) {
  Command command = Shell("while :; do /bin/true; done");
  command.limits.cpu = absl::Milliseconds(300);
  RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "cpu-time");
}

TEST(Limits, CpuTimeOfADaemon) {
  Command command = Shell("(setsid sh -c 'while :; do :; done' &) ; sleep 30");
  command.limits.cpu = absl::Milliseconds(200);
  RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "cpu-time");
}

TEST(Limits, WallTime) {
  Command command = Shell("sleep 30");
  command.limits.wall = absl::Milliseconds(200);
  RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "wall-time");
  EXPECT_LT(result.cpu, absl::Seconds(1));
  EXPECT_GE(result.wall, absl::Milliseconds(200));
}

TEST(Limits, WallTimeOfAStoppedProcess) {
  Command command = Shell("kill -STOP $$");
  command.limits.wall = absl::Milliseconds(200);
  EXPECT_EQ(Name(RunOrDie(command).outcome), "wall-time");
}

// By which a program that got no core is told from one that was slow.
TEST(Limits, WaitingForACoreIsCounted) {
  if (!HasCgroup()) GTEST_SKIP() << "only a control group says who is there";
  Command command = Python(
      "import os\n"
      "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
      "for _ in range(3):\n"
      "    if os.fork() == 0: break\n"
      "while True: pass\n");
  command.limits.cpu = absl::Minutes(1);
  command.limits.wall = absl::Seconds(2);
  RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "wall-time");
  EXPECT_GT(result.longest_delay, absl::Milliseconds(200));
  EXPECT_GE(result.scheduling_delay, result.longest_delay);
}

// State of a process as ps(1) has it; '-' once it is gone.
char StateOf(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  const size_t name_end = line.rfind(')');
  return name_end + 2 < line.size() ? line[name_end + 2] : '-';
}

bool AwaitState(int pid, const std::string& states) {
  const absl::Time deadline = absl::Now() + absl::Minutes(1);
  while (states.find(StateOf(pid)) == std::string::npos) {
    if (absl::Now() > deadline) return false;
    absl::SleepFor(absl::Milliseconds(1));
  }
  return true;
}

// Where the box's pid 1 gets no core, nobody tells that the program has ended.
TEST(Limits, WallTimeDoesNotCountAgainstOneThatHasEnded) {
  if (!HasCgroup()) GTEST_SKIP() << "only a control group says who is left";
  Command command = Shell("kill -STOP $$; exit 7");
  command.limits.wall = absl::Seconds(4);
  auto run = SharedSandbox().lane(0).Start(command);
  ASSERT_TRUE(run.ok()) << run.status();
  const int program = AwaitDescendant("sh");
  const int init = AwaitDescendant("box-init");
  ASSERT_GT(program, 0);
  ASSERT_GT(init, 0);
  ASSERT_TRUE(AwaitState(program, "T"));
  ASSERT_EQ(kill(init, SIGSTOP), 0);
  ASSERT_TRUE(AwaitState(init, "T"));
  ASSERT_EQ(kill(program, SIGCONT), 0);
  ASSERT_TRUE(AwaitState(program, "Z-"));
  absl::SleepFor(absl::Seconds(6));  // Past its end, and not twice as long.
  kill(init, SIGCONT);  // Gone already where it was not waited for.
  absl::StatusOr<RunResult> result = (*run)->Wait();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Name(result->outcome), "exited");
  EXPECT_EQ(result->exit_code, 7);
}

TEST(Limits, MemoryOfOneProcess) {
  Command command = Python("x = bytearray(200 << 20); print(len(x))");
  command.limits.memory_bytes = int64_t{64} << 20;
  RunResult result = RunOrDie(command);
  if (HasCgroup()) {
    EXPECT_EQ(Name(result.outcome), "memory");
    EXPECT_GE(result.peak_memory_bytes, int64_t{60} << 20);
  } else {
    // A limit of addresses: the program is told, and says so.
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.stderr_text, ::testing::HasSubstr("MemoryError"));
  }
}

TEST(Limits, MemoryOfManyChildren) {
  Command command = Python(
      "import os, time\n"
      "for i in range(8):\n"
      "    if os.fork() == 0:\n"
      "        x = bytearray(16 << 20); time.sleep(9); os._exit(0)\n"
      "time.sleep(9)");
  command.limits.memory_bytes = int64_t{64} << 20;
  EXPECT_EQ(Name(RunOrDie(command).outcome), "memory");
}

TEST(Limits, MemoryOfTheTmpfs) {
  // Without a tree of its own a box's files are looked at.
  if (!HasCgroup() && SharedSandbox().enforcement().own_root) {
    GTEST_SKIP() << "no cgroup counts files";
  }
  Command command = Shell(
      "head -c 60000000 /dev/zero > /box/a; sleep 1;"
      "head -c 60000000 /dev/zero > /tmp/b; sleep 5");
  command.limits.memory_bytes = int64_t{64} << 20;
  EXPECT_EQ(Name(RunOrDie(command).outcome), "memory");
}

TEST(Limits, TheTmpfsIsCapped) {
  if (!SharedSandbox().enforcement().own_root) {
    GTEST_SKIP() << "no tmpfs of its own: files are looked at";
  }
  Command command = Python(
      "import os\n"
      "try:\n"
      "    for i in range(9): open('f%d' % i, 'wb').write(bytes(1 << 20))\n"
      "except OSError as e: print(e.errno)");
  command.limits.file_bytes = 4 << 20;
  EXPECT_EQ(RunOrDie(command).stdout_text, "28\n");
}

TEST(Limits, SizeOfOneFile) {
  Command command = Shell("head -c 100000 /dev/zero > a");
  command.limits.file_bytes = 8192;
  command.collect = {"a"};
  RunResult result = RunOrDie(command);
  ASSERT_EQ(result.files.size(), 1u);
  EXPECT_LE(result.files[0].second.size(), 8192u);
}

TEST(Limits, StdoutExactlyAtTheCap) {
  Command command = Shell("head -c 5000 /dev/zero");
  command.limits.stdout_bytes = 5000;
  RunResult exact = RunOrDie(command);
  EXPECT_EQ(Name(exact.outcome), "exited");
  EXPECT_EQ(exact.stdout_text.size(), 5000u);
  command.argv[2] = "head -c 5001 /dev/zero";
  RunResult over = RunOrDie(command);
  EXPECT_EQ(Name(over.outcome), "output");
  EXPECT_EQ(over.stdout_text.size(), 5000u);
  command.argv[2] = "cat /dev/zero";
  EXPECT_EQ(RunOrDie(command).stdout_text.size(), 5000u);
  command.limits.stdout_bytes = 0;
  command.argv[2] = "true";
  EXPECT_EQ(Name(RunOrDie(command).outcome), "exited");
}

TEST(Limits, NothingIsSaidAfterTheCap) {
  // A pipe that broke at the cap would let the writer go on and reply.
  for (int i = 0; i < 50; ++i) {
    Command command = Python(
        "import os\n"
        "try:\n"
        "  while True: os.write(1, b'x' * 65536)\n"
        "except OSError:\n"
        "  os.write(4, b'broken')\n");
    command.limits.stdout_bytes = 100000;
    command.wants_reply = true;
    RunResult result = RunOrDie(command);
    ASSERT_EQ(Name(result.outcome), "output");
    ASSERT_EQ(result.stdout_text.size(), 100000u);
    ASSERT_EQ(result.reply, "");
  }
}

TEST(Limits, LargeOutputArrivesWhole) {
  Command command = Shell("head -c 40000000 /dev/zero; echo end");
  command.limits.stdout_bytes = int64_t{64} << 20;
  RunResult result = RunOrDie(command);
  EXPECT_EQ(result.stdout_text.size(), 40000004u);
}

TEST(Limits, SixtyFourMegabytesExactly) {
  constexpr size_t kSize = size_t{64} << 20;
  Command command = Shell("head -c " + std::to_string(kSize) + " /dev/zero");
  command.limits.stdout_bytes = kSize;
  RunResult exact = RunOrDie(command);
  EXPECT_EQ(Name(exact.outcome), "exited");
  EXPECT_EQ(exact.stdout_text.size(), kSize);
  // At full speed, past the cap by a byte and without end.
  for (const char* rest : {"; printf x", "; cat /dev/zero"}) {
    Command over = command;
    over.argv[2] += rest;
    RunResult result = RunOrDie(over);
    EXPECT_EQ(Name(result.outcome), "output") << rest;
    EXPECT_EQ(result.stdout_text.size(), kSize) << rest;
  }
}

TEST(Limits, StderrIsDrained) {
  Command command = Shell("head -c 3000000 /dev/zero >&2; echo done; exit 3");
  command.limits.stderr_bytes = 1000;
  RunResult result = RunOrDie(command);
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.stdout_text, "done\n");
  EXPECT_EQ(result.stderr_text.size(), 1000u);
  EXPECT_TRUE(result.stderr_truncated);
}

TEST(Limits, Reply) {
  Command command = Shell("head -c 3000 /dev/zero >&4; sleep 9");
  command.wants_reply = true;
  command.limits.reply_bytes = 2999;
  RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "output");
  EXPECT_EQ(result.reply.size(), 2999u);
}

TEST(Limits, Processes) {
  const Enforcement& walls = SharedSandbox().enforcement();
  if (!walls.own_root && !walls.separate_uids) {
    GTEST_SKIP() << "bounded with the other processes of this user";
  }
  Command command = Python(
      "import os, time\n"
      "n = 0\n"
      "try:\n"
      "    while True:\n"
      "        if os.fork() == 0: time.sleep(9); os._exit(0)\n"
      "        n += 1\n"
      "except OSError as e: print(n, e.errno)");
  command.limits.process_count = 10;
  EXPECT_EQ(RunOrDie(command).stdout_text, "9 11\n");
}

TEST(Limits, OpenFiles) {
  Command command = Python(
      "import os\n"
      "try:\n"
      "    while True: os.open('/dev/null', 0)\n"
      "except OSError as e: print(e.errno)");
  command.limits.open_files_count = 16;
  EXPECT_EQ(RunOrDie(command).stdout_text, "24\n");
}

TEST(Limits, Stack) {
  const char source[] =
      "#include <string.h>\n"
      "int main(void) { volatile char b[4 << 20]; memset((char*)b, 1, "
      "sizeof b); return b[77] - 1; }";
  Command command = Native(source);
  if (command.argv.empty()) GTEST_SKIP() << "no C compiler";
  EXPECT_EQ(Name(RunOrDie(command).outcome), "exited");
  command.limits.stack_bytes = 1 << 20;
  EXPECT_EQ(Name(RunOrDie(command).outcome), "signaled");
}

TEST(Limits, Cancelled) {
  std::atomic<bool> cancelled = false;
  std::thread canceller([&] {
    absl::SleepFor(absl::Milliseconds(100));
    cancelled = true;
  });
  absl::StatusOr<RunResult> result =
      SharedSandbox().lane(0).RunToEnd(Shell("sleep 15"), &cancelled);
  canceller.join();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(Name(result->outcome), "cancelled");
}

TEST(Limits, CancelAtAnyTime) {
  for (int i = 0; i < 40; ++i) {
    absl::StatusOr<std::unique_ptr<sandbox::Run>> run =
        SharedSandbox().lane(0).Start(Shell("sleep 15"));
    ASSERT_TRUE(run.ok());
    absl::SleepFor(absl::Microseconds(150 * i));
    if (i % 2 == 0) (*run)->Cancel();  // Else by the destructor.
    if (i % 4 == 0) {
      absl::StatusOr<RunResult> result = (*run)->Wait();
      ASSERT_TRUE(result.ok());
      EXPECT_EQ(Name(result->outcome), "cancelled");
    }
  }
}

TEST(Limits, ManyRunsInFlight) {
  std::vector<std::unique_ptr<sandbox::Run>> runs;
  for (int i = 0; i < 20; ++i) {
    auto run = SharedSandbox().lane(0).Start(
        Shell("sleep 0.2; exit " + std::to_string(i)));
    ASSERT_TRUE(run.ok());
    runs.push_back(*std::move(run));
  }
  for (int i = 0; i < 20; ++i) {
    absl::StatusOr<RunResult> result = runs[static_cast<size_t>(i)]->Wait();
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->exit_code, i) << Name(result->outcome);
  }
}

TEST(Limits, NoMoreThanALaneHolds) {
  std::vector<std::unique_ptr<sandbox::Run>> runs;
  int exhausted = 0;
  for (int i = 0; i < 70; ++i) {
    auto run = SharedSandbox().lane(0).Start(Shell("sleep 20"));
    ASSERT_TRUE(run.ok());
    runs.push_back(*std::move(run));
  }
  for (int i = 64; i < 70; ++i) {
    absl::StatusOr<RunResult> result = runs[static_cast<size_t>(i)]->Wait();
    exhausted += result.status().code() == absl::StatusCode::kResourceExhausted;
  }
  EXPECT_EQ(exhausted, 6);
}

}  // namespace
}  // namespace assay::sandbox
