// What the nursery set up once and every launcher inherits by fork.
#ifndef SANDBOX_LAUNCHER_WORLD_H_
#define SANDBOX_LAUNCHER_WORLD_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/launcher/cgroup.h"
#include "sandbox/launcher/filter.h"
#include "sandbox/launcher/ids.h"
#include "sandbox/launcher/steps.h"
#include "sandbox/wire/fd.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {

struct World {
  LauncherConfig config;
  std::vector<NamedFilter> filters;
  CgroupTree cgroups;
  IdRange ids;
  LauncherHello walls;
  bool own_proc = false;  // The launchers have a /proc of their own.
  // Where boxes live on a host without namespaces; empty: it has them.
  std::string bare_folder;
  UniqueFd bare_lock;        // Held while the folder is in use.
  std::vector<pid_t> lanes;  // The launchers, by lane; in the nursery alone.
  int store_fd = -1;         // See FileStore; -1: none here.
  uint32_t first_core = 0;   // Lane 0's, counted around: not every service's.
  std::string cores;         // Those of boxes, for UseCores; a lane's own.
  SetupStep fail_step = SetupStep::kNone;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_WORLD_H_
