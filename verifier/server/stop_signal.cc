#include "verifier/server/stop_signal.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace assay::server {
namespace {

std::atomic<int> signal_pipe[2] = {-1, -1};
std::atomic<int> signals_seen = 0;

void OnSignal(int number) {
  const int saved = errno;
  if (signals_seen.fetch_add(1) > 0) _exit(128 + number);
  const unsigned char byte = static_cast<unsigned char>(number);
  [[maybe_unused]] const ssize_t written = write(signal_pipe[1], &byte, 1);
  errno = saved;
}

}  // namespace

absl::Status StopSignal::Install() {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) != 0) {
    return absl::ErrnoToStatus(errno, "pipe2 for signals");
  }
  signal_pipe[0] = fds[0];
  signal_pipe[1] = fds[1];
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
  // A reader of our logs that went away is no reason to die.
  signal(SIGPIPE, SIG_IGN);
  return absl::OkStatus();
}

int StopSignal::Wait() {
  unsigned char number = 0;
  while (read(signal_pipe[0], &number, 1) < 0 && errno == EINTR) {
  }
  return number;
}

bool DieWithParent() {
  const pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  return getppid() == parent;
}

}  // namespace assay::server
