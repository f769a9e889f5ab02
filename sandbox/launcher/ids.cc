#include "sandbox/launcher/ids.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string_view>

#include "sandbox/launcher/proc_folder.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// Ids that no distribution gives to a person or a service.
constexpr uint64_t kPreferredFirst = 0x60000000;
// Below are the host's own users.
constexpr uint64_t kLeastFirst = 20000;

bool WriteText(const std::string& path, std::string_view text) {
  UniqueFd fd(open(path.c_str(), O_WRONLY | O_CLOEXEC));
  return fd.valid() && write(fd.get(), text.data(), text.size()) ==
                           static_cast<ssize_t>(text.size());
}

// The end of the extent that starts at inner id 0, in either map.
uint64_t MappedEnd(const char* path) {
  std::ifstream file(path);
  uint64_t inner = 0;
  uint64_t outer = 0;
  uint64_t count = 0;
  uint64_t end = 0;
  while (file >> inner >> outer >> count) {
    if (inner <= end) end = inner + count;
  }
  return end;
}

}  // namespace

IdRange FindIdRange(int lanes) {
  uint64_t end = MappedEnd("/proc/self/uid_map");
  uint64_t group_end = MappedEnd("/proc/self/gid_map");
  if (group_end < end) end = group_end;
  uint64_t wanted = static_cast<uint64_t>(lanes) * kIdsPerLane;
  IdRange range;
  if (end >= kPreferredFirst + wanted + (1 << 24)) {
    // Services on one host differ in their pids, and so mostly in their ids.
    uint64_t shift = static_cast<uint64_t>(getpid()) % 4096 * kIdsPerLane;
    range.first = static_cast<uint32_t>(kPreferredFirst + shift);
    range.separate = true;
  } else if (end >= kLeastFirst + wanted) {
    range.first = static_cast<uint32_t>(end - wanted);
    range.separate = true;
  }
  return range;
}

bool WriteIdMaps(pid_t pid, uint32_t inner, uint32_t outer, uint32_t count) {
  std::string folder = std::string(ProcFolder()) + "/" + std::to_string(pid);
  std::string map = std::to_string(inner) + " " + std::to_string(outer) + " " +
                    std::to_string(count);
  return WriteText(folder + "/setgroups", "deny") &&
         WriteText(folder + "/uid_map", map) &&
         WriteText(folder + "/gid_map", map);
}

bool MapSelfToRoot(uid_t uid, gid_t gid) {
  return WriteText("/proc/self/setgroups", "deny") &&
         WriteText("/proc/self/uid_map", "0 " + std::to_string(uid) + " 1") &&
         WriteText("/proc/self/gid_map", "0 " + std::to_string(gid) + " 1");
}

}  // namespace assay::sandbox
