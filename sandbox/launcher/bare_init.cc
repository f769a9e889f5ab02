#include "sandbox/launcher/bare_init.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <ctime>
#include <set>
#include <string>
#include <vector>

#include "sandbox/launcher/bare_folder.h"
#include "sandbox/launcher/box_setup.h"
#include "sandbox/launcher/candidate.h"
#include "sandbox/launcher/proc_folder.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// Between looks for children of the dying.
constexpr useconds_t kPauseUs = 500;
// A tree larger than this is ended in several turns.
constexpr size_t kMaxTree = 8192;

[[noreturn]] void Fail(const BoxPlan& plan, SetupStep step, int error) {
  BoxEvent event;
  event.step = step;
  event.error = error;
  while (waitpid(-1, nullptr, __WALL) > 0) {
  }
  SendBoxEvent(plan.status_fd, event);
  _exit(1);
}

bool Confine(BoxSetup* setup) {
  return setup->BecomeBareUser() && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
         setup->Confine();
}

std::vector<pid_t> ChildrenOf(pid_t pid) {
  std::vector<pid_t> children;
  const std::string tasks = "/proc/" + std::to_string(pid) + "/task/";
  for (const std::string& thread : NumbersIn(tasks, SIZE_MAX)) {
    AppendChildren(tasks + thread, &children);
  }
  return children;
}

std::vector<pid_t> DescendantsOfUs(const std::vector<pid_t>& kept) {
  std::vector<pid_t> found;
  std::vector<pid_t> open = {getpid()};
  while (!open.empty() && found.size() < kMaxTree) {
    const pid_t parent = open.back();
    open.pop_back();
    for (const pid_t child : ChildrenOf(parent)) {
      if (std::find(kept.begin(), kept.end(), child) != kept.end()) continue;
      found.push_back(child);
      open.push_back(child);
    }
  }
  return found;
}

// The kernel signals all processes of a user at once.
void KillAllOf(uint32_t uid) {
  const pid_t pid = fork();
  if (pid == 0) {
    if (syscall(SYS_setresuid, uid, uid, uid) == 0) kill(-1, SIGKILL);
    _exit(0);
  }
  while (pid > 0 && waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

// Stopped first, until no new one is seen: the stopped cannot fork.
void KillTree(const std::vector<pid_t>& kept) {
  std::set<pid_t> seen;
  bool grown = true;
  while (grown && seen.size() < kMaxTree) {
    grown = false;
    for (const pid_t pid : DescendantsOfUs(kept)) {
      if (!seen.insert(pid).second) continue;
      grown = true;
      kill(pid, SIGSTOP);
    }
  }
  for (const pid_t pid : seen) kill(pid, SIGKILL);
}

// Waits until the candidate has ended or we are told to end it.
BoxEvent AwaitEnd(const BoxPlan& plan, pid_t candidate) {
  sigset_t wanted;
  sigemptyset(&wanted);
  sigaddset(&wanted, SIGTERM);
  sigaddset(&wanted, SIGCHLD);
  int wait_status = 0;
  bool over = false;
  const BoxLimits& limits = plan.request.limits;
  const int64_t room = std::min(limits.memory_bytes, 2 * limits.file_bytes);
  while (!over) {
    constexpr timespec kLook = {0, 50000000};
    const int number = sigtimedwait(&wanted, nullptr, &kLook);
    if (number == SIGTERM) break;
    if (number < 0 && errno == EAGAIN && IsFull(plan.bare.folder, room)) {
      BoxEvent full;
      full.kind = BoxEventKind::kFull;
      SendBoxEvent(plan.status_fd, full);
      break;
    }
    int status = 0;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0;) {
      if (pid != candidate) continue;
      wait_status = status;
      over = true;
    }
  }
  EndDescendants(plan.bare.change_user ? plan.uid : 0, {});
  return EndedEvent(wait_status);
}

}  // namespace

void EndDescendants(uint32_t uid, const std::vector<pid_t>& kept) {
  while (true) {
    if (uid != 0) {
      KillAllOf(uid);
    } else {
      KillTree(kept);
    }
    bool left = false;
    for (const pid_t child : ChildrenOf(getpid())) {
      if (std::find(kept.begin(), kept.end(), child) != kept.end()) continue;
      left |= waitpid(child, nullptr, WNOHANG | __WALL) == 0;
    }
    if (!left && DescendantsOfUs(kept).empty()) return;
    usleep(kPauseUs);
  }
}

void RunBareInit(BoxPlan plan) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_NAME, "box-init");
  char go;
  if (read(plan.status_fd, &go, 1) != 1) _exit(1);
  // Until here SIGTERM simply ends us: there is no candidate.
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigaddset(&blocked, SIGCHLD);
  sigprocmask(SIG_BLOCK, &blocked, nullptr);
  BoxSetup setup(&plan);
  if (!setup.MakeBareWorld()) Fail(plan, setup.step(), setup.error());
  const Started started = StartCandidate(&plan, &setup, Confine);
  if (started.step != SetupStep::kNone) {
    Fail(plan, started.step, started.error);
  }
  SendBoxEvent(plan.status_fd, StartedEvent(started));
  KeepOnly(plan.status_fd);
  SendBoxEvent(plan.status_fd, AwaitEnd(plan, started.pid));
  _exit(0);
}

}  // namespace assay::sandbox
