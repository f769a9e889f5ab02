// Which walls are really up on this host, and why the others are not.
//
//   enforcement.ToString();  // "userns pidns mntns ... cgroup:v1 uid:mapped"
//   enforcement.missing;     // {"landlock: kernel ABI 0"}
//
// Threads: plain value.
#ifndef SANDBOX_ENFORCEMENT_H_
#define SANDBOX_ENFORCEMENT_H_

#include <string>
#include <vector>

namespace assay::sandbox {

struct Enforcement {
  // Levels order hosts: each includes the one before.
  //   kNone      nothing but rlimits
  //   kFiltered  seccomp, no_new_privs, rlimits
  //   kContained and user, pid, mount, ipc, uts, net namespaces, own root
  //   kFull      and memory and pids of the tree by cgroup, Landlock
  enum class Level { kNone, kFiltered, kContained, kFull };
  enum class Cgroup { kNone, kV1, kV2 };

  Level level = Level::kNone;
  Cgroup cgroup = Cgroup::kNone;
  bool user_namespace = false;
  bool pid_namespace = false;
  bool mount_namespace = false;
  bool ipc_namespace = false;
  bool uts_namespace = false;
  bool net_namespace = false;
  bool cgroup_namespace = false;
  bool own_root = false;
  bool proc = false;  // A /proc of the box's own pid namespace.
  bool seccomp = false;
  int landlock_abi = 0;        // 0: none.
  bool separate_uids = false;  // Else "uid:shared".
  // One line for each wall that is not up: its name and the reason.
  std::vector<std::string> missing;

  // One line of space-separated words, in the order above.
  std::string ToString() const;
  static const char* LevelName(Level level);
  // "none", "filtered", "contained", "full". False: no such level.
  static bool ParseLevel(const std::string& text, Level* level);
};

}  // namespace assay::sandbox

#endif  // SANDBOX_ENFORCEMENT_H_
