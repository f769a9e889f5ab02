// A filter decides as its rules say, and as libseccomp's for the same rules:
// for all numbers that are near, and about each value that a rule compares
// with.
#include "sandbox/launcher/filter_program.h"

#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "sandbox/launcher/filter.h"
#include "sandbox/wire/fd.h"
#include "tests/sandbox/bpf_machine.h"

namespace assay::sandbox {
namespace {

constexpr uint32_t kEnosys = SECCOMP_RET_ERRNO | ENOSYS;

#if defined(__x86_64__)

constexpr uint32_t kNative = AUDIT_ARCH_X86_64;
constexpr uint32_t kEperm = SECCOMP_RET_ERRNO | EPERM;

// The slow twin: libseccomp's program for the same rules, EPERM otherwise.
FilterProgram Twin(const std::vector<FilterRule>& rules) {
  scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  EXPECT_EQ(
      seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS),
      0);
  seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  for (const FilterRule& rule : rules) {
    if (rule.action == kEperm) continue;  // The default.
    scmp_arg_cmp condition = {rule.argument, SCMP_CMP_MASKED_EQ, rule.mask,
                              rule.value};
    int result = seccomp_rule_add_array(context, rule.action,
                                        static_cast<int>(rule.number),
                                        rule.mask != 0 ? 1 : 0, &condition);
    EXPECT_TRUE(result == 0 || result == -EEXIST) << rule.number;
  }
  UniqueFd file(memfd_create("filter", 0));
  std::string bytes;
  EXPECT_EQ(seccomp_export_bpf(context, file.get()), 0);
  EXPECT_TRUE(ReadWhole(file.get(), 4096 * sizeof(sock_filter), &bytes));
  seccomp_release(context);
  const auto* first = reinterpret_cast<const sock_filter*>(bytes.data());
  return FilterProgram(first, first + bytes.size() / sizeof(sock_filter));
}

// Every number, and x32's, with arguments at and around what rules name.
std::vector<seccomp_data> Calls(const std::vector<FilterRule>& rules) {
  std::vector<seccomp_data> calls;
  auto add = [&calls](uint32_t number) -> seccomp_data& {
    seccomp_data& call = calls.emplace_back();
    call.nr = static_cast<int>(number);
    call.arch = kNative;
    return call;
  };
  for (uint32_t number = 0; number < 1100; ++number) add(number);
  for (uint32_t number : {0x3fffffffu, 0x40000000u, 0x40000001u, 0x40000200u,
                          0x7fffffffu, 0x80000000u, 0xfffffffeu, 0xffffffffu}) {
    add(number);
  }
  for (const FilterRule& rule : rules) {
    if (rule.mask == 0) continue;
    for (uint64_t value :
         {uint64_t{rule.value}, rule.value | ~rule.mask,
          uint64_t{rule.value} + 1, uint64_t{rule.value} - 1,
          rule.value | uint64_t{1} << 32, rule.value | uint64_t{1} << 63,
          uint64_t{0}, ~uint64_t{0}, rule.mask}) {
      add(rule.number).args[rule.argument] = value;
      add(rule.number).args[(rule.argument + 1) % 6] = value;
    }
  }
  for (uint32_t number : {0u, 1u, 59u}) add(number).arch = AUDIT_ARCH_I386;
  return calls;
}

// The rules, read one by one.
uint32_t AsTheRulesSay(const std::vector<FilterRule>& rules,
                       const seccomp_data& call) {
  const auto number = static_cast<uint32_t>(call.nr);
  if (call.arch != kNative) return SECCOMP_RET_KILL_PROCESS;
  if (number >= 0x40000000 && number != 0xffffffff) {
    return SECCOMP_RET_KILL_PROCESS;
  }
  for (const FilterRule& rule : rules) {
    if (number == rule.number &&
        (call.args[rule.argument] & rule.mask) == rule.value) {
      return rule.action;
    }
  }
  return kEperm;
}

// Of the instructions that tell the kernel, without any arguments, what a call
// comes to (seccomp_is_const_allow): it need not be asked about again.
bool KernelSeesThrough(const FilterProgram& program) {
  for (const sock_filter& i : program) {
    switch (i.code) {
      case BPF_LD | BPF_W | BPF_ABS:
      case BPF_ALU | BPF_AND | BPF_K:
      case BPF_JMP | BPF_JA:
      case BPF_JMP | BPF_JEQ | BPF_K:
      case BPF_JMP | BPF_JGE | BPF_K:
      case BPF_JMP | BPF_JGT | BPF_K:
      case BPF_JMP | BPF_JSET | BPF_K:
      case BPF_RET | BPF_K:
        continue;
      default:
        return false;
    }
  }
  return true;
}

// For each call `program` decides as `wanted` says.
void ExpectAlike(const FilterProgram& program,
                 const std::vector<FilterRule>& rules,
                 const std::function<uint32_t(const seccomp_data&)>& wanted) {
  for (const seccomp_data& call : Calls(rules)) {
    ASSERT_EQ(Decide(program, call), wanted(call))
        << call.nr << " of " << std::hex << call.arch << ": " << call.args[0]
        << " " << call.args[1] << " " << call.args[2];
  }
}

void ExpectAsSaid(const std::vector<FilterRule>& rules) {
  FilterProgram program = WriteFilter(rules, kEperm);
  ASSERT_FALSE(program.empty());
  EXPECT_TRUE(KernelSeesThrough(program));
  ExpectAlike(program, rules, [&](const seccomp_data& call) {
    return AsTheRulesSay(rules, call);
  });
}

void ExpectAsTwin(const std::vector<FilterRule>& rules) {
  FilterProgram twin = Twin(rules);
  ExpectAlike(WriteFilter(rules, kEperm), rules,
              [&](const seccomp_data& call) { return Decide(twin, call); });
}

TEST(FilterProgram, PoliciesDecideAsLibseccompsDo) {
  for (const std::string& name : PolicyNames()) {
    SCOPED_TRACE(name);
    CompiledPolicy policy;
    std::string error;
    ASSERT_TRUE(CompilePolicy(name, &policy, &error)) << error;
    ExpectAsSaid(policy.rules);
    ExpectAsTwin(policy.rules);
    EXPECT_LT(policy.program.size(), Twin(policy.rules).size() / 2);
  }
}

constexpr uint32_t kActions[] = {SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW, kEnosys,
                                 SECCOMP_RET_KILL_PROCESS};
constexpr uint64_t kMasks[] = {~uint64_t{0}, 0xf000, 0x80000000,
                               uint64_t{1} << 40 | 0xff};

// Rules of one number with one action, which libseccomp takes too.
TEST(FilterProgram, RandomRulesDecideAsLibseccompsDo) {
  std::mt19937 random(7);
  int written = 0;
  for (int round = 0; round < 150; ++round) {
    SCOPED_TRACE(round);
    std::vector<FilterRule> rules;
    const uint32_t density = 1 + random() % 20;
    for (uint32_t number = 0; number < 440; ++number) {
      if (random() % (2 * density) > 1) continue;
      FilterRule rule{number, kActions[random() % 4], 0, 0, 0};
      if (random() % 40 != 0) {
        rules.push_back(rule);
        continue;
      }
      rule.argument = random() % 6;
      rule.mask = kMasks[random() % 4];
      for (uint32_t values = 1 + random() % 4; values > 0; --values) {
        rule.value = random() & static_cast<uint32_t>(rule.mask);
        rules.push_back(rule);
      }
    }
    if (WriteFilter(rules, kEperm).empty()) continue;
    ++written;
    ExpectAsSaid(rules);
    ExpectAsTwin(rules);
  }
  EXPECT_GT(written, 50);
}

TEST(FilterProgram, RandomRulesDecideAsTheySay) {
  std::mt19937 random(8);
  int written = 0;
  for (int round = 0; round < 400; ++round) {
    SCOPED_TRACE(round);
    std::vector<FilterRule> rules;
    for (uint32_t count = random() % 60; count > 0; --count) {
      FilterRule rule{static_cast<uint32_t>(random() % 24),
                      kActions[random() % 4], 0, 0, 0};
      if (random() % 8 != 0) {
        rule.argument = random() % 3;
        rule.mask = kMasks[random() % 4];
        rule.value = random() % 4 & static_cast<uint32_t>(rule.mask);
      }
      rules.push_back(rule);
    }
    if (WriteFilter(rules, kEperm).empty()) continue;
    ++written;
    ExpectAsSaid(rules);
  }
  EXPECT_GT(written, 300);
}

seccomp_data Call(int number, uint64_t arg0 = 0, uint64_t arg1 = 0) {
  seccomp_data call = {};
  call.nr = number;
  call.arch = kNative;
  call.args[0] = arg0;
  call.args[1] = arg1;
  return call;
}

TEST(FilterProgram, NoRules) {
  FilterProgram program = WriteFilter({}, kEperm);
  EXPECT_EQ(Decide(program, Call(0)), kEperm);
  EXPECT_EQ(Decide(program, Call(77)), kEperm);
  seccomp_data foreign = Call(0);
  foreign.arch = AUDIT_ARCH_I386;
  EXPECT_EQ(Decide(program, foreign), SECCOMP_RET_KILL_PROCESS);
}

TEST(FilterProgram, TheFirstRuleThatHolds) {
  constexpr uint64_t kAll = ~uint64_t{0};
  const std::vector<FilterRule> rules = {
      {3, kEnosys, 0, kAll, 1},
      {3, SECCOMP_RET_ALLOW, 0, 0xff, 1},
      {3, SECCOMP_RET_KILL_PROCESS, 1, kAll, 9},
      {3, SECCOMP_RET_ALLOW, 0, kAll, 9},
      {4, SECCOMP_RET_ALLOW, 0, 0, 0},
      {4, SECCOMP_RET_KILL_PROCESS, 0, 0, 0},
  };
  ExpectAsSaid(rules);
  FilterProgram program = WriteFilter(rules, kEperm);
  EXPECT_EQ(Decide(program, Call(3, 1, 9)), kEnosys);
  EXPECT_EQ(Decide(program, Call(3, 0x101, 9)), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(program, Call(3, uint64_t{1} << 32 | 1, 9)),
            SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(program, Call(3, 2, 9)), SECCOMP_RET_KILL_PROCESS);
  EXPECT_EQ(Decide(program, Call(3, 9, 8)), SECCOMP_RET_ALLOW);
  EXPECT_EQ(Decide(program, Call(3, 2, 8)), kEperm);
  EXPECT_EQ(Decide(program, Call(2, 1, 9)), kEperm);
  EXPECT_EQ(Decide(program, Call(4)), SECCOMP_RET_ALLOW);
}

TEST(FilterProgram, AJumpReachesSoFarOrIsRefused) {
  std::vector<FilterRule> rules;
  size_t most = 0;
  for (uint32_t value = 0; value < 300; ++value) {
    rules.push_back({1, SECCOMP_RET_ALLOW, 0, ~uint64_t{0}, value});
    if (WriteFilter(rules, kEperm).empty()) break;
    most = rules.size();
  }
  EXPECT_GT(most, 200u);
  EXPECT_LT(most, 300u);
  rules.resize(most);
  ExpectAsSaid(rules);
}

TEST(FilterProgram, MalformedRulesAreRefused) {
  const FilterRule rules[] = {
      {0x40000000, SECCOMP_RET_ALLOW, 0, 0, 0},
      {UINT32_MAX, SECCOMP_RET_ALLOW, 0, 0, 0},
      {1, SECCOMP_RET_ALLOW, 6, ~uint64_t{0}, 1},
      {1, SECCOMP_RET_ALLOW, 0, 0xf, 0x11},
      {1, SECCOMP_RET_ALLOW, 0, 0, 1},
  };
  for (const FilterRule& rule : rules) {
    EXPECT_TRUE(WriteFilter({rule}, kEperm).empty()) << rule.number;
  }
}

#endif  // __x86_64__

// The kernel takes such programs.
TEST(FilterProgram, TheKernelDecidesSoToo) {
  FilterProgram program =
      WriteFilter({{SYS_getppid, kEnosys, 0, 0, 0},
                   {SYS_getpriority, SECCOMP_RET_ERRNO | EACCES, 1, 0xff, 7}},
                  SECCOMP_RET_ALLOW);
  pid_t pid = fork();
  if (pid == 0) {
    sock_fprog loaded = {static_cast<unsigned short>(program.size()),
                         program.data()};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &loaded) != 0) {
      _exit(1);
    }
    if (syscall(SYS_getppid) != -1 || errno != ENOSYS) _exit(2);
    if (syscall(SYS_getpriority, 0, 0x107) != -1 || errno != EACCES) _exit(3);
    if (syscall(SYS_getpriority, 0, 0) < 0 || getpid() <= 0) _exit(4);
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace assay::sandbox
