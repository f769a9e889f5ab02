#include "sandbox/launcher/landlock.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

namespace assay::sandbox {
namespace {

// The same on every architecture.
constexpr long kCreateRuleset = 444;
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;
constexpr uint32_t kVersionFlag = 1;
constexpr int kRulePathBeneath = 1;

constexpr uint64_t kExecute = 1 << 0;
constexpr uint64_t kWriteFile = 1 << 1;
constexpr uint64_t kReadFile = 1 << 2;
constexpr uint64_t kReadDir = 1 << 3;
constexpr uint64_t kMakeChar = 1 << 6;
constexpr uint64_t kMakeBlock = 1 << 11;
constexpr uint64_t kFirstAbiRights = (1 << 13) - 1;
constexpr uint64_t kRefer = 1 << 13;     // ABI 2
constexpr uint64_t kTruncate = 1 << 14;  // ABI 3
constexpr uint64_t kIoctlDev = 1 << 15;  // ABI 5
constexpr uint64_t kBindTcp = 1 << 0;    // ABI 4
constexpr uint64_t kConnectTcp = 1 << 1;
constexpr uint64_t kScopeAbstractSocket = 1 << 0;  // ABI 6
constexpr uint64_t kScopeSignal = 1 << 1;

struct RulesetAttr {
  uint64_t handled_fs;
  uint64_t handled_net;
  uint64_t scoped;
};

struct __attribute__((packed)) PathBeneathAttr {
  uint64_t allowed;
  int32_t parent_fd;
};

uint64_t FileRights(int abi) {
  uint64_t rights = kFirstAbiRights;
  if (abi >= 2) rights |= kRefer;
  if (abi >= 3) rights |= kTruncate;
  if (abi >= 5) rights |= kIoctlDev;
  return rights;
}

bool AllowBeneath(int ruleset, const char* path, uint64_t rights) {
  int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0) return false;
  PathBeneathAttr attr = {rights, fd};
  bool ok = syscall(kAddRule, ruleset, kRulePathBeneath, &attr, 0) == 0;
  int error = errno;
  close(fd);
  errno = error;
  return ok;
}

}  // namespace

int LandlockAbi() {
  long abi = syscall(kCreateRuleset, nullptr, 0, kVersionFlag);
  return abi > 0 ? static_cast<int>(abi) : 0;
}

bool EnterLandlock(int abi) {
  RulesetAttr attr = {};
  attr.handled_fs = FileRights(abi);
  if (abi >= 4) attr.handled_net = kBindTcp | kConnectTcp;
  if (abi >= 6) attr.scoped = kScopeAbstractSocket | kScopeSignal;
  size_t size = abi >= 6   ? sizeof(attr)
                : abi >= 4 ? offsetof(RulesetAttr, scoped)
                           : offsetof(RulesetAttr, handled_net);
  int ruleset = static_cast<int>(syscall(kCreateRuleset, &attr, size, 0));
  if (ruleset < 0) return false;
  uint64_t read = kExecute | kReadFile | kReadDir;
  uint64_t write = attr.handled_fs & ~(kMakeChar | kMakeBlock | kIoctlDev);
  uint64_t device = read | kWriteFile | (attr.handled_fs & kTruncate) |
                    (attr.handled_fs & kIoctlDev);
  bool ok = AllowBeneath(ruleset, "/", read) &&
            AllowBeneath(ruleset, "/box", write) &&
            AllowBeneath(ruleset, "/tmp", write) &&
            AllowBeneath(ruleset, "/dev", device) &&
            syscall(kRestrictSelf, ruleset, 0) == 0;
  int error = errno;
  close(ruleset);
  errno = error;
  return ok;
}

}  // namespace assay::sandbox
