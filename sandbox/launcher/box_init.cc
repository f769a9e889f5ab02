#include "sandbox/launcher/box_init.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <vector>

#include "sandbox/launcher/box_setup.h"
#include "sandbox/launcher/tree_usage.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

constexpr size_t kCandidateStackBytes = 256 << 10;
// Exit status of a program in /box that cannot be executed, as shells have it.
constexpr int kCannotExecute = 126;
constexpr int kNotFound = 127;

// Shared with the candidate until it has executed: same memory, as by vfork.
struct Candidate {
  BoxPlan* plan;
  BoxSetup* setup;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  volatile int64_t started_ns = 0;
  volatile int exec_error = 0;
};

[[noreturn]] void Fail(const BoxPlan& plan, SetupStep step, int error) {
  BoxEvent event;
  event.kind = BoxEventKind::kFailed;
  event.step = step;
  event.error = error;
  SendBoxEvent(plan.status_fd, event);
  _exit(1);
}

// A fresh session, default signals: what a program finds outside a box. The
// lane ignores one signal and handles none.
void ResetSignals() {
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  setsid();
}

void ExplainExecFailure(const char* path, int error) {
  std::string text =
      "exec " + std::string(path) + ": error " + std::to_string(error) + "\n";
  if (write(2, text.data(), text.size()) < 0) return;
}

int RunCandidate(void* argument) {
  auto* candidate = static_cast<Candidate*>(argument);
  ResetSignals();
  if (!candidate->setup->TakeDescriptors() || !candidate->setup->Confine()) {
    _exit(kNotFound);
  }
  candidate->started_ns = MonotonicNs();
  const char* path = candidate->arguments[0];
  if (candidate->plan->fail_step == SetupStep::kExec) path = "";
  execve(path, candidate->arguments.data(), candidate->environment.data());
  int error = errno;
  candidate->exec_error = error;
  // A program that came into the box is the candidate's own affair.
  if (std::string(path).rfind("/box/", 0) == 0) {
    ExplainExecFailure(path, error);
    _exit(error == ENOENT ? kNotFound : kCannotExecute);
  }
  _exit(kNotFound);
}

std::vector<char*> Pointers(std::vector<std::string>* strings) {
  std::vector<char*> pointers;
  for (std::string& text : *strings) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

int64_t Nanoseconds(const timeval& time) {
  return int64_t{time.tv_sec} * 1000000000 + int64_t{time.tv_usec} * 1000;
}

// Reaps until the candidate has ended, then ends what it left behind.
BoxEvent ReapAll(pid_t candidate) {
  BoxEvent event;
  event.kind = BoxEventKind::kEnded;
  UniqueFd proc(open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC));
  bool killed = false;
  while (true) {
    siginfo_t info = {};
    int result = waitid(P_ALL, 0, &info, WEXITED | WNOWAIT | __WALL);
    if (result != 0 && errno == EINTR) continue;
    if (result != 0) break;  // ECHILD: all are dead.
    event.delay_ns += ThreadDelayNs(proc.get(), info.si_pid);
    int status = 0;
    waitpid(info.si_pid, &status, __WALL);
    if (info.si_pid != candidate || killed) continue;
    event.wait_status = status;
    killed = true;
    kill(-1, SIGKILL);
  }
  rusage usage = {};
  getrusage(RUSAGE_CHILDREN, &usage);
  event.time_ns = MonotonicNs();
  event.cpu_ns = Nanoseconds(usage.ru_utime) + Nanoseconds(usage.ru_stime);
  event.peak_bytes = int64_t{usage.ru_maxrss} << 10;
  return event;
}

pid_t StartCandidate(Candidate* candidate) {
  std::vector<char> stack(kCandidateStackBytes);
  char* top = stack.data() + stack.size();
  top -= reinterpret_cast<uintptr_t>(top) % 64;
  return clone(RunCandidate, top, CLONE_VM | CLONE_VFORK | SIGCHLD, candidate);
}

}  // namespace

void RunBoxInit(BoxPlan plan) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  char go;
  if (read(plan.status_fd, &go, 1) != 1) _exit(1);
  BoxSetup setup(&plan);
  if (!setup.MakeWorld() || !setup.DropPrivileges()) {
    Fail(plan, setup.step(), setup.error());
  }
  // Again, for the change of user clears it. Nobody in the box may look into
  // this process: it is a copy of the launcher.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_DUMPABLE, 0);
  prctl(PR_SET_NAME, "box-init");
  Candidate candidate;
  candidate.plan = &plan;
  candidate.setup = &setup;
  candidate.arguments = Pointers(&plan.request.argv);
  candidate.environment = Pointers(&plan.request.environment);
  int status_fd = plan.status_fd;
  pid_t pid = StartCandidate(&candidate);
  plan.status_fd = status_fd;  // The candidate moved its own copy.
  if (pid < 0) Fail(plan, SetupStep::kExec, errno);
  if (setup.step() != SetupStep::kNone) {
    Fail(plan, setup.step(), setup.error());
  }
  const std::string& path = plan.request.argv[0];
  if (candidate.exec_error != 0 &&
      (path.rfind("/box/", 0) != 0 || plan.fail_step == SetupStep::kExec)) {
    Fail(plan, SetupStep::kExec, candidate.exec_error);
  }
  BoxEvent event;
  event.kind = BoxEventKind::kStarted;
  event.time_ns = candidate.started_ns;
  // The launcher may have died while we could not be told of it.
  if (!SendBoxEvent(status_fd, event)) _exit(1);
  // The candidate's pipes must end when the candidate ends them.
  if (status_fd > 0) {
    syscall(SYS_close_range, 0, static_cast<unsigned>(status_fd - 1), 0);
  }
  syscall(SYS_close_range, static_cast<unsigned>(status_fd + 1), ~0U, 0);
  SendBoxEvent(status_fd, ReapAll(pid));
  _exit(0);
}

}  // namespace assay::sandbox
