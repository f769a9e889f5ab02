#include <signal.h>

#include "clients/cli/commands.h"

namespace assay::cli {

std::atomic<bool> interrupted{false};

namespace {

static_assert(std::atomic<bool>::is_always_lock_free,
              "a signal handler may only touch lock-free atomics");

void OnSignal(int signal_number) {
  // A second interrupt ends the program at once.
  if (interrupted.exchange(true)) {
    signal(signal_number, SIG_DFL);
    raise(signal_number);
  }
}

}  // namespace

void CatchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    sigaction(number, &action, nullptr);
  }
  // A closed pipe is an error of write, not the end of the program.
  signal(SIGPIPE, SIG_IGN);
}

}  // namespace assay::cli
