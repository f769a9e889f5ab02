#include "sandbox/launcher/candidate.h"

#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <vector>

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
  bool (*confine)(BoxSetup*);
  std::vector<char*> arguments;
  std::vector<char*> environment;
  volatile int64_t started_ns = 0;
  volatile int exec_error = 0;
};

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
  if (!candidate->setup->TakeDescriptors() ||
      !candidate->confine(candidate->setup)) {
    _exit(kNotFound);
  }
  candidate->started_ns = MonotonicNs();
  const char* path = candidate->arguments[0];
  if (candidate->plan->fail_step == SetupStep::kExec) path = "";
  execve(path, candidate->arguments.data(), candidate->environment.data());
  const int error = errno;
  candidate->exec_error = error;
  // A program that came into the box is the candidate's own affair.
  if (candidate->setup->IsOfTheBox(path)) {
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

}  // namespace

Started StartCandidate(BoxPlan* plan, BoxSetup* setup,
                       bool (*confine)(BoxSetup*)) {
  Candidate candidate;
  candidate.plan = plan;
  candidate.setup = setup;
  candidate.confine = confine;
  candidate.arguments = Pointers(&plan->request.argv);
  candidate.environment = Pointers(&plan->request.environment);
  std::vector<char> stack(kCandidateStackBytes);
  char* top = stack.data() + stack.size();
  top -= reinterpret_cast<uintptr_t>(top) % 64;
  const int status_fd = plan->status_fd;
  Started started;
  started.pid =
      clone(RunCandidate, top, CLONE_VM | CLONE_VFORK | SIGCHLD, &candidate);
  const int error = errno;
  plan->status_fd = status_fd;  // The candidate moved its own copy.
  started.time_ns = candidate.started_ns;
  if (started.pid < 0) {
    started.step = SetupStep::kExec;
    started.error = error;
  } else if (setup->step() != SetupStep::kNone) {
    started.step = setup->step();
    started.error = setup->error();
  } else if (candidate.exec_error != 0 &&
             (!setup->IsOfTheBox(plan->request.argv[0]) ||
              plan->fail_step == SetupStep::kExec)) {
    started.step = SetupStep::kExec;
    started.error = candidate.exec_error;
  }
  return started;
}

BoxEvent StartedEvent(const Started& started) {
  BoxEvent event;
  event.kind = BoxEventKind::kStarted;
  event.time_ns = started.time_ns;
  return event;
}

BoxEvent EndedEvent(int wait_status) {
  BoxEvent event;
  event.kind = BoxEventKind::kEnded;
  event.wait_status = wait_status;
  rusage usage = {};
  getrusage(RUSAGE_CHILDREN, &usage);
  event.time_ns = MonotonicNs();
  event.cpu_ns = UsedNs(usage);
  event.peak_bytes = int64_t{usage.ru_maxrss} << 10;
  return event;
}

void KeepOnly(int fd) {
  if (fd > 0) {
    syscall(SYS_close_range, 0, static_cast<unsigned>(fd - 1), 0);
  }
  syscall(SYS_close_range, static_cast<unsigned>(fd + 1), ~0U, 0);
}

}  // namespace assay::sandbox
