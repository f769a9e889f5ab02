// Classic BPF, as the kernel runs a filter on a system call.
#ifndef TESTS_SANDBOX_BPF_MACHINE_H_
#define TESTS_SANDBOX_BPF_MACHINE_H_

#include <linux/seccomp.h>

#include "sandbox/launcher/filter_program.h"

namespace assay::sandbox {

// What `program` returns for `call`. A program that the kernel would refuse
// fails the test and returns 0.
uint32_t Decide(const FilterProgram& program, const seccomp_data& call);

}  // namespace assay::sandbox

#endif  // TESTS_SANDBOX_BPF_MACHINE_H_
