#include "sandbox/enforcement.h"

#include <utility>

namespace assay::sandbox {

const char* Enforcement::LevelName(Level level) {
  switch (level) {
    case Level::kNone:
      return "none";
    case Level::kFiltered:
      return "filtered";
    case Level::kContained:
      return "contained";
    case Level::kFull:
      return "full";
  }
  return "unknown";
}

bool Enforcement::ParseLevel(const std::string& text, Level* level) {
  for (Level candidate :
       {Level::kNone, Level::kFiltered, Level::kContained, Level::kFull}) {
    if (text == LevelName(candidate)) {
      *level = candidate;
      return true;
    }
  }
  return false;
}

std::string Enforcement::ToString() const {
  std::string text;
  auto add = [&text](const std::string& word) {
    if (!text.empty()) text += ' ';
    text += word;
  };
  add(std::string("level:") + LevelName(level));
  const std::pair<bool, const char*> walls[] = {
      {user_namespace, "userns"},
      {pid_namespace, "pidns"},
      {mount_namespace, "mntns"},
      {ipc_namespace, "ipcns"},
      {uts_namespace, "utsns"},
      {net_namespace, "netns"},
      {cgroup_namespace, "cgroupns"},
      {own_root, "root"},
      {proc, "proc"},
      {seccomp, "seccomp"},
  };
  for (const auto& [up, name] : walls) {
    if (up) add(name);
  }
  if (landlock_abi > 0) add("landlock:" + std::to_string(landlock_abi));
  add(cgroup == Cgroup::kV2   ? "cgroup:v2"
      : cgroup == Cgroup::kV1 ? "cgroup:v1"
                              : "cgroup:none");
  add(separate_uids ? "uid:mapped" : "uid:shared");
  return text;
}

}  // namespace assay::sandbox
