#include "sandbox/launcher/box_setup.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "sandbox/launcher/cores.h"
#include "sandbox/launcher/landlock.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// Descriptors are first moved above every number that a command may name.
constexpr int kHighDescriptor = 300;
// A private tmpfs holds at most this many files and folders.
constexpr char kInodes[] = "16384";

bool WriteText(const char* path, std::string_view text) {
  UniqueFd fd(open(path, O_WRONLY | O_CLOEXEC));
  return fd.valid() && write(fd.get(), text.data(), text.size()) ==
                           static_cast<ssize_t>(text.size());
}

bool RaiseCapabilities(bool all) {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct sets[2] = {};
  if (all) {
    if (syscall(SYS_capget, &header, sets) != 0) return false;
    for (auto& set : sets) set.effective = set.permitted;
  }
  return syscall(SYS_capset, &header, sets) == 0;
}

// The next bytes of `from` as a file in the working directory.
bool CopyFile(const BoxFileEntry& entry, int from, off_t* offset) {
  UniqueFd fd(open(entry.path.c_str(),
                   O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd.valid()) return false;
  auto left = static_cast<size_t>(entry.size);
  while (left > 0) {
    ssize_t n = sendfile(fd.get(), from, offset, left);
    if (n <= 0) return false;
    left -= static_cast<size_t>(n);
  }
  return fchmod(fd.get(), static_cast<mode_t>(entry.mode)) == 0;
}

// Soft and hard; where the host's own bound is lower, that one.
bool SetLimit(int resource, rlim_t value) {
  auto which = static_cast<__rlimit_resource>(resource);
  rlimit wanted = {value, value};
  if (setrlimit(which, &wanted) == 0) return true;
  if (errno != EPERM || getrlimit(which, &wanted) != 0) return false;
  value = std::min(value, wanted.rlim_max);
  wanted = {value, value};
  return setrlimit(which, &wanted) == 0;
}

}  // namespace

bool SetCommonLimits() {
  return SetLimit(RLIMIT_CORE, 0) &&
         SetLimit(RLIMIT_MEMLOCK, rlim_t{64} << 10) &&
         SetLimit(RLIMIT_MSGQUEUE, 0) && SetLimit(RLIMIT_NICE, 0) &&
         SetLimit(RLIMIT_RTPRIO, 0);
}

bool SendBoxEvent(int status_fd, const BoxEvent& event, int fd) {
  std::vector<int> fds;
  if (fd >= 0) fds.push_back(fd);
  return SendPacket(
      status_fd,
      std::string_view(reinterpret_cast<const char*>(&event), sizeof(event)),
      fds);
}

bool BoxSetup::Done(SetupStep step, bool ok) {
  if (ok && plan_->fail_step == step) {
    errno = EIO;
    ok = false;
  }
  if (!ok && step_ == SetupStep::kNone) {
    step_ = step;
    error_ = errno;
  }
  return ok;
}

bool BoxSetup::MakeWorld() {
  return EnterGroups() && TakeIdentity() && NameHost() && MountFolders() &&
         MountProc() && WriteFiles() && SendFolder();
}

bool BoxSetup::EnterGroups() {
  bool ok = true;
  for (const int fd : plan_->group_fds) ok = ok && write(fd, "0", 1) == 1;
  return plan_->group_fds.empty() || Done(SetupStep::kAttach, ok);
}

// Capabilities outlive the change of user until DropPrivileges.
bool BoxSetup::TakeIdentity() {
  bool ok = prctl(PR_SET_KEEPCAPS, 1) == 0 &&
            setresgid(plan_->uid, plan_->uid, plan_->uid) == 0 &&
            setresuid(plan_->uid, plan_->uid, plan_->uid) == 0 &&
            RaiseCapabilities(true);
  if (ok) umask(022);
  return Done(SetupStep::kIdentity, ok);
}

bool BoxSetup::NameHost() {
  bool ok = true;
  if (plan_->has_uts_namespace) {
    ok = sethostname("box", 3) == 0 && setdomainname("box", 3) == 0;
  }
  if (ok && plan_->has_cgroup_namespace) ok = unshare(CLONE_NEWCGROUP) == 0;
  return Done(SetupStep::kHostname, ok);
}

bool BoxSetup::MountFolders() {
  std::string id = std::to_string(plan_->uid);
  std::string options =
      "size=" + std::to_string(plan_->request.limits.file_bytes) +
      ",nr_inodes=" + kInodes + ",mode=0755,uid=" + id + ",gid=" + id;
  unsigned long flags = MS_NOSUID | MS_NODEV;
  bool ok = mount("box", "/box", "tmpfs", flags, options.c_str()) == 0 &&
            mount("tmp", "/tmp", "tmpfs", flags, options.c_str()) == 0 &&
            chdir("/box") == 0;
  return Done(SetupStep::kBoxFolder, ok);
}

// Without a /proc of its own the box has none: the one behind is covered. In
// one of its own the list of locks names the whole host's locks of open files,
// in every pid namespace (fs/locks.c): boxes could speak by it.
bool BoxSetup::MountProc() {
  unsigned long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
  bool ok = plan_->mount_proc
                ? mount("proc", "/proc", "proc", flags, nullptr) == 0 &&
                      mount("/dev/null", "/proc/locks", nullptr, MS_BIND,
                            nullptr) == 0
                : mount("none", "/proc", "tmpfs", flags | MS_RDONLY,
                        "size=4k,mode=0555") == 0;
  return Done(SetupStep::kProc, ok);
}

bool BoxSetup::WriteFiles() {
  off_t offset = 0;
  size_t next = 0;
  for (const BoxFileEntry& entry : plan_->request.files) {
    bool ok = true;
    if (!entry.link.empty()) {
      ok = symlink(entry.link.c_str(), entry.path.c_str()) == 0;
    } else if (entry.shared_id != 0) {
      off_t start = 0;
      ok = CopyFile(entry, plan_->file_fds[next++], &start);
    } else {
      ok = CopyFile(entry, plan_->contents_fd, &offset);
    }
    if (!ok) return Done(SetupStep::kFiles, false);
  }
  return Done(SetupStep::kFiles, true);
}

bool BoxSetup::SendFolder() {
  if (plan_->request.collect.empty()) return true;
  UniqueFd folder(open(".", O_PATH | O_DIRECTORY | O_CLOEXEC));
  BoxEvent event;
  event.kind = BoxEventKind::kFolder;
  return Done(
      SetupStep::kFiles,
      folder.valid() && SendBoxEvent(plan_->status_fd, event, folder.get()));
}

bool BoxSetup::NestUserNamespace() {
  if (!plan_->nest_user_namespace) return true;
  std::string map = "1000 " + std::to_string(plan_->uid) + " 1";
  return unshare(CLONE_NEWUSER) == 0 && prctl(PR_SET_DUMPABLE, 1) == 0 &&
         WriteText("/proc/self/setgroups", "deny") &&
         WriteText("/proc/self/uid_map", map) &&
         WriteText("/proc/self/gid_map", map) &&
         setresgid(1000, 1000, 1000) == 0 && setresuid(1000, 1000, 1000) == 0;
}

bool BoxSetup::DropPrivileges() {
  bool ok = NestUserNamespace();
  if (plan_->bounded_by_server) {
    for (int capability : kServerCapabilities) {
      ok = ok && prctl(PR_CAPBSET_DROP, capability) == 0;
    }
  } else {
    for (int capability = 0; ok && capability <= kLastCapability;
         ++capability) {
      if (prctl(PR_CAPBSET_DROP, capability) != 0) break;  // The last one.
    }
  }
  ok = ok && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
       RaiseCapabilities(false) && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  return Done(SetupStep::kPrivileges, ok);
}

bool BoxSetup::TakeDescriptors() {
  std::vector<std::pair<int, int>> moves;  // From, to.
  int null_fd = -1;
  if (plan_->stdin_fd < 0) {
    null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (null_fd < 0) return Done(SetupStep::kDescriptors, false);
  }
  moves.emplace_back(null_fd >= 0 ? null_fd : plan_->stdin_fd, 0);
  moves.emplace_back(plan_->stdout_fd, 1);
  moves.emplace_back(plan_->stderr_fd, 2);
  if (plan_->request_fd >= 0) moves.emplace_back(plan_->request_fd, 3);
  if (plan_->reply_fd >= 0) moves.emplace_back(plan_->reply_fd, 4);
  for (size_t i = 0; i < plan_->channel_fds.size(); ++i) {
    moves.emplace_back(plan_->channel_fds[i], plan_->request.channels[i]);
  }
  for (auto& [from, to] : moves) {
    from = fcntl(from, F_DUPFD_CLOEXEC, kHighDescriptor);
    if (from < 0) return Done(SetupStep::kDescriptors, false);
  }
  plan_->status_fd = fcntl(plan_->status_fd, F_DUPFD_CLOEXEC, kHighDescriptor);
  if (plan_->status_fd < 0) return Done(SetupStep::kDescriptors, false);
  std::vector<unsigned> kept = {static_cast<unsigned>(plan_->status_fd)};
  for (const auto& [from, to] : moves) {
    if (dup2(from, to) < 0) return Done(SetupStep::kDescriptors, false);
    kept.push_back(static_cast<unsigned>(to));
  }
  std::sort(kept.begin(), kept.end());
  unsigned next = 0;
  for (unsigned fd : kept) {
    if (fd > next) syscall(SYS_close_range, next, fd - 1, 0);
    next = fd + 1;
  }
  bool ok = syscall(SYS_close_range, next, ~0U, 0) == 0;
  return Done(SetupStep::kDescriptors, ok);
}

bool BoxSetup::SetLimits() {
  const BoxLimits& limits = plan_->request.limits;
  // A backstop behind the launcher's own watch over the whole tree.
  auto cpu_seconds = static_cast<rlim_t>(limits.cpu_ns / 1000000000 + 2);
  auto stack = static_cast<rlim_t>(limits.stack_bytes);
  auto processes =
      static_cast<rlim_t>(limits.process_count + plan_->extra_process_count);
  bool ok =
      SetLimit(RLIMIT_CPU, cpu_seconds) &&
      SetLimit(RLIMIT_FSIZE, static_cast<rlim_t>(limits.file_bytes)) &&
      SetLimit(RLIMIT_NOFILE, static_cast<rlim_t>(limits.open_files_count)) &&
      SetLimit(RLIMIT_STACK, stack) && SetLimit(RLIMIT_NPROC, processes);
  if (ok && plan_->limit_address_space) {
    ok = SetLimit(RLIMIT_AS, static_cast<rlim_t>(limits.memory_bytes));
  }
  return Done(SetupStep::kLimits, ok);
}

bool BoxSetup::Confine() {
  if (!SetLimits()) return false;
  UseCores(plan_->cores);
  bool ok = plan_->landlock_abi == 0 || EnterLandlock(plan_->landlock_abi);
  if (!Done(SetupStep::kLandlock, ok)) return false;
  // Checked before the filter is up: a failure is still reported by write.
  if (!Done(SetupStep::kFilter, true)) return false;
  if (plan_->filter.empty()) return true;  // A host without filters.
  sock_fprog program = {static_cast<unsigned short>(plan_->filter.size()),
                        plan_->filter.data()};
  return Done(SetupStep::kFilter,
              syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0);
}

}  // namespace assay::sandbox
