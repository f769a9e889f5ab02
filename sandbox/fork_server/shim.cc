// Loaded by server.py into the warm interpreter: takes requests from the
// launcher and clones the interpreter into boxes.
//
// For each run two processes are made, both the launcher's own children:
// an init, pid 1 of a fresh pid namespace, which shares this process's memory
// and only reaps; and the clone of the interpreter, pid 2, which sets its box
// up, confines itself, and goes back into Python. The candidate is so never
// pid 1, and the interpreter is copied once.
//
// Threads: the interpreter is single-threaded and holds the GIL throughout.

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "sandbox/fork_server/huge_pages.h"
#include "sandbox/launcher/box_setup.h"
#include "sandbox/launcher/plan_codec.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// What assay_serve returns in a clone, as server.py expects it.
constexpr int kClone = 0;
constexpr int kCloneWithEnvironment = 2;
constexpr size_t kInitStackBytes = 16 << 10;
constexpr size_t kMaxThreadBlockBytes = 4096;

using Hook = void (*)();

struct Server {
  int control_fd = -1;
  UniqueFd own_pid_namespace;
  Hook before = nullptr;
  Hook after_parent = nullptr;
  Hook after_child = nullptr;
  int* thread_id = nullptr;
  char* init_stacks = nullptr;
  std::string environment;
};

Server* server = nullptr;

// System calls that touch neither errno nor anything else of the thread that
// an init shares with the interpreter.
#if defined(__x86_64__)
long RawCall(long number, long a, long b, long c, long d) {
  long result;
  register long r10 asm("r10") = d;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
               : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
long RawCall(long number, long a, long b, long c, long d) {
  register long x8 asm("x8") = number;
  register long x0 asm("x0") = a;
  register long x1 asm("x1") = b;
  register long x2 asm("x2") = c;
  register long x3 asm("x3") = d;
  asm volatile("svc 0"
               : "+r"(x0)
               : "r"(x8), "r"(x1), "r"(x2), "r"(x3)
               : "memory");
  return x0;
}
#else
#error "no raw system call for this architecture"
#endif

// Pid 1: reaps for ever; the launcher ends it.
int RunInit(void*) {
  uint64_t child_signal = uint64_t{1} << (SIGCHLD - 1);
  RawCall(SYS_rt_sigprocmask, SIG_SETMASK,
          reinterpret_cast<long>(&child_signal), 0, sizeof(child_signal));
  RawCall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0);
  RawCall(SYS_close_range, 0, ~0U, 0, 0);
  while (true) {
    while (RawCall(SYS_wait4, -1, 0, 1 /* WNOHANG */ | 0x40000000, 0) > 0) {
    }
    RawCall(SYS_rt_sigtimedwait, reinterpret_cast<long>(&child_signal), 0, 0,
            sizeof(child_signal));
  }
}

// Where libc keeps this thread's id: a clone has another one.
int* FindThreadId() {
  int* address = nullptr;
  constexpr int kGetTidAddress = 40;
  if (prctl(kGetTidAddress, &address) == 0 && address != nullptr) {
    return address;
  }
  auto* block = reinterpret_cast<int*>(pthread_self());
  int own = static_cast<int>(syscall(SYS_gettid));
  for (size_t i = 0; i < kMaxThreadBlockBytes / sizeof(int); ++i) {
    if (block[i] == own) return block + i;
  }
  return nullptr;
}

pid_t CloneInterpreter(const BoxPlan& plan, int* pidfd) {
  unsigned long flags = CLONE_PARENT | CLONE_NEWNS | CLONE_PIDFD | SIGCHLD;
  if (plan.has_ipc_namespace) flags |= CLONE_NEWIPC;
  if (plan.has_uts_namespace) flags |= CLONE_NEWUTS;
  if (server->thread_id != nullptr) {
    flags |= CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
  }
#if defined(__x86_64__)
  return static_cast<pid_t>(
      syscall(SYS_clone, flags, nullptr, pidfd, server->thread_id, nullptr));
#else
  return static_cast<pid_t>(
      syscall(SYS_clone, flags, nullptr, pidfd, nullptr, server->thread_id));
#endif
}

[[noreturn]] void FailBox(const BoxPlan& plan, const BoxSetup& setup) {
  BoxEvent event;
  event.step = setup.step();
  event.error = setup.error();
  SendBoxEvent(plan.status_fd, event);
  _exit(1);
}

// In the clone: becomes the box.
void EnterBox(BoxPlan* plan) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // A copy here would keep the server's death from the launcher.
  close(server->control_fd);
  char go;
  if (read(plan->status_fd, &go, 1) != 1) _exit(1);
  setsid();
  BoxSetup setup(plan);
  if (!setup.MakeWorld() || !setup.DropPrivileges()) FailBox(*plan, setup);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // The change of user closed /proc/self; what is in this memory is the
  // candidate's own or public.
  prctl(PR_SET_DUMPABLE, 1);
  if (!setup.TakeDescriptors() || !setup.Confine()) FailBox(*plan, setup);
  for (const std::string& variable : plan->request.environment) {
    server->environment += variable;
    server->environment += '\0';
  }
  BoxEvent event;
  event.kind = BoxEventKind::kStarted;
  event.time_ns = MonotonicNs();
  SendBoxEvent(plan->status_fd, event);
  close(plan->status_fd);
}

// True in the clone; else the answer, and the pidfds for the launcher.
bool Fork(const BoxPlan& plan, int slot, ForkAnswer* answer,
          std::vector<UniqueFd>* pidfds) {
  char* top =
      server->init_stacks + static_cast<size_t>(slot + 1) * kInitStackBytes;
  int init_fd = -1;
  int init =
      clone(RunInit, top,
            CLONE_VM | CLONE_PARENT | CLONE_NEWPID | CLONE_PIDFD | SIGCHLD,
            nullptr, &init_fd);
  if (init < 0) {
    answer->error = errno;
    return false;
  }
  pidfds->emplace_back(init_fd);
  if (setns(init_fd, CLONE_NEWPID) != 0) {
    answer->error = errno;
    return false;
  }
  server->before();
  int main_fd = -1;
  pid_t pid = CloneInterpreter(plan, &main_fd);
  int error = errno;
  if (pid == 0) {
    server->after_child();
    return true;
  }
  server->after_parent();
  if (pid > 0) {
    pidfds->emplace_back(main_fd);
  } else {
    answer->error = error;
  }
  // The next fork must start from our own namespace again.
  if (setns(server->own_pid_namespace.get(), CLONE_NEWPID) != 0) {
    std::fprintf(stderr, "setns to the own pid namespace: %d\n", errno);
    _exit(1);
  }
  return false;
}

bool Prepare(int control_fd) {
  server = new Server;
  server->control_fd = control_fd;
  // A process stands for its own namespace.
  server->own_pid_namespace.reset(
      static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0)));
  server->before =
      reinterpret_cast<Hook>(dlsym(RTLD_DEFAULT, "PyOS_BeforeFork"));
  server->after_parent =
      reinterpret_cast<Hook>(dlsym(RTLD_DEFAULT, "PyOS_AfterFork_Parent"));
  server->after_child =
      reinterpret_cast<Hook>(dlsym(RTLD_DEFAULT, "PyOS_AfterFork_Child"));
  server->thread_id = FindThreadId();
  void* stacks =
      mmap(nullptr, kMaxRunsPerLane * kInitStackBytes, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  server->init_stacks = static_cast<char*>(stacks);
  if (!server->own_pid_namespace.valid() || server->before == nullptr ||
      server->after_parent == nullptr || server->after_child == nullptr ||
      stacks == MAP_FAILED) {
    std::fprintf(stderr, "the interpreter lacks the fork hooks of CPython\n");
    return false;
  }
  return true;
}

bool Answer(int control_fd, const ForkAnswer& answer,
            const std::vector<UniqueFd>& pidfds) {
  std::vector<int> fds;
  for (const UniqueFd& fd : pidfds) fds.push_back(fd.get());
  return SendPacket(
      control_fd,
      std::string_view(reinterpret_cast<const char*>(&answer), sizeof(answer)),
      fds);
}

int Serve(int control_fd) {
  if (!Prepare(control_fd)) return 1;
  if (!SendPacket(control_fd, "R", {})) return 1;
  std::string bytes;
  std::vector<UniqueFd> fds;
  while (ReceiveMessage(control_fd, &bytes, &fds)) {
    BoxPlan plan;
    int slot = 0;
    ForkAnswer answer;
    std::vector<UniqueFd> pidfds;
    if (!DecodePlan(bytes, fds, &plan, &slot) || slot < 0 ||
        slot >= kMaxRunsPerLane) {
      answer.error = EPROTO;
    } else if (Fork(plan, slot, &answer, &pidfds)) {
      EnterBox(&plan);
      // All were closed or moved: their numbers are the candidate's now.
      for (UniqueFd& fd : fds) fd.release();
      for (UniqueFd& fd : pidfds) fd.release();
      server->own_pid_namespace.release();
      return server->environment.empty() ? kClone : kCloneWithEnvironment;
    }
    fds.clear();
    if (!Answer(control_fd, answer, pidfds)) return 1;
  }
  return 1;
}

}  // namespace
}  // namespace assay::sandbox

extern "C" {

// As the interpreter starts, with this library preloaded.
__attribute__((constructor)) void assay_open_heap() {
  assay::sandbox::OpenHugeHeap();
}

// Before the first clone.
void assay_settle_heap() { assay::sandbox::SettleHugePages(); }

// Serves the launcher on `control_fd`. Returns 0 or 2 in each clone, inside
// its box; 1 in the server itself, when it has to end.
int assay_serve(int control_fd) { return assay::sandbox::Serve(control_fd); }

// The environment of this clone's command: NUL-terminated "NAME=value"s.
const char* assay_environment(size_t* size) {
  *size = assay::sandbox::server->environment.size();
  return assay::sandbox::server->environment.data();
}
}
