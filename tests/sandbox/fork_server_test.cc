// Runs cloned from a warm interpreter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>

#include "absl/time/clock.h"
#include "tests/sandbox/boxes.h"
#include "tests/sandbox/huge_page_probe.h"

namespace assay::sandbox {
namespace {

using ::testing::HasSubstr;

constexpr char kRuntime[] = R"(
import os, sys

prepared = []

def prepare():
    prepared.append(sum(os.isatty(fd) for fd in (0, 1, 2)))

def main(request, reply_fd):
    scope = {"__name__": "__main__", "reply_fd": reply_fd,
             "prepared": prepared}
    exec(compile(request, "<candidate>", "exec"), scope)
    return scope.get("status", 0)
)";

Sandbox& WarmSandbox() {
  static auto* const sandbox = [] {
    SandboxOptions options = TestOptions();
    Profile profile;
    profile.name = "python";
    profile.interpreter = "/usr/bin/python3";
    profile.preload = {"json", "collections", "no_such_module", "random"};
    profile.runtime_source = kRuntime;
    profile.exercise = {"print(sum(range(100)))", "raise SystemExit(3)"};
    options.profiles.push_back(profile);
    Profile broken = profile;
    broken.name = "broken";
    broken.runtime_source = "this is no python";
    options.profiles.push_back(broken);
    Profile lacking = profile;
    lacking.name = "lacking";
    lacking.required = {"json", "no_such_module"};
    options.profiles.push_back(lacking);
    Profile absent = profile;
    absent.name = "absent";
    absent.interpreter = "/usr/bin/no-such-python";
    options.profiles.push_back(absent);
    return new absl::StatusOr<std::unique_ptr<Sandbox>>(
        Sandbox::Start(options));
  }();
  return ***sandbox;
}

Command Warm(const std::string& program) {
  Command command;
  command.profile = "python";
  command.policy = "python";
  command.request = MakeBlob(program);
  command.limits.cpu = absl::Seconds(5);
  command.limits.wall = absl::Seconds(17);
  command.limits.memory_bytes = int64_t{128} << 20;
  return command;
}

RunResult RunWarm(const Command& command) {
  absl::StatusOr<RunResult> result =
      WarmSandbox().lane(0).RunToEnd(command, nullptr);
  if (!result.ok()) {
    ADD_FAILURE() << result.status();
    return RunResult();
  }
  return *std::move(result);
}

class ForkServer : public ::testing::Test {
 protected:
  void SetUp() override {
    if (access("/usr/bin/python3", X_OK) != 0) GTEST_SKIP() << "no python3";
    ASSERT_TRUE(WarmSandbox().profile_status("python").ok())
        << WarmSandbox().profile_status("python");
  }
};

TEST_F(ForkServer, RunsAProgram) {
  Command command = Warm("print(input()); status = 7");
  command.input = MakeBlob("line\n");
  RunResult result = RunWarm(command);
  EXPECT_EQ(Name(result.outcome), "exited") << result.setup_error;
  EXPECT_EQ(result.exit_code, 7) << result.stderr_text;
  EXPECT_EQ(result.stdout_text, "line\n");
  EXPECT_GT(result.cpu, absl::ZeroDuration());
}

TEST_F(ForkServer, PreparesTheRuntimeOnce) {
  const Command command = Warm("prepared.append(9); print(prepared)");
  EXPECT_EQ(RunWarm(command).stdout_text, "[0, 9]\n");
  EXPECT_EQ(RunWarm(command).stdout_text, "[0, 9]\n");
}

TEST_F(ForkServer, LiesInHugePages) {
  if (!HostHasHugePages()) GTEST_SKIP() << "no MADV_COLLAPSE on this host";
  int64_t most = 0;
  for (const auto& [pid, name] : Descendants()) {
    if (name != "python3") continue;
    most = std::max(
        most, HugeKilobytes("/proc/" + std::to_string(pid) + "/smaps_rollup"));
  }
  if (most == 0) GTEST_SKIP() << "its memory is not ours to see";
  EXPECT_GE(most, 3 * 2048);  // Arenas, malloc's memory, code.
}

// Nor does any symbol of its library stand in for an interpreter's.
TEST_F(ForkServer, ItsLibraryHidesItsRuntime) {
  if (!WarmSandbox().enforcement().own_root) {
    GTEST_SKIP() << "nothing is cloned on this host";
  }
  const RunResult result =
      RunWarm(Warm("import ctypes\n"
                   "own = ctypes.CDLL('/assay/libassay_fork.so')\n"
                   "print([hasattr(own, name) for name in ('assay_serve',"
                   " '_ZTVN10__cxxabiv117__class_type_infoE')])\n"));
  EXPECT_EQ(result.stdout_text, "[True, False]\n") << result.stderr_text;
}

TEST_F(ForkServer, ClonesMayUseAllCores) {
  cpu_set_t cores;
  ASSERT_EQ(sched_getaffinity(0, sizeof(cores), &cores), 0);
  EXPECT_EQ(RunWarm(Warm("import os; print(len(os.sched_getaffinity(0)))"))
                .stdout_text,
            std::to_string(CPU_COUNT(&cores)) + "\n");
}

TEST_F(ForkServer, EndsAsTheInterpreterWould) {
  struct Case {
    const char* program;
    int exit_code;
    const char* text;
  };
  const Case cases[] = {
      {"import sys; sys.exit(3)", 3, ""},
      {"import sys; sys.exit('bye')", 1, "bye"},
      {"raise SystemExit", 0, ""},
      {"1/0", 1, "ZeroDivisionError"},
      {"import os; os._exit(9)", 9, ""},
      {"def f(): f()\nf()", 1, "RecursionError"},
      {"x = (", 1, "SyntaxError"},
      {"import atexit; atexit.register(lambda: print('late'))", 0, ""},
  };
  for (const Case& c : cases) {
    RunResult result = RunWarm(Warm(c.program));
    EXPECT_EQ(Name(result.outcome), "exited") << c.program;
    EXPECT_EQ(result.exit_code, c.exit_code) << c.program;
    EXPECT_THAT(result.stderr_text, HasSubstr(c.text)) << c.program;
  }
  EXPECT_EQ(RunWarm(Warm(cases[7].program)).stdout_text, "late\n");
}

TEST_F(ForkServer, Signals) {
  const std::pair<const char*, int> cases[] = {
      {"import os; os.abort()", SIGABRT},
      {"import os; os.kill(os.getpid(), 15)", SIGTERM},
      {"import ctypes; ctypes.string_at(0)", SIGSEGV},
  };
  for (const auto& [program, number] : cases) {
    RunResult result = RunWarm(Warm(program));
    EXPECT_EQ(Name(result.outcome), "signaled") << program;
    EXPECT_EQ(result.signal, number) << program;
  }
}

TEST_F(ForkServer, HoldsNoPrivilege) {
  if (!WarmSandbox().enforcement().proc) GTEST_SKIP() << "no proc";
  RunResult result = RunWarm(
      Warm("for line in open('/proc/self/status'):\n"
           "    if line[:3] == 'Cap' or line[:8] in ('Seccomp:', 'NoNewPri'):\n"
           "        print(line.split()[1].strip('0'), end=' ')"));
  EXPECT_EQ(result.stdout_text, "     1 2 ") << result.stderr_text;
}

TEST_F(ForkServer, IsNotPidOneAndSeesNobody) {
  if (!WarmSandbox().enforcement().own_root) GTEST_SKIP() << "no namespaces";
  RunResult result =
      RunWarm(Warm("import os\n"
                   "print(os.getpid() != 1, os.getppid(), os.getcwd())\n"
                   "print(sorted(p for p in os.listdir('/proc') if p.isdigit())"
                   " == sorted(['1', str(os.getpid())]))\n"
                   "print(dict(os.environ), sorted(os.listdir('/box')))\n"));
  const bool has_proc = WarmSandbox().enforcement().proc;
  EXPECT_EQ(result.stdout_text, has_proc ? "True 0 /box\nTrue\n{} []\n"
                                         : "True 0 /box\nFalse\n{} []\n")
      << result.stderr_text;
}

TEST_F(ForkServer, FilesEnvironmentReplyAndChannels) {
  Command command = Warm(
      "import os\n"
      "os.write(reply_fd, open('in.txt', 'rb').read())\n"
      "os.write(7, b'seven')\n"
      "open('out.txt', 'w').write(os.environ['NAME'])\n"
      "def is_open(fd):\n"
      "    try: return bool(os.fstat(fd))\n"
      "    except OSError: return False\n"
      "print(list(filter(is_open, range(1024))))");
  command.files = {{"in.txt", MakeBlob("content"), 0644}};
  command.environment = {"NAME=value"};
  command.collect = {"out.txt"};
  command.wants_reply = true;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  command.channels = {{7, ends[1]}};
  RunResult result = RunWarm(command);
  close(ends[1]);  // A run that failed must not leave us reading.
  char text[8] = {};
  EXPECT_EQ(read(ends[0], text, 5), 5);
  close(ends[0]);
  EXPECT_EQ(result.reply, "content") << result.stderr_text;
  ASSERT_EQ(result.files.size(), 1u);
  EXPECT_EQ(result.files[0].second, "value");
  EXPECT_EQ(result.stdout_text, "[0, 1, 2, 3, 4, 7]\n");
}

TEST_F(ForkServer, ClonesDifferInTheirRandomness) {
  std::string program = "import random, os; print(random.random())";
  EXPECT_NE(RunWarm(Warm(program)).stdout_text,
            RunWarm(Warm(program)).stdout_text);
  // The order of sets does not: a program must not pass by luck.
  program = "print({'a', 'b', 'c', 'd', 'e'}, hash('x'))";
  EXPECT_EQ(RunWarm(Warm(program)).stdout_text,
            RunWarm(Warm(program)).stdout_text);
}

TEST_F(ForkServer, Limits) {
  struct Case {
    const char* program;
    const char* outcome;
  };
  const Case cases[] = {
      {"while True: pass", "cpu-time"},
      {"import os, time\n"
       "if os.fork() == 0:\n"
       "    if os.fork() == 0:\n"
       "        while True: pass\n"
       "    os._exit(0)\n"
       "time.sleep(99)",
       "cpu-time"},  // An orphan counts,
      {"import os, time\n"
       "def burn():\n"
       "    end = time.process_time() + 0.2\n"
       "    while time.process_time() < end: pass\n"
       "    os._exit(0)\n"
       "for _ in range(4):\n"
       "    if os.fork() == 0:\n"
       "        if os.fork() == 0: burn()\n"
       "        os._exit(0)\n"
       "    os.wait()\n"
       "time.sleep(99)",
       "cpu-time"},  // and those that have ended.
      {"import time; time.sleep(99)", "wall-time"},
      {"x = bytearray(200 << 20)", "memory"},
      {"while True: print('x' * 1000)", "output"},
      {"import os\nwhile True: os.write(reply_fd, b'x' * 1000)", "output"},
  };
  for (const Case& c : cases) {
    Command command = Warm(c.program);
    command.limits.cpu = absl::Milliseconds(300);
    command.limits.wall = std::string(c.outcome) == "wall-time"
                              ? absl::Milliseconds(500)
                              : absl::Seconds(30);
    command.limits.memory_bytes = int64_t{64} << 20;
    command.limits.stdout_bytes = 5000;
    command.limits.reply_bytes = 5000;
    command.wants_reply = true;
    RunResult result = RunWarm(command);
    if (result.stderr_text.find("MemoryError") != std::string::npos) {
      // Without a control group addresses are limited, and the program told.
      EXPECT_STREQ(c.outcome, "memory");
      continue;
    }
    EXPECT_EQ(Name(result.outcome), c.outcome)
        << c.program << result.stderr_text;
  }
}

TEST_F(ForkServer, ThreadsAndChildren) {
  RunResult result = RunWarm(Warm(
      "import threading, subprocess, os\n"
      "t = [threading.Thread(target=lambda: None) for _ in range(8)]\n"
      "[x.start() for x in t]; [x.join() for x in t]\n"
      "print(subprocess.run(['/bin/echo', 'hi'], capture_output=True).stdout)\n"
      "pid = os.fork()\n"
      "if pid == 0: os._exit(5)\n"
      "print(os.waitpid(pid, 0)[1] >> 8)\n"));
  EXPECT_EQ(result.stdout_text, "b'hi\\n'\n5\n") << result.stderr_text;
}

// The fork server's number; one that follows another may still be starting.
int AwaitServer() { return AwaitDescendant("python3"); }

TEST_F(ForkServer, ItsDeathIsRepaired) {
  if (!WarmSandbox().enforcement().own_root) GTEST_SKIP() << "no fork server";
  for (int round = 0; round < 3; ++round) {
    const int pid = AwaitServer();
    ASSERT_GT(pid, 0);
    ASSERT_EQ(kill(pid, SIGKILL), 0);
    absl::StatusOr<RunResult> result =
        WarmSandbox().lane(0).RunToEnd(Warm("print('alive')"), nullptr);
    ASSERT_TRUE(result.ok()) << result.status();
    EXPECT_EQ(result->stdout_text, "alive\n") << result->setup_error;
  }
}

// Runs that it had not started when it died are started by the next.
TEST_F(ForkServer, NoRunIsLostWithIt) {
  if (!WarmSandbox().enforcement().own_root) GTEST_SKIP() << "no fork server";
  for (int round = 0; round < 6; ++round) {
    const int pid = AwaitServer();
    ASSERT_GT(pid, 0);
    kill(pid, SIGSTOP);  // So that it is asked, and does not answer.
    std::vector<std::unique_ptr<sandbox::Run>> runs;
    for (int i = 0; i < 20; ++i) {
      Command command = Warm("print(input())");
      command.input = MakeBlob(std::to_string(i) + "\n");
      auto run = WarmSandbox().lane(0).Start(command);
      ASSERT_TRUE(run.ok()) << run.status();
      runs.push_back(*std::move(run));
    }
    if (round % 2 == 1) kill(pid, SIGCONT);  // It dies amid its answers.
    absl::SleepFor(absl::Milliseconds(3 * round));
    kill(pid, SIGKILL);
    for (int i = 0; i < 20; ++i) {
      auto result = runs[static_cast<size_t>(i)]->Wait();
      ASSERT_TRUE(result.ok()) << result.status();
      EXPECT_EQ(result->stdout_text, std::to_string(i) + "\n")
          << Name(result->outcome) << result->setup_error;
    }
  }
}

TEST_F(ForkServer, ARunThatWaitsForItCanBeCancelled) {
  if (!WarmSandbox().enforcement().own_root) GTEST_SKIP() << "no fork server";
  const int pid = AwaitServer();
  ASSERT_GT(pid, 0);
  (void)RunWarm(Warm("pass"));
  kill(pid, SIGKILL);  // The next one takes a while to warm up.
  auto run = WarmSandbox().lane(0).Start(Warm("pass"));
  ASSERT_TRUE(run.ok());
  (*run)->Cancel();
  auto result = (*run)->Wait();
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_THAT(std::string(Name(result->outcome)),
              ::testing::AnyOf("cancelled", "exited"));
}

TEST_F(ForkServer, ItsDeathAmidForksLeavesNothing) {
  Lane& lane = WarmSandbox().lane(0);
  (void)RunWarm(Warm("pass"));
  size_t before = Descendants().size();
  for (int round = 0; round < 8; ++round) {
    std::vector<std::unique_ptr<sandbox::Run>> runs;
    for (int i = 0; i < 12; ++i) {
      auto run = lane.Start(Warm("import time; time.sleep(0.05)"));
      if (run.ok()) runs.push_back(*std::move(run));
    }
    absl::SleepFor(absl::Milliseconds(round));
    int pid = FindDescendant("python3");
    if (pid > 0) kill(pid, SIGKILL);
    for (auto& run : runs) (void)run->Wait();
  }
  std::string text;
  for (int i = 0; i < 100 && text != "alive\n"; ++i) {
    auto result = lane.RunToEnd(Warm("print('alive')"), nullptr);
    if (result.ok()) text = result->stdout_text;
    if (!result.ok()) absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_EQ(text, "alive\n");
  // The dead are reaped in their own time.
  for (int i = 0; i < 200 && Descendants().size() > before; ++i) {
    absl::SleepFor(absl::Milliseconds(50));
  }
  EXPECT_LE(Descendants().size(), before);
}

TEST_F(ForkServer, OthersTellWhyTheyAreDown) {
  EXPECT_THAT(WarmSandbox().profile_status("broken").ToString(),
              HasSubstr("SyntaxError"));
  EXPECT_THAT(WarmSandbox().profile_status("absent").ToString(),
              HasSubstr("cannot execute"));
  EXPECT_THAT(WarmSandbox().profile_status("lacking").ToString(),
              HasSubstr("no_such_module"));
  EXPECT_EQ(WarmSandbox().profile_status("unknown").code(),
            absl::StatusCode::kNotFound);
  Command command = Warm("pass");
  command.profile = "broken";
  absl::StatusOr<RunResult> result =
      WarmSandbox().lane(0).RunToEnd(command, nullptr);
  EXPECT_EQ(result.status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace assay::sandbox
