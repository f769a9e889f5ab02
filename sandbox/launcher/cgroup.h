// Memory, processes and CPU time of a whole tree, by control groups.
//
//   CgroupTree tree;
//   tree.Open(&reason);                       // v2 where delegated, else v1.
//   CgroupSlot slot(&tree, "lane0.slot3");
//   slot.Begin(limits);                       // Counters start from zero.
//   plan.group_fds = slot.EntranceFds();      // v1: the process enters,
//   slot.Attach(pid);                         // v2: or is put in.
//   slot.CpuNs(); slot.OomKills();
//   slot.End();                               // When all in it are dead.
//
// v1 groups are kept and their counters reset; v2 groups, whose peak cannot
// be reset on most kernels, are made anew for each run. In v2 the kernel kills
// a group as a whole when it is out of memory; in v1 one of its processes.
//
// In v1 a process of one thread enters by itself, which needs no lock of the
// kernel's; to put another in waits, on an idle host, some 10 ms for one
// (cgroup_threadgroup_rwsem). v2 has no such way for a whole process.
//
// Errors: false with errno; a counter that cannot be read is 0.
// Threads: none. Ownership: Remove deletes the tree's groups.
#ifndef SANDBOX_LAUNCHER_CGROUP_H_
#define SANDBOX_LAUNCHER_CGROUP_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/wire/fd.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {

int MakeKernelGroup(int parent, const char* name);
int RemoveKernelGroup(int parent, const char* name);

enum class CgroupVersion { kNone = 0, kV1 = 1, kV2 = 2 };

// Where the hierarchies are looked for, and how groups are made and removed.
// Other than the kernel's in tests alone: a folder of plain files.
struct CgroupHost {
  std::string mounts = "/proc/self/mountinfo";
  std::string own_groups = "/proc/self/cgroup";
  // As mkdirat with mode 0755, and as unlinkat with AT_REMOVEDIR.
  int (*make)(int parent, const char* name) = MakeKernelGroup;
  int (*remove)(int parent, const char* name) = RemoveKernelGroup;
};

class CgroupTree {
 public:
  explicit CgroupTree(CgroupHost host = {}) : host_(std::move(host)) {}

  // Makes our own group beneath the one that we are in. False: `reason` says
  // why there is none.
  bool Open(std::string* reason);
  // Deletes our groups; they have to be empty of processes.
  void Remove();

  CgroupVersion version() const { return version_; }
  const CgroupHost& host() const { return host_; }
  // Open folders: v1 {memory, pids, cpuacct}, the latter two -1 where
  // absent; v2 {group}.
  const std::vector<UniqueFd>& folders() const { return folders_; }

 private:
  bool OpenV1(std::string* reason);
  bool OpenV2(std::string* reason);
  std::string OwnFolder(const std::string& controller) const;
  UniqueFd MakeTop(const std::string& parent, const std::string& name) const;
  void RemoveStaleGroups(const std::string& parent) const;
  void RemoveGroup(int parent, const char* name) const;
  bool MoveProcessesToLeaf(const std::string& folder) const;

  CgroupHost host_;
  CgroupVersion version_ = CgroupVersion::kNone;
  std::vector<UniqueFd> folders_;
};

class CgroupSlot {
 public:
  CgroupSlot(const CgroupTree* tree, std::string name)
      : tree_(tree), name_(std::move(name)) {}

  bool Begin(const BoxLimits& limits, int64_t process_count);
  // Where a process of one thread writes "0" to enter; none in v2. Valid
  // until the next Begin.
  std::vector<int> EntranceFds() const;
  // Puts a process in; for v1 true, and nothing done.
  bool Attach(pid_t pid);
  void End();

  int64_t CpuNs() const;
  // Where the kernel keeps no peak (v2 before 5.19), the most that Look saw.
  int64_t PeakBytes() const;
  void Look();
  bool keeps_peak() const { return peak_file_.valid(); }
  int64_t OomKills() const;
  // The processes in it now, numbered as in our pid namespace.
  std::vector<pid_t> Pids() const;

 private:
  bool BeginV1(const BoxLimits& limits, int64_t process_count);
  bool BeginV2(const BoxLimits& limits, int64_t process_count);
  bool OpenV1();
  void Drop();

  const CgroupTree* tree_;
  std::string name_;
  std::vector<UniqueFd> groups_;
  UniqueFd cpu_file_;
  UniqueFd oom_file_;
  UniqueFd peak_file_;
  UniqueFd current_file_;  // Where there is no peak.
  std::vector<UniqueFd> attach_files_;
  std::string folder_name_;
  int64_t seen_bytes_ = 0;
  int stuck_count_ = 0;
  int64_t memory_limit_ = -1;
  int64_t process_limit_ = -1;
  int64_t cpu_base_ = 0;
  int64_t oom_base_ = 0;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_CGROUP_H_
