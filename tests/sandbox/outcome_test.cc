// How a run ends is told as it would be outside a box.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

using ::testing::HasSubstr;

TEST(Outcome, ExitCodes) {
  for (int code : {0, 1, 2, 42, 126, 127, 255}) {
    RunResult result = RunOrDie(Shell("exit " + std::to_string(code)));
    EXPECT_EQ(Name(result.outcome), "exited") << result.setup_error;
    EXPECT_EQ(result.exit_code, code);
  }
}

TEST(Outcome, StandardStreams) {
  Command command = Shell("cat; echo err >&2");
  command.input = MakeBlob("1 2\n");
  RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "exited") << result.setup_error;
  EXPECT_EQ(result.stdout_text, "1 2\n");
  EXPECT_EQ(result.stderr_text, "err\n");
}

struct SignalCase {
  const char* name;
  const char* code;
  int signal;
};

TEST(Outcome, SignalsEqualThoseOutside) {
  const SignalCase cases[] = {
      {"abort", "abort();", SIGABRT},
      {"null", "*(volatile int*)0 = 1;", SIGSEGV},
      {"divide", "volatile int z = 0; return 7 / z;", SIGFPE},
      {"trap", "__builtin_trap();", SIGILL},
      {"term", "kill(getpid(), SIGTERM); pause();", SIGTERM},
      {"int", "raise(SIGINT);", SIGINT},
      {"hup", "raise(SIGHUP);", SIGHUP},
      {"usr1", "raise(SIGUSR1);", SIGUSR1},
      {"kill", "raise(SIGKILL);", SIGKILL},
      {"alarm", "alarm(1); pause();", SIGALRM},
      {"pipe",
       "int p[2]; pipe(p); close(p[0]); write(p[1], \"x\", 1); return 0;",
       SIGPIPE},
      {"group", "kill(0, SIGQUIT); pause();", SIGQUIT},
      {"soft cpu limit",
       "struct rlimit r = {1, 3}; setrlimit(RLIMIT_CPU, &r); for (;;);",
       SIGXCPU},
      {"recursion", "volatile char b[4096]; b[0] = 1; return main() + b[0];",
       SIGSEGV},
  };
  for (const SignalCase& c : cases) {
    Command command =
        Native(std::string("#include <signal.h>\n#include <stdlib.h>\n"
                           "#include <unistd.h>\n#include <sys/resource.h>\n"
                           "int main(void) { ") +
               c.code + " return 0; }");
    if (command.argv.empty()) GTEST_SKIP() << "no C compiler";
    RunResult result = RunOrDie(command);
    EXPECT_EQ(Name(result.outcome), "signaled") << c.name;
    EXPECT_EQ(result.signal, c.signal) << c.name;
  }
}

TEST(Outcome, WhatCannotBeExecutedIsTheCandidatesAffair) {
  Command command = Shell("");
  command.argv = {"/box/a.out"};
  RunResult absent = RunOrDie(command);
  EXPECT_EQ(Name(absent.outcome), "exited");
  EXPECT_EQ(absent.exit_code, 127);
  command.files = {{"a.out", MakeBlob("not a program"), 0755}};
  RunResult garbage = RunOrDie(command);
  EXPECT_EQ(Name(garbage.outcome), "exited");
  EXPECT_EQ(garbage.exit_code, 126);
  EXPECT_THAT(garbage.stderr_text, HasSubstr("exec"));
  command.argv = {"/usr/bin/no-such-compiler"};
  RunResult ours = RunOrDie(command);
  EXPECT_EQ(Name(ours.outcome), "setup-failed");
  EXPECT_THAT(ours.setup_error, HasSubstr("exec"));
}

TEST(Outcome, RequestReplyAndChannels) {
  Command command = Shell("cat <&3 >&4; echo through >&7");
  command.request = MakeBlob("question");
  command.wants_reply = true;
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  command.channels = {{7, ends[1]}};
  RunResult result = RunOrDie(command);
  close(ends[1]);
  char text[32] = {};
  EXPECT_EQ(read(ends[0], text, sizeof(text) - 1), 8);
  close(ends[0]);
  EXPECT_STREQ(text, "through\n");
  EXPECT_EQ(result.reply, "question") << result.stderr_text;
}

TEST(Outcome, CollectsRegularFilesAlone) {
  Command command = Shell(
      "echo kept > a; ln -s /etc/passwd link; mkfifo pipe; mkdir folder;"
      "echo secret > mode; chmod 0 mode");
  command.collect = {"a", "link", "pipe", "folder", "absent", "mode"};
  // Without a namespace the launcher has no right over files that the same
  // user has closed to himself.
  const Enforcement& walls = SharedSandbox().enforcement();
  if (!walls.own_root && !walls.separate_uids) {
    GTEST_SKIP() << "files of the service's own user";
  }
  RunResult result = RunOrDie(command);
  ASSERT_EQ(result.files.size(), 2u) << result.stderr_text;
  EXPECT_EQ(result.files[0].first, "a");
  EXPECT_EQ(result.files[0].second, "kept\n");
  EXPECT_EQ(result.files[1].first, "mode");
}

TEST(Outcome, PythonRunsCold) {
  Command command = Python("import sys, json; print(sys.stdin.read()[::-1])");
  command.input = MakeBlob("abc");
  RunResult result = RunOrDie(command);
  EXPECT_EQ(result.stdout_text, "cba\n") << result.stderr_text;
  EXPECT_GT(result.cpu, absl::ZeroDuration());
  EXPECT_GT(result.wall, absl::ZeroDuration());
  EXPECT_GT(result.peak_memory_bytes, 1 << 20);
}

}  // namespace
}  // namespace assay::sandbox
