// Policies: every rule is read, and decides as its text says.
#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>

#include <cerrno>
#include <set>

#include "sandbox/launcher/filter.h"
#include "tests/sandbox/bpf_machine.h"

namespace assay::sandbox {
namespace {

#if defined(__x86_64__)

uint32_t Ask(const std::string& policy, int number, uint64_t arg0 = 0,
             uint64_t arg1 = 0, uint32_t arch = AUDIT_ARCH_X86_64) {
  CompiledPolicy compiled;
  std::string error;
  EXPECT_TRUE(CompilePolicy(policy, &compiled, &error)) << error;
  seccomp_data call = {};
  call.nr = number;
  call.arch = arch;
  call.args[0] = arg0;
  call.args[1] = arg1;
  return Decide(compiled.program, call);
}

constexpr uint32_t kEperm = SECCOMP_RET_ERRNO | EPERM;
constexpr uint32_t kEnosys = SECCOMP_RET_ERRNO | ENOSYS;

struct Case {
  const char* policy;
  int number;
  uint64_t arg0;
  uint64_t arg1;
  uint32_t wanted;
};

TEST(Policy, Table) {
  const Case cases[] = {
      {"native", SYS_read, 0, 0, SECCOMP_RET_ALLOW},
      {"native", SYS_execve, 0, 0, SECCOMP_RET_ALLOW},
      {"native", SYS_exit_group, 0, 0, SECCOMP_RET_ALLOW},
      {"native", SYS_clone, 0x11, 0, SECCOMP_RET_ALLOW},
      {"native", SYS_clone, 0x3d0f00, 0, SECCOMP_RET_ALLOW},  // a thread
      {"native", SYS_clone, 0x10000011, 0, kEperm},
      {"native", SYS_clone, 0x20000011, 0, kEperm},
      {"native", SYS_clone, 0x8011, 0, kEperm},
      {"native", SYS_clone3, 0, 0, kEnosys},
      {"native", SYS_socket, 1, 0, kEperm},
      {"native", SYS_socketpair, 1, 0, kEperm},
      {"python", SYS_socketpair, 1, 0, SECCOMP_RET_ALLOW},
      {"python", SYS_socketpair, 2, 0, kEperm},
      {"python", SYS_socket, 1, 0, kEperm},
      {"jit", SYS_socketpair, 1, 0, SECCOMP_RET_ALLOW},
      {"jit", SYS_socket, 1, 0, kEperm},
      {"jit", SYS_connect, 0, 0, kEperm},
      {"jit", SYS_memfd_create, 0, 0, SECCOMP_RET_ALLOW},
      {"python", SYS_bind, 0, 0, kEperm},
      {"python", SYS_connect, 0, 0, kEperm},
      {"native", SYS_prlimit64, 0, 7, SECCOMP_RET_ALLOW},
      {"native", SYS_prlimit64, 1, 7, kEperm},
      {"native", SYS_ioctl, 1, 0x5401, SECCOMP_RET_ALLOW},
      {"native", SYS_ioctl, 1, 0x5412, kEperm},  // TIOCSTI
      {"native", SYS_fcntl, 1, 1030, SECCOMP_RET_ALLOW},
      {"native", SYS_fcntl, 1, 1024, kEperm},  // F_SETLEASE
      {"native", SYS_flock, 1, 2, kEperm},
      {"compiler", SYS_flock, 1, 2, SECCOMP_RET_ALLOW},
      {"native", SYS_ptrace, 0, 0, kEperm},
      {"native", SYS_mount, 0, 0, kEperm},
      {"native", SYS_unshare, 0, 0, kEperm},
      {"native", SYS_bpf, 0, 0, kEperm},
      {"native", SYS_keyctl, 0, 0, kEperm},
      {"native", SYS_inotify_init1, 0, 0, kEperm},
      {"native", SYS_memfd_create, 0, 0, kEperm},
      {"compiler", SYS_memfd_create, 0, 0, SECCOMP_RET_ALLOW},
      {"native", SYS_vmsplice, 0, 0, kEperm},
      {"native", SYS_init_module, 0, 0, SECCOMP_RET_KILL_PROCESS},
      {"native", SYS_kexec_load, 0, 0, SECCOMP_RET_KILL_PROCESS},
      {"native", 9999, 0, 0, kEperm},
      {"native", 0x40000000 | SYS_getpid, 0, 0, SECCOMP_RET_KILL_PROCESS},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Ask(c.policy, c.number, c.arg0, c.arg1), c.wanted)
        << c.policy << " " << c.number << " " << c.arg0 << " " << c.arg1;
  }
  EXPECT_EQ(Ask("native", SYS_read, 0, 0, AUDIT_ARCH_I386),
            SECCOMP_RET_KILL_PROCESS);
}

TEST(Policy, EveryNameIsKnown) {
  // Of other architectures, or gone: libseccomp resolves them, or they are
  // younger than it.
  for (const std::string& name : PolicyNames()) {
    CompiledPolicy compiled;
    std::string error;
    ASSERT_TRUE(CompilePolicy(name, &compiled, &error)) << error;
    EXPECT_LT(compiled.program.size(), 200u);
    for (const std::string& call : compiled.unknown) ADD_FAILURE() << call;
    EXPECT_EQ(compiled.reserves_addresses, name == "jit" || name == "compiler");
  }
}

#endif

TEST(Policy, MalformedLinesAreRefused) {
  for (const char* line : {"allow",
                           "permit read",
                           "errno read",
                           "errno EWHAT read",
                           "include",
                           "include nothing",
                           "include common more",
                           "reserves-addresses now",
                           "allow read write",
                           "allow read if",
                           "allow read if arg0",
                           "allow read if arg0 ==",
                           "allow read if arg6 == 1",
                           "allow read if argx == 1",
                           "allow read if arg == 1",
                           "allow read if arg00 == 1",
                           "allow read if arg0 = 1",
                           "allow read if arg0 == x",
                           "allow read if arg0 == 0x",
                           "allow read if arg0 == 5abc",
                           "allow read if arg0 == -1",
                           "allow read if arg0 == 0x100000000",
                           "allow read if arg0 == 99999999999999999999",
                           "allow read if arg0 == 1 if arg1 == 2",
                           "allow read if arg0 & 1",
                           "allow read if arg0 & 1 == ",
                           "allow read if arg0 & 0 == 0",
                           "allow read if arg0 & 0xf == 0x11",
                           "allow read if arg0 & -1 == 1"}) {
    CompiledPolicy policy;
    std::string error;
    EXPECT_FALSE(CompilePolicyText(line, &policy, &error)) << line;
    EXPECT_NE(error, "") << line;
  }
}

TEST(Policy, LinesAreReadAsTheyAreMeant) {
  CompiledPolicy policy;
  std::string error;
  ASSERT_TRUE(
      CompilePolicyText("# nothing\n"
                        "  allow read if arg2 & 0xf0 == 0x10  # why\n"
                        "\n"
                        "reserves-addresses\n"
                        "errno EACCES read if arg1 == 010\n"
                        "allow no_such_call\n",
                        &policy, &error))
      << error;
  ASSERT_EQ(policy.rules.size(), 2u);
  EXPECT_EQ(policy.rules[0].argument, 2u);
  EXPECT_EQ(policy.rules[0].mask, 0xf0u);
  EXPECT_EQ(policy.rules[0].value, 0x10u);
  EXPECT_EQ(policy.rules[0].action, static_cast<uint32_t>(SECCOMP_RET_ALLOW));
  EXPECT_EQ(policy.rules[1].value, 10u);
  EXPECT_EQ(policy.rules[1].mask, ~uint64_t{0});
  EXPECT_TRUE(policy.reserves_addresses);
  EXPECT_EQ(policy.unknown, std::vector<std::string>{"no_such_call"});
}

TEST(Policy, EveryRuleHasAReason) {
  for (const char* name : {"common", "native", "python", "jit", "compiler"}) {
    std::string text(PolicyText(name));
    ASSERT_FALSE(text.empty());
    bool reason_above = false;
    size_t at = 0;
    while (at < text.size()) {
      size_t end = text.find('\n', at);
      std::string line = text.substr(at, end - at);
      at = end + 1;
      if (line.empty()) reason_above = false;
      if (!line.empty() && line[0] == '#') reason_above = true;
      if (line.rfind("allow", 0) == 0 || line.rfind("kill", 0) == 0 ||
          line.rfind("errno", 0) == 0) {
        EXPECT_TRUE(reason_above || line.find('#') != std::string::npos)
            << name << ": " << line;
      }
    }
  }
}

TEST(Policy, NoSuchPolicy) {
  CompiledPolicy compiled;
  std::string error;
  EXPECT_FALSE(CompilePolicy("nothing", &compiled, &error));
  EXPECT_FALSE(error.empty());
}

}  // namespace
}  // namespace assay::sandbox
