#include "sandbox/launcher/landlock.h"

#include <fcntl.h>
#include <sys/stat.h>
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
// What a rule on a file may name.
constexpr uint64_t kFileRights =
    kExecute | kWriteFile | kReadFile | kTruncate | kIoctlDev;
constexpr uint64_t kBindTcp = 1 << 0;  // ABI 4
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

// A ruleset while it is made. The first failure is kept, with its errno.
class Domain {
 public:
  explicit Domain(int abi) : files_(FileRights(abi)) {
    RulesetAttr attr = {};
    attr.handled_fs = files_;
    if (abi >= 4) attr.handled_net = kBindTcp | kConnectTcp;
    if (abi >= 6) attr.scoped = kScopeAbstractSocket | kScopeSignal;
    const size_t size = abi >= 6   ? sizeof(attr)
                        : abi >= 4 ? offsetof(RulesetAttr, scoped)
                                   : offsetof(RulesetAttr, handled_net);
    ruleset_ = static_cast<int>(syscall(kCreateRuleset, &attr, size, 0));
    if (ruleset_ < 0) error_ = errno;
  }
  ~Domain() {
    if (ruleset_ >= 0) close(ruleset_);
    errno = error_;
  }

  uint64_t read() const { return kExecute | kReadFile | kReadDir; }
  uint64_t write() const {
    return files_ & ~(kMakeChar | kMakeBlock | kIoctlDev);
  }
  uint64_t device() const {
    return read() | kWriteFile | (files_ & (kTruncate | kIoctlDev));
  }

  // What is not there is left out.
  void Allow(const char* path, uint64_t rights) {
    if (error_ != 0) return;
    const int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) {
      if (errno != ENOENT) error_ = errno;
      return;
    }
    struct stat info;
    if (fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode)) rights &= kFileRights;
    PathBeneathAttr attr = {rights, fd};
    if (syscall(kAddRule, ruleset_, kRulePathBeneath, &attr, 0) != 0) {
      error_ = errno;
    }
    close(fd);
  }

  bool Enter() {
    if (error_ == 0 && syscall(kRestrictSelf, ruleset_, 0) != 0) {
      error_ = errno;
    }
    return error_ == 0;
  }

 private:
  uint64_t files_;
  int ruleset_ = -1;
  int error_ = 0;
};

}  // namespace

int LandlockAbi() {
  long abi = syscall(kCreateRuleset, nullptr, 0, kVersionFlag);
  return abi > 0 ? static_cast<int>(abi) : 0;
}

bool EnterLandlock(int abi) {
  Domain domain(abi);
  domain.Allow("/", domain.read());
  domain.Allow("/box", domain.write());
  domain.Allow("/tmp", domain.write());
  domain.Allow("/dev", domain.device());
  return domain.Enter();
}

bool EnterLandlock(int abi, const LandlockTree& tree) {
  Domain domain(abi);
  for (const std::string& path : tree.read) {
    domain.Allow(path.c_str(), domain.read());
  }
  for (const std::string& path : tree.write) {
    domain.Allow(path.c_str(), domain.write());
  }
  for (const std::string& path : tree.device) {
    domain.Allow(path.c_str(), domain.device());
  }
  return domain.Enter();
}

}  // namespace assay::sandbox
