// Rules about system calls, as a short BPF program.
//
//   FilterProgram program = WriteFilter(
//       {{.number = SYS_read, .action = SECCOMP_RET_ALLOW}},
//       /*otherwise=*/SECCOMP_RET_ERRNO | EPERM);
//
// A box pays for its filter when it is loaded, not when it calls: the kernel
// translates every instruction to machine code, then runs the program once
// for each system call there is, to know which need never ask again. So
// numbers are looked up 32 at a time: a tree finds their word, and one test of
// a bit says what all that are decided alike come to. This is less than half
// of libseccomp's instructions for the same rules, and of the time.
//
// Rules of one number: one without a condition decides alone, and of several
// the first; else the first that holds; else `otherwise`. A foreign
// architecture kills, as does an x32 call on x86-64.
//
// Empty where the rules are more than a jump reaches (255 instructions).
//
// Threads: none. Source: seccomp(2); bpf(4) of the BSDs for instructions.
#ifndef SANDBOX_LAUNCHER_FILTER_PROGRAM_H_
#define SANDBOX_LAUNCHER_FILTER_PROGRAM_H_

#include <linux/filter.h>

#include <cstdint>
#include <vector>

namespace assay::sandbox {

using FilterProgram = std::vector<sock_filter>;

struct FilterRule {
  uint32_t number = 0;  // Below 2^30.
  uint32_t action = 0;  // SECCOMP_RET_*.
  // Holds where argument & mask == value; a mask of 0 is no condition.
  uint32_t argument = 0;  // 0 to 5.
  uint64_t mask = 0;
  uint32_t value = 0;
};

FilterProgram WriteFilter(const std::vector<FilterRule>& rules,
                          uint32_t otherwise);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_FILTER_PROGRAM_H_
