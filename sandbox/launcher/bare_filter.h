// A second filter for boxes that share a user and a pid namespace with their
// host: signals reach the process that loads it, and nobody else. What it
// starts inherits the bound, and so can signal that process alone.
//
// Threads: none. Source: seccomp(2).
#ifndef SANDBOX_LAUNCHER_BARE_FILTER_H_
#define SANDBOX_LAUNCHER_BARE_FILTER_H_

#include <sys/types.h>

#include "sandbox/launcher/filter.h"

namespace assay::sandbox {

// Calls that name another process are answered with EPERM; all others are
// left to the filters loaded later or before.
FilterProgram OwnSignalsOnly(pid_t own);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BARE_FILTER_H_
