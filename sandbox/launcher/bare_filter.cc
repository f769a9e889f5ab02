#include "sandbox/launcher/bare_filter.h"

#include <linux/seccomp.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace assay::sandbox {
namespace {

// The lower half of argument 0 on little-endian hosts; pids fit into it.
constexpr uint32_t kArgument0 = offsetof(seccomp_data, args);
constexpr uint32_t kNumber = offsetof(seccomp_data, nr);

struct Call {
  uint32_t number;
  bool own_allowed;   // With our own pid.
  bool zero_allowed;  // With 0: ourselves, or our process group.
};

constexpr Call kCalls[] = {
    {SYS_kill, true, true},
    {SYS_tkill, true, false},
    {SYS_tgkill, true, false},
    {SYS_rt_sigqueueinfo, true, false},
    {SYS_rt_tgsigqueueinfo, true, false},
    {SYS_pidfd_send_signal, false, false},
    {SYS_pidfd_open, true, false},
    {SYS_sched_setaffinity, true, true},
};

}  // namespace

FilterProgram OwnSignalsOnly(pid_t own) {
  const auto pid = static_cast<uint32_t>(own);
  FilterProgram program;
  for (const Call& call : kCalls) {
    // Seven instructions a call; five are skipped for other numbers.
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kNumber));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call.number, 0, 5));
    program.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kArgument0));
    // An argument that is never allowed is compared with an impossible pid.
    constexpr uint32_t kNobody = 0x7fffffff;
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                               call.own_allowed ? pid : kNobody, 2, 0));
    program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                               call.zero_allowed ? 0 : kNobody, 1, 0));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
    program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  }
  program.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return program;
}

}  // namespace assay::sandbox
