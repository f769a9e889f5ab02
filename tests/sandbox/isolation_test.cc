// What a box cannot see or reach.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Output(const Command& command) {
  RunResult result = RunOrDie(command);
  return result.stdout_text + result.stderr_text + result.setup_error;
}

bool HasProc() { return SharedSandbox().enforcement().proc; }

// The errno of a python expression, or "ok".
std::string Try(const std::string& expression) {
  Command command = Python(
      "import os, socket, ctypes, signal, sys\n"
      "libc = ctypes.CDLL(None, use_errno=True)\n"
      "def call(*a):\n"
      "    if libc.syscall(*a) == -1:\n"
      "        raise OSError(ctypes.get_errno(), '')\n"
      "try:\n"
      "    " +
      expression +
      "\n    print('ok')\n"
      "except OSError as e: print(e.errno)");
  return Output(command);
}

TEST(Isolation, ReportsFullEnforcement) {
  const Enforcement& walls = SharedSandbox().enforcement();
  EXPECT_TRUE(walls.user_namespace && walls.pid_namespace &&
              walls.mount_namespace && walls.own_root && walls.seccomp)
      << walls.ToString();
  EXPECT_THAT(walls.ToString(), HasSubstr("userns pidns mntns"));
  if (walls.level != Enforcement::Level::kFull) {
    EXPECT_FALSE(walls.missing.empty());
  }
}

TEST(Isolation, EnvironmentIsWhatTheCommandSays) {
  ASSERT_EQ(setenv("ASSAY_SECRET", "leak", 1), 0);
  Command command = Shell("");
  command.argv = {"/usr/bin/env"};
  command.environment = {"A=b", "EMPTY="};
  EXPECT_EQ(Output(command), "A=b\nEMPTY=\n");
}

// A lane keeps to one core; what it runs does not.
TEST(Isolation, ACommandMayUseAllCores) {
  cpu_set_t cores;
  ASSERT_EQ(sched_getaffinity(0, sizeof(cores), &cores), 0);
  EXPECT_EQ(Output(Python("import os\nprint(len(os.sched_getaffinity(0)))")),
            std::to_string(CPU_COUNT(&cores)) + "\n");
  cpu_set_t of_lane;
  ASSERT_EQ(sched_getaffinity(FindDescendant("assay-lane-0"), sizeof(of_lane),
                              &of_lane),
            0);
  EXPECT_EQ(CPU_COUNT(&of_lane), 1);
}

TEST(Isolation, OwnRootIsReadOnlyAndSmall) {
  EXPECT_EQ(
      Output(Shell(
          "ls -A /box; ls -A /tmp; cd; pwd; cd /; echo * | sed 's/lib32 //'")),
      "/box\nassay bin box dev etc lib lib64 proc sbin tmp usr\n");
  EXPECT_EQ(Output(Shell("ls /home /root /var /work /host /sys 2>/dev/null;"
                         "ls -A /dev")),
            "fd\nfull\nnull\nrandom\nstderr\nstdin\nstdout\nurandom\nzero\n");
  EXPECT_THAT(
      Output(Shell("cat /etc/shadow; cat /etc/passwd")),
      ::testing::AllOf(HasSubstr("box:x:1000"), HasSubstr("No such file")));
  for (const char* path : {"/usr/x", "/x", "/etc/x", "/dev/x", "/assay/x",
                           "/proc/sys/kernel/hostname"}) {
    EXPECT_NE(Output(Shell(std::string("echo 1 > ") + path + " && echo wrote")),
              "wrote\n");
    EXPECT_THAT(Try(std::string("open('") + path + "', 'w')"), Not("ok\n"))
        << path;
  }
}

TEST(Isolation, SeesOwnProcessesAlone) {
  if (!HasProc()) GTEST_SKIP() << "no proc";
  EXPECT_EQ(Output(Shell("ls /proc > l; grep -c '^[0-9]' l")), "3\n");
  EXPECT_EQ(Output(Shell("cat /proc/1/comm")), "box-init\n");
  EXPECT_EQ(Try("open('/proc/1/mem', 'rb')"), "13\n");
  EXPECT_EQ(Try("open('/proc/1/environ', 'rb').read(1)"), "13\n");
  EXPECT_EQ(Output(Shell("cat /proc/self/cgroup | grep -c assay; hostname")),
            "0\nbox\n");
}

TEST(Isolation, IdentityIsUnprivileged) {
  EXPECT_EQ(Output(Shell("id -u; id -g; id -G; id -un")),
            "1000\n1000\n1000\nbox\n");
  if (HasProc()) {
    EXPECT_THAT(Output(Shell("grep -E 'Cap|NoNewPrivs' /proc/self/status")),
                HasSubstr("CapBnd:\t0000000000000000"));
  }
  EXPECT_EQ(Try("os.setuid(0)"), "1\n");
  EXPECT_EQ(Try("os.setgroups([0])"), "1\n");
}

TEST(Isolation, KillReachesOnlyTheBox) {
  // Init is immune; with Landlock's scope it cannot even be addressed.
  EXPECT_THAT(Try("os.kill(1, 9)"), ::testing::AnyOf("ok\n", "1\n"));
  RunResult result = RunOrDie(Shell("kill -9 -1; sleep 1; echo alive"));
  EXPECT_EQ(result.stdout_text, "alive\n");
}

TEST(Isolation, DeniedCalls) {
  const std::pair<const char*, const char*> cases[] = {
      {"os.unshare(0x10000000) if hasattr(os, 'unshare') else call(272, "
       "0x10000000)",
       "1\n"},
      {"call(272, 0x00020000)", "1\n"},                        // unshare(NEWNS)
      {"call(56, 0x10000011, 0, 0, 0, 0)", "1\n"},             // clone(NEWUSER)
      {"call(56, 0x8011, 0, 0, 0, 0)", "1\n"},                 // clone(PARENT)
      {"call(435, 0, 0)", "38\n"},                             // clone3
      {"call(165, b'none', b'/tmp', b'tmpfs', 0, 0)", "1\n"},  // mount
      {"call(166, b'/box', 2)", "1\n"},                        // umount2
      {"call(155, b'/tmp', b'/tmp')", "1\n"},                  // pivot_root
      {"call(161, b'/tmp')", "1\n"},                           // chroot
      {"call(308, 0, 0)", "1\n"},                              // setns
      {"call(101, 0, 0, 0, 0)", "1\n"},                        // ptrace
      {"call(310, 1, 0, 0, 0, 0, 0)", "1\n"},            // process_vm_readv
      {"call(250, 0, 0, 0)", "1\n"},                     // keyctl
      {"call(248, b'user', b'a', b'b', 1, -3)", "1\n"},  // add_key
      {"call(321, 0, 0, 0)", "1\n"},                     // bpf
      {"call(298, 0, 0, 0, 0, 0)", "1\n"},               // perf_event_open
      {"call(425, 1, 0)", "38\n"},                       // io_uring_setup
      {"call(323, 0)", "1\n"},                           // userfaultfd
      {"call(133, b'/box/d', 0o20666, 259)", "1\n"},     // mknod
      {"call(302, 1, 7, 0, 0)", "1\n"},                  // prlimit64 of init
      {"call(438, 3, 0, 0)", "1\n"},                     // pidfd_getfd
      {"call(312, 1, 1, 0, 0, 0)", "1\n"},               // kcmp
      {"call(240, b'/q', 66, 0o600, 0)", "1\n"},         // mq_open
      {"call(29, 5, 4096, 0o1600)", "1\n"},              // shmget
      {"call(135, 0x0040000)", "1\n"},                   // personality
      {"call(317, 1, 0, 0)", "1\n"},                     // seccomp
      {"call(157, 23, 0, 0, 0, 0)", "1\n"},              // prctl(CAPBSET_READ)
      {"call(428, -100, b'/', 1)", "1\n"},               // open_tree
  };
#if defined(__x86_64__)
  for (const auto& [expression, wanted] : cases) {
    EXPECT_EQ(Try(expression), wanted) << expression;
  }
#else
  GTEST_SKIP() << "numbers of x86-64";
#endif
}

TEST(Isolation, NoNetwork) {
  for (const char* family : {"AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK",
                             "AF_PACKET", "AF_VSOCK"}) {
    EXPECT_EQ(Try(std::string("socket.socket(socket.") + family +
                  ", socket.SOCK_STREAM)"),
              "1\n")
        << family;
  }
  EXPECT_EQ(Try("socket.socketpair()"), "ok\n");
  if (HasProc()) {
    EXPECT_EQ(Output(Shell("cat /proc/net/dev | tail -n +3 | wc -l")), "1\n");
  }
}

TEST(Isolation, AForeignArchitectureIsAViolation) {
#if defined(__x86_64__)
  for (const char* code : {"mov $20, %eax; int $0x80",        // i386 getpid
                           "mov $0x40000027, %eax; syscall",  // x32 getpid
                           "mov $246, %eax; syscall",         // kexec_load
                           "mov $175, %eax; syscall"}) {      // init_module
    Command command = Native(std::string("int main(void) { __asm__(\"") + code +
                             "\"); return 0; }");
    if (command.argv.empty()) GTEST_SKIP() << "no C compiler";
    RunResult result = RunOrDie(command);
    EXPECT_EQ(Name(result.outcome), "violation") << code;
    EXPECT_FALSE(result.violation.empty());
  }
#else
  GTEST_SKIP() << "x86-64 alone";
#endif
}

TEST(Isolation, DescriptorsAreTheCommandsOwn) {
  Command command = Python(
      "import os\n"
      "for fd in range(1024):\n"
      "    try: os.fstat(fd); print(fd, end=' ')\n"
      "    except OSError: pass");
  EXPECT_EQ(Output(command), "0 1 2 ");
  command.wants_reply = true;
  command.request = MakeBlob("x");
  EXPECT_EQ(Output(command), "0 1 2 3 4 ");
}

TEST(Isolation, InputsAreSealed) {
  Command command = Python(
      "import os\n"
      "for fd in (0, 3):\n"
      "    for trick in (lambda: os.write(fd, b'x'), lambda: os.ftruncate(fd, "
      "0)):\n"
      "        try: trick(); print('changed')\n"
      "        except OSError: pass\n"
      "print(os.pread(3, 9, 0))");
  command.input = MakeBlob("in");
  command.request = MakeBlob("req");
  EXPECT_EQ(Output(command), "b'req'\n");
}

TEST(Isolation, BoxesDoNotMeet) {
  auto other = SharedSandbox().lane(0).Start(
      Python("import socket, time\n"
             "open('/tmp/shared', 'w').write('mine')\n"
             "open('/box/shared', 'w').write('mine')\n"
             "time.sleep(1)"));
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(Output(Shell("sleep 0.3; ls -A /tmp /box; ls /dev/shm 2>/dev/null;"
                         "ls /proc > l; grep -c '^[0-9]' l")),
            HasProc() ? "/box:\n\n/tmp:\n3\n" : "/box:\n\n/tmp:\n0\n");
  // A lock on a file that all boxes share would be a channel between them.
  EXPECT_EQ(Try("import fcntl; fcntl.flock(os.open('/usr', 0), 2)"), "1\n");
  EXPECT_EQ(Try("import fcntl; fcntl.lockf(open('/box/a', 'w'), 2)"), "ok\n");
  absl::StatusOr<RunResult> result = (*other)->Wait();
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->exit_code, 0) << result->stderr_text;
}

TEST(Isolation, NothingIsLeftBehind) {
  Command command = Shell(
      "(setsid sh -c 'trap \"\" TERM HUP INT; while :; do sleep 1; done' "
      "</dev/null >/dev/null 2>&1 &); exit 5");
  const auto before = Descendants();
  RunResult result = RunOrDie(command);
  EXPECT_EQ(result.exit_code, 5);
  EXPECT_TRUE(NewSince(before).empty());
}

}  // namespace
}  // namespace assay::sandbox
