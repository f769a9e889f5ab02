#include "sandbox/launcher/fork_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <utility>

#include "sandbox/launcher/cores.h"
#include "sandbox/launcher/plan_codec.h"

namespace assay::sandbox {
namespace {

constexpr int64_t kSecond = 1000000000;
constexpr int64_t kWarmUpNs = 120 * kSecond;
// An answer takes a millisecond; a server that is silent so long is replaced.
constexpr int64_t kAnswerNs = 10 * kSecond;
// A copy of a heap grows stale: counters of its allocator, page by page.
constexpr int64_t kMaxForks = 20000;
constexpr int64_t kLongestPauseNs = 30 * kSecond;
constexpr size_t kErrorTextBytes = 2000;
// The exit status by which server.py says so.
constexpr int kAbsent = 3;

// In the child, until it becomes the interpreter. Descriptor 3 is the control
// socket.
[[noreturn]] void ExecServer(const ProfileConfig& profile, int control_fd,
                             int error_fd) {
  for (int number = 1; number < NSIG; ++number) signal(number, SIG_DFL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // Neither end is ever used; pipes, as a run's stdin and stdout are: what an
  // interpreter finds out about them at its start stays true in its clones.
  int ends[2];
  if (chdir("/") != 0 || setresgid(0, 0, 0) != 0 || setresuid(0, 0, 0) != 0 ||
      prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || pipe(ends) != 0) {
    _exit(1);
  }
  for (int capability = 0; capability <= kLastCapability; ++capability) {
    if (std::find(std::begin(kServerCapabilities),
                  std::end(kServerCapabilities),
                  capability) == std::end(kServerCapabilities)) {
      prctl(PR_CAPBSET_DROP, capability);
    }
  }
  int high = fcntl(control_fd, F_DUPFD, 100);
  int high_error = fcntl(error_fd, F_DUPFD, 100);
  dup2(ends[0], 0);
  dup2(ends[1], 1);
  dup2(high_error, 2);
  dup2(high, 3);
  syscall(SYS_close_range, 4, ~0U, 0);
  std::vector<std::string> words = {profile.interpreter, "-s",         "-B",
                                    "/assay/server.py",  profile.name, "3"};
  words.insert(words.end(), profile.required.begin(), profile.required.end());
  words.push_back("--");
  words.insert(words.end(), profile.preload.begin(), profile.preload.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  char hash_seed[] = "PYTHONHASHSEED=0";
  char locale[] = "LC_ALL=C.UTF-8";
  char path[] = "PATH=/usr/bin:/bin";
  char threads[] = "OPENBLAS_NUM_THREADS=1";
  char shim[] = "LD_PRELOAD=/assay/libassay_fork.so";
  char* environment[] = {hash_seed, locale, path, threads, shim, nullptr};
  execve(arguments[0], arguments.data(), environment);
  dprintf(2, "cannot execute %s: %s\n", arguments[0], std::strerror(errno));
  _exit(127);
}

// An init that got no candidate.
void EndChild(int pidfd) {
  constexpr auto kPidFd = static_cast<idtype_t>(3);  // P_PIDFD
  syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, nullptr, 0);
  siginfo_t info;
  while (waitid(kPidFd, static_cast<id_t>(pidfd), &info, WEXITED | __WALL) !=
             0 &&
         errno == EINTR) {
  }
}

}  // namespace

ForkServer::~ForkServer() { Stop(); }

// Pid 1 of the namespace in which servers of this profile live, and owner of
// their user namespace. It outlives them: the boxes in flight are beneath.
bool ForkServer::MakeHolder() {
  if (holder_.valid() && waitpid(holder_pid_, nullptr, WNOHANG) == 0) {
    return true;
  }
  holder_.reset();  // Killed, by the host, with all that lived beneath it.
  unsigned long flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_PIDFD | SIGCHLD;
  int pidfd = -1;
  pid_t pid = static_cast<pid_t>(
      syscall(SYS_clone, flags, nullptr, &pidfd, nullptr, 0));
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, "assay-holder");
    signal(SIGCHLD, SIG_IGN);
    syscall(SYS_close_range, 0, ~0U, 0);
    while (true) pause();
  }
  if (pid < 0) return false;
  const IdRange& ids = host_->world->ids;
  uint32_t count = ids.separate ? kMaxRunsPerLane + 1 : 1;
  UniqueFd holder(pidfd);
  if (!WriteIdMaps(pid, 0, ids.Of(host_->lane, -1), count)) return false;
  holder_ = std::move(holder);
  holder_pid_ = pid;
  return true;
}

// A child of ours in the holder's namespaces. One between us enters them and
// ends: we may not come back to a pid namespace that we have no power over.
bool ForkServer::StartProcess(int control_fd) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  const pid_t between = fork();
  if (between == 0) {
    if (setns(holder_.get(), CLONE_NEWPID) != 0) _exit(errno);
    const auto pid = static_cast<pid_t>(syscall(
        SYS_clone, CLONE_PARENT | SIGCHLD, nullptr, nullptr, nullptr, 0));
    if (pid == 0) {
      if (setns(holder_.get(), CLONE_NEWUSER) != 0) _exit(1);
      // With all cores: libraries count them once, when they are imported.
      UseCores(host_->world->cores);
      ExecServer(*profile_, control_fd, error_file_.get());
    }
    if (pid < 0) _exit(errno);
    _exit(write(writing.get(), &pid, sizeof(pid)) == sizeof(pid) ? 0 : EIO);
  }
  if (between < 0) return false;
  int status = 0;
  while (waitpid(between, &status, 0) < 0 && errno == EINTR) {
  }
  errno = WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
  if (errno != 0) return false;
  if (read(reading.get(), &pid_, sizeof(pid_)) != sizeof(pid_)) pid_ = -1;
  return pid_ > 0;
}

void ForkServer::Launch() {
  Stop();
  UniqueFd theirs;
  error_file_.reset(memfd_create("stderr", MFD_CLOEXEC));
  epoll_event wish = {};
  wish.events = EPOLLIN;
  wish.data.u64 = tag_;
  if (!MakeSocketPair(&socket_, &theirs) || !error_file_.valid() ||
      !MakeHolder() || !StartProcess(theirs.get()) ||
      epoll_ctl(host_->epoll_fd, EPOLL_CTL_ADD, socket_.get(), &wish) != 0) {
    return Fail(std::strerror(errno));
  }
  fork_count_ = 0;
  next_time_ns_ = MonotonicNs() + kWarmUpNs;
}

void ForkServer::AwaitReady() {
  while (pid_ > 0 && !ready_) {
    pollfd wish = {socket_.get(), POLLIN, 0};
    int64_t left = (next_time_ns_ - MonotonicNs()) / 1000000;
    int count = poll(&wish, 1, static_cast<int>(std::max<int64_t>(left, 0)));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Fail("it did not warm up in time");
    OnReadable();
  }
}

// Ends the process; runs that it has cloned go on, those that it has not are
// asked for again. The inits of its runs share its memory, not its life.
void ForkServer::Stop() {
  socket_.reset();
  ready_ = false;
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    absent_ = WIFEXITED(status) && WEXITSTATUS(status) == kAbsent;
    pid_ = -1;
  }
  left_orphans_ = left_orphans_ || !asked_.empty();
  while (!asked_.empty()) {
    BoxRun* run = asked_.back();
    asked_.pop_back();
    if (run->MayAskAgain()) {
      waiting_.push_front(run);
    } else {
      run->FailFork(ECONNRESET);
    }
  }
}

void ForkServer::GiveUpWaiting() {
  std::deque<BoxRun*> waiting;
  waiting.swap(waiting_);
  for (BoxRun* run : waiting) run->FailFork(ECONNRESET);
}

void ForkServer::Fail(const std::string& text) {
  std::string said;
  if (error_file_.valid() &&
      ReadWhole(error_file_.get(), kErrorTextBytes, &said) && !said.empty()) {
    error_ = said;
  } else {
    error_ = text;
  }
  error_ = "fork server " + profile_->name + ": " + error_;
  Stop();
  // A first death is bad luck, whenever it comes.
  int64_t pause = restart_count_ == 0
                      ? 0
                      : std::min(kLongestPauseNs, kSecond << restart_count_);
  restart_count_ = std::min(restart_count_ + 1, 5);
  if (!usable()) GiveUpWaiting();
  next_time_ns_ = absent_ ? INT64_MAX : MonotonicNs() + pause;
}

void ForkServer::DropKilled() {
  std::deque<BoxRun*> waiting;
  waiting.swap(waiting_);
  for (BoxRun* run : waiting) {
    if (run->killed()) {
      run->FailFork(ECANCELED);
    } else {
      waiting_.push_back(run);
    }
  }
}

void ForkServer::Fork(BoxRun* run) {
  if (!run->PrepareWarm()) return;
  waiting_.push_back(run);
  SendWaiting();
}

void ForkServer::SendWaiting() {
  while (ready_ && !waiting_.empty()) {
    BoxRun* run = waiting_.front();
    std::vector<int> fds;
    std::string message = run->WarmMessage(&fds);
    if (!SendMessage(socket_.get(), message, fds, MSG_DONTWAIT)) {
      // Full: an answer will make room. Dead: its end of file comes next.
      return;
    }
    waiting_.pop_front();
    asked_.push_back(run);
    ++fork_count_;
    next_time_ns_ = MonotonicNs() + kAnswerNs;
  }
}

void ForkServer::OnReadable() {
  std::string bytes;
  std::vector<UniqueFd> fds;
  while (socket_.valid()) {
    if (!ReceivePacket(socket_.get(), &bytes, &fds, MSG_DONTWAIT)) {
      if (errno == EAGAIN) break;
      const bool was_ready = ready_;
      Fail("it died");
      // One that has served is started again at once.
      if (was_ready) Launch();
      return;
    }
    if (bytes == "R") {
      ready_ = served_ = true;
      ShareCores(pid_);
      error_.clear();
      restart_count_ = 0;
    } else if (bytes.size() == sizeof(ForkAnswer) && !asked_.empty()) {
      ForkAnswer answer;
      std::memcpy(&answer, bytes.data(), sizeof(answer));
      BoxRun* run = asked_.front();
      asked_.pop_front();
      if (answer.error == 0 && fds.size() == 2) {
        run->AdoptWarm(std::move(fds[0]), std::move(fds[1]));
      } else {
        if (fds.size() == 1) EndChild(fds[0].get());
        run->FailFork(answer.error);
      }
    }
  }
  if (ready_) {
    next_time_ns_ = asked_.empty() ? INT64_MAX : MonotonicNs() + kAnswerNs;
  }
  if (fork_count_ >= kMaxForks && asked_.empty()) Launch();
  SendWaiting();
}

void ForkServer::OnTime(int64_t) {
  if (pid_ > 0) return Fail("it does not answer");
  Launch();
}

}  // namespace assay::sandbox
