// The steps of a box that has no namespaces.
#include <dirent.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "sandbox/launcher/bare_filter.h"
#include "sandbox/launcher/bare_folder.h"
#include "sandbox/launcher/box_setup.h"
#include "sandbox/launcher/landlock.h"

namespace assay::sandbox {
namespace {

// What programs need to start; the rest of the host's files is not theirs.
constexpr const char* kReadable[] = {"/usr",
                                     "/bin",
                                     "/sbin",
                                     "/lib",
                                     "/lib32",
                                     "/lib64",
                                     "/libx32",
                                     "/etc/alternatives",
                                     "/etc/ld.so.cache",
                                     "/etc/passwd",
                                     "/etc/group",
                                     "/etc/nsswitch.conf",
                                     "/etc/localtime"};
// The bound of processes is one of a user, who may start others meanwhile: a
// program must not fail for them.
constexpr int kOthersRoom = 256;
// Settings of the JVMs of Debian.
constexpr char kEtc[] = "/etc";
constexpr char kJava[] = "java";
constexpr const char* kDevices[] = {"/dev/null", "/dev/zero", "/dev/full",
                                    "/dev/random", "/dev/urandom"};

// Processes and threads of a user, as RLIMIT_NPROC counts them.
int CountThreadsOf(uid_t uid) {
  int count = 0;
  DIR* folder = opendir("/proc");
  while (dirent* entry = folder == nullptr ? nullptr : readdir(folder)) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    const std::string path = std::string("/proc/") + entry->d_name + "/status";
    std::ifstream file(path);
    std::string word;
    long long owner = -1;
    while (file >> word) {
      if (word == "Uid:") file >> owner;
      int threads = 0;
      if (word == "Threads:" && file >> threads && owner == uid) {
        count += threads;
      }
    }
  }
  if (folder != nullptr) closedir(folder);
  return count;
}

LandlockTree TreeOf(const BarePlan& bare) {
  LandlockTree tree;
  tree.read.assign(std::begin(kReadable), std::end(kReadable));
  tree.read.insert(tree.read.end(), bare.readable.begin(), bare.readable.end());
  DIR* folder = opendir(kEtc);
  while (dirent* entry = folder == nullptr ? nullptr : readdir(folder)) {
    if (std::strncmp(entry->d_name, kJava, sizeof(kJava) - 1) == 0) {
      tree.read.push_back(std::string(kEtc) + "/" + entry->d_name);
    }
  }
  if (folder != nullptr) closedir(folder);
  tree.write = {bare.folder + "/box", bare.folder + "/tmp"};
  tree.device.assign(std::begin(kDevices), std::end(kDevices));
  return tree;
}

bool LoadFilter(FilterProgram filter) {
  sock_fprog program = {static_cast<unsigned short>(filter.size()),
                        filter.data()};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

}  // namespace

bool BoxSetup::MakeBareWorld() {
  if (!EnterGroups()) return false;
  umask(022);
  const BarePlan& bare = plan_->bare;
  if (!Done(SetupStep::kBoxFolder, EnterRunFolder(bare.folder, plan_->uid))) {
    return false;
  }
  if (!bare.change_user) {
    plan_->extra_process_count = CountThreadsOf(geteuid()) + kOthersRoom;
  }
  if (!WriteFiles()) return false;
  for (const BoxFileEntry& entry : plan_->request.files) {
    if (!bare.change_user) break;
    if (lchown(entry.path.c_str(), plan_->uid, plan_->uid) != 0) {
      return Done(SetupStep::kFiles, false);
    }
  }
  return SendFolder();
}

// System calls of one thread: this process shares its memory with its parent.
bool BoxSetup::BecomeBareUser() {
  const BarePlan& bare = plan_->bare;
  const bool ok =
      !bare.change_user ||
      (syscall(SYS_setresgid, plan_->uid, plan_->uid, plan_->uid) == 0 &&
       syscall(SYS_setresuid, plan_->uid, plan_->uid, plan_->uid) == 0);
  if (!Done(SetupStep::kIdentity, ok) || !DropPrivileges()) return false;
  if (bare.landlock_abi > 0 &&
      !Done(SetupStep::kLandlock,
            EnterLandlock(bare.landlock_abi, TreeOf(bare)))) {
    return false;
  }
  return !bare.limit_signals ||
         Done(SetupStep::kFilter, LoadFilter(OwnSignalsOnly(getpid())));
}

bool BoxSetup::IsOfTheBox(const std::string& path) const {
  return path.rfind(plan_->bare.folder + "/box/", 0) == 0;
}

}  // namespace assay::sandbox
