// Everything that a box has to know to set itself up, decided outside it.
#ifndef SANDBOX_LAUNCHER_BOX_PLAN_H_
#define SANDBOX_LAUNCHER_BOX_PLAN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/launcher/filter.h"
#include "sandbox/launcher/steps.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {

// What a fork server needs to clone itself into boxes: CAP_SETGID,
// CAP_SETUID, CAP_SYS_ADMIN, CAP_SETFCAP (to map id 0 once more), and, to
// drop the others, CAP_SETPCAP.
inline constexpr int kServerCapabilities[] = {6, 7, 21, 31, 8};
inline constexpr int kLastCapability = 63;

// A box without namespaces.
struct BarePlan {
  std::string folder;        // Of this run, in place of /box and /tmp.
  bool change_user = false;  // To BoxPlan::uid, which is no one else's.
  bool limit_signals = false;
  int landlock_abi = 0;
  std::vector<std::string> readable;  // Beside the toolchains' folders.
};

struct BoxPlan {
  BoxRequest request;
  BarePlan bare;  // An empty folder: it has namespaces.
  // The user of the box, in the namespace in which it sets itself up.
  uint32_t uid = 1000;
  // Unshare one more user namespace before the candidate's code: where all
  // runs share one user, its count of processes is then still its own.
  bool nest_user_namespace = false;
  // Processes of the box's user beside the candidate's own: a cold init.
  int extra_process_count = 0;
  bool has_ipc_namespace = false;
  bool has_uts_namespace = false;
  bool has_cgroup_namespace = false;
  bool mount_proc = false;
  bool limit_address_space = false;
  // Where the command may run, for UseCores.
  std::string cores;
  // The fork server has dropped all capabilities but these for ever; a box
  // made of nothing has all of them to drop.
  bool bounded_by_server = false;
  int landlock_abi = 0;
  FilterProgram filter;                    // Empty: this host has no filters.
  SetupStep fail_step = SetupStep::kNone;  // Fault injection.

  // Open descriptors; -1: none (stdin is then /dev/null).
  int stdin_fd = -1;
  int stdout_fd = -1;
  int stderr_fd = -1;
  int request_fd = -1;
  int reply_fd = -1;
  int contents_fd = -1;
  std::vector<int> file_fds;  // Of files with a shared_id and no link.
  std::vector<int> channel_fds;
  std::vector<int> group_fds;  // CgroupSlot::EntranceFds.
  int status_fd = -1;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BOX_PLAN_H_
