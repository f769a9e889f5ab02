// CPU time, memory and waiting time of processes, read from /proc: the
// fallback where no control group counts.
#ifndef SANDBOX_LAUNCHER_TREE_USAGE_H_
#define SANDBOX_LAUNCHER_TREE_USAGE_H_

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace assay::sandbox {

struct TreeUsage {
  int64_t cpu_ns = 0;  // With that of reaped children.
  // Pages that several of them share, as after a fork, count once.
  int64_t resident_bytes = 0;
};

// Of `root` and its descendants, as far as they can be seen.
TreeUsage ReadTreeUsage(pid_t root);

// Whether it is dying, dead or about to be. A child of ours, not reaped.
bool IsExiting(pid_t pid);

// `root` and its descendants, as far as they can be seen.
std::vector<pid_t> TreePids(pid_t root);

// Time for which each thread of `pid` was runnable but had no core.
std::vector<int64_t> ThreadDelaysNs(pid_t pid);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_TREE_USAGE_H_
