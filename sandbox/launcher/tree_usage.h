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

// How descendants are found: by the kernel's lists of children, where a process
// can be missed while others end beside it, or by all of /proc, which takes
// time with every process of the host.
enum class TreeWalk { kLists, kWholeProc };

// What `root` and its descendants use, and those of `reaper`, to whom orphans
// fall and of whom only the CPU time of those he has reaped counts; either may
// be -1. By all of /proc where the lists are longer, or absent.
TreeUsage ReadTreeUsage(pid_t root, pid_t reaper, TreeWalk walk);

// The processes among them, in no order, as far as they can be seen. False
// where the kernel keeps no lists, or they are long.
bool TreeByLists(pid_t root, pid_t reaper, std::vector<pid_t>* tree);
std::vector<pid_t> TreeByParents(pid_t root, pid_t reaper);

// Whether it is dying, dead or about to be. A child of ours, not reaped.
bool IsExiting(pid_t pid);

// Time for which each thread of `pid` was runnable but had no core.
std::vector<int64_t> ThreadDelaysNs(pid_t pid);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_TREE_USAGE_H_
