// Classic BPF, as the kernel runs a filter on a system call.
#ifndef TESTS_SANDBOX_BPF_MACHINE_H_
#define TESTS_SANDBOX_BPF_MACHINE_H_

#include <linux/seccomp.h>

#include "sandbox/launcher/filter_program.h"

namespace assay::sandbox {

// What `program` returns for `call`. An instruction that no filter of ours has,
// or a jump past the end, fails the test; the answer is 0 then.
uint32_t Decide(const FilterProgram& program, const seccomp_data& call);

}  // namespace assay::sandbox

#endif  // TESTS_SANDBOX_BPF_MACHINE_H_
