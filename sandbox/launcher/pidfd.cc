#include "sandbox/launcher/pidfd.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "sandbox/launcher/proc_folder.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// struct pidfd_info in its first version, which headers of older kernels lack.
struct PidfdInfo {
  uint64_t mask;
  uint64_t cgroup_id;
  uint32_t pid;
  uint32_t others[10];
  int32_t exit_code;
};
static_assert(sizeof(PidfdInfo) == 64);

constexpr unsigned long kGetInfo = _IOWR(0xff, 11, PidfdInfo);
constexpr uint64_t kPid = 1;

}  // namespace

pid_t PidOf(int pidfd) {
  PidfdInfo info = {};
  info.mask = kPid;
  if (ioctl(pidfd, kGetInfo, &info) == 0 && (info.mask & kPid) != 0 &&
      info.pid != 0) {
    return static_cast<pid_t>(info.pid);
  }
  return PidFromFdinfo(pidfd);
}

pid_t PidFromFdinfo(int pidfd) {
  std::string path =
      std::string(ProcFolder()) + "/self/fdinfo/" + std::to_string(pidfd);
  UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  char text[512];
  ssize_t n = file.valid() ? read(file.get(), text, sizeof(text) - 1) : 0;
  text[std::max<ssize_t>(n, 0)] = 0;
  const char* found = std::strstr(text, "\nPid:");
  const pid_t pid = found == nullptr ? -1 : std::atoi(found + 5);
  return pid > 0 ? pid : -1;  // 0: of another namespace.
}

}  // namespace assay::sandbox
