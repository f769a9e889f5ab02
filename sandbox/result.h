// What happened to a run. The first final cause wins.
//
// Trust: stdout, stderr, reply and collected files are hostile bytes.
#ifndef SANDBOX_RESULT_H_
#define SANDBOX_RESULT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"

namespace assay::sandbox {

enum class Outcome : uint8_t {
  kExited,       // See exit_code.
  kSignaled,     // See signal.
  kCpuTime,      // Limits::cpu.
  kWallTime,     // Limits::wall.
  kMemory,       // Limits::memory_bytes.
  kOutput,       // Limits::stdout_bytes or reply_bytes.
  kViolation,    // seccomp killed it; see signal and violation.
  kCancelled,    // The caller cancelled.
  kSetupFailed,  // Our fault or the host's; see setup_error. Never a verdict.
};

std::string_view Name(Outcome outcome);

struct RunResult {
  Outcome outcome = Outcome::kSetupFailed;
  int exit_code = 0;
  int signal = 0;
  std::string violation;    // E.g. "foreign architecture", "ptrace".
  std::string setup_error;  // The named step and errno.

  std::string stdout_text;
  std::string stderr_text;
  bool stderr_truncated = false;
  std::string reply;
  // The collected files that were there, by name, and whether some did not
  // fit into Limits::collect_bytes or kMaxCollected.
  std::vector<std::pair<std::string, std::string>> files;
  bool files_left_out = false;

  absl::Duration cpu;   // User and system time of the whole tree.
  absl::Duration wall;  // From exec (or clone, when warm) to the end.
  // Time that the threads which were alive when a limit ended the run had been
  // runnable without a core (schedstat), for the rule of repetition on a busy
  // machine; 0 where none ended it.
  absl::Duration scheduling_delay;
  // The same of the one that waited longest: threads of one run wait for each
  // other too, but none of them for longer than the CPU time of all.
  absl::Duration longest_delay;
  int64_t peak_memory_bytes = 0;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_RESULT_H_
