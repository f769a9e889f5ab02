// Was the process asked to stop?
//
//   StopSignal::Install();          // SIGTERM and SIGINT
//   int signal = StopSignal::Wait();  // Blocks until the first one.
//
// A second signal ends the process at once, with status 128 + its number.
// Handlers, not masks: children that are started before and after keep the
// signals' default action.
// Threads: Install once; Wait by one thread.
#ifndef VERIFIER_SERVER_STOP_SIGNAL_H_
#define VERIFIER_SERVER_STOP_SIGNAL_H_

#include "absl/status/status.h"

namespace assay::server {

class StopSignal {
 public:
  static absl::Status Install();
  static int Wait();
};

// Asks the kernel for SIGTERM when the parent ends. False: it has ended.
bool DieWithParent();

}  // namespace assay::server

#endif  // VERIFIER_SERVER_STOP_SIGNAL_H_
