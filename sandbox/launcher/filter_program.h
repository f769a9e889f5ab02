// Rules about system calls, as a short BPF program.
//
//   FilterProgram program = WriteFilter(
//       {{.number = SYS_read, .action = SECCOMP_RET_ALLOW}},
//       /*otherwise=*/SECCOMP_RET_ERRNO | EPERM);
//
// The first rule of a number that holds decides; where none does, `otherwise`.
// A foreign architecture kills, as does an x32 call on x86-64.
//
// A box pays for its filter when it is loaded: the kernel translates every
// instruction, then asks the program about each system call there is, to know
// which need never be asked about again. So numbers that are decided alike are
// one range, a tree finds the range, and its nodes jump straight to the
// returns that all share. The kernel sees through such tests of the number,
// but not through arithmetic, with which the program could be shorter still.
//
// Empty where a rule is malformed, or the program longer than a jump reaches
// (255 instructions).
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
  // Holds where argument & mask == value; without a mask always.
  uint32_t argument = 0;  // 0 to 5.
  uint64_t mask = 0;
  uint32_t value = 0;  // No bits but those of the mask.
};

FilterProgram WriteFilter(const std::vector<FilterRule>& rules,
                          uint32_t otherwise);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_FILTER_PROGRAM_H_
