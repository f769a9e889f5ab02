#include "sandbox/launcher/namespaces.h"

#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

#include "sandbox/launcher/base_root.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

constexpr size_t kMaxAnswerBytes = 4096;
// First byte of a child's answer.
constexpr char kWithProc = 'p';
constexpr char kWithoutProc = 'b';
constexpr char kNothing = 'n';

std::string ErrorText(const std::string& what) {
  return what + ": " + std::strerror(errno);
}

pid_t Clone(unsigned long flags) {
  return static_cast<pid_t>(
      syscall(SYS_clone, flags | SIGCHLD, nullptr, nullptr, nullptr, 0));
}

void Await(pid_t pid) {
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

[[noreturn]] void Answer(int fd, char kind, const std::string& text) {
  const std::string answer = kind + text;
  _exit(WriteWhole(fd, answer) ? 0 : 1);
}

// Whether a box could be cloned beneath the tree that we are in.
bool ClonesBoxes() {
  const pid_t pid = Clone(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS);
  if (pid == 0) _exit(0);
  if (pid < 0) return false;
  Await(pid);
  return true;
}

// As pid 1 of a fresh pid namespace, or as its stand-in without one.
[[noreturn]] void TryTree(const World& world, bool own_proc, int fd) {
  std::string error;
  std::string proc_error;
  int store_fd = -1;
  if (own_proc &&
      (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
       mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
             nullptr) != 0)) {
    Answer(fd, kWithoutProc, std::strerror(errno));
  }
  if (!EnterBaseRoot(world.config.read_only_paths, {}, own_proc, &store_fd,
                     &error)) {
    Answer(fd, kNothing, error);
  }
  if (!ClonesBoxes()) Answer(fd, kNothing, ErrorText("user namespace"));
  Answer(fd, own_proc ? kWithProc : kWithoutProc, "");
}

// In a child of ours, which it never leaves.
[[noreturn]] void TryNamespaces(const World& world, bool own_proc, int fd) {
  std::string error;
  if (!EnterOwnNamespaces(&error)) Answer(fd, kNothing, error);
  const pid_t pid = Clone(CLONE_NEWNS | (own_proc ? CLONE_NEWPID : 0));
  if (pid == 0) TryTree(world, own_proc, fd);
  if (pid < 0) Answer(fd, kNothing, ErrorText("pid namespace"));
  Await(pid);
  _exit(0);
}

std::string Ask(const World& world, bool own_proc) {
  std::string answer;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return kNothing + ErrorText("pipe");
  UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  const pid_t pid = fork();
  if (pid == 0) TryNamespaces(world, own_proc, writing.get());
  if (pid < 0) return kNothing + ErrorText("fork");
  writing.reset();
  char part[512];
  ssize_t n;
  while (answer.size() < kMaxAnswerBytes &&
         ((n = read(reading.get(), part, sizeof(part))) > 0 ||
          (n < 0 && errno == EINTR))) {
    if (n > 0) answer.append(part, static_cast<size_t>(n));
  }
  Await(pid);
  return answer.empty() ? kNothing + std::string("the trial died") : answer;
}

}  // namespace

Trial TryBoxes(const World& world) {
  Trial trial;
  if (Without(world, "userns")) {
    trial.reason = "left out";
    return trial;
  }
  if (Without(world, "proc")) {
    trial.proc_reason = "left out";
  } else {
    const std::string answer = Ask(world, true);
    trial.boxes = trial.proc = answer[0] == kWithProc;
    if (trial.proc) return trial;
    trial.reason = trial.proc_reason = answer.substr(1);
    if (answer[0] == kNothing) return trial;
  }
  const std::string answer = Ask(world, false);
  trial.boxes = answer[0] == kWithoutProc;
  if (!trial.boxes) trial.reason = answer.substr(1);
  return trial;
}

bool EnterOwnNamespaces(std::string* error) {
  auto fail = [error](const char* what) {
    *error = ErrorText(what);
    return false;
  };
  const uid_t uid = geteuid();
  const gid_t gid = getegid();
  if (uid == 0 && unshare(CLONE_NEWNS) == 0) {
    setgroups(0, nullptr);
  } else {
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
      return fail("user and mount namespaces");
    }
    if (!MapSelfToRoot(uid, gid)) return fail("map of user ids");
  }
  return true;
}

bool Without(const World& world, const char* wall) {
  const std::vector<std::string>& without = world.config.without;
  return std::find(without.begin(), without.end(), wall) != without.end();
}

}  // namespace assay::sandbox
