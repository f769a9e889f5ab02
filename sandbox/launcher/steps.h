// The named steps by which a box is set up, and the records that a box sends
// about itself. A step that fails is reported by its name and errno, as
// "setup failed", and is never a verdict.
//
// Trust: records come from our own code inside the box, before the candidate
// runs; the candidate never holds the status socket.
#ifndef SANDBOX_LAUNCHER_STEPS_H_
#define SANDBOX_LAUNCHER_STEPS_H_

#include <sys/resource.h>

#include <cstdint>

namespace assay::sandbox {

enum class SetupStep : int32_t {
  kNone = 0,
  kPipes,
  kCgroup,
  kClone,
  kIdMaps,
  kAttach,
  kIdentity,
  kHostname,
  kBoxFolder,
  kProc,
  kFiles,
  kDescriptors,
  kLimits,
  kPrivileges,
  kLandlock,
  kFilter,
  kExec,
  kInit,        // The box's init died before the candidate did.
  kForkServer,  // The fork server died or answered nonsense.
  kTimeout,     // The set-up took longer than kSetupTimeout.
  kCount,
};

// "clone", "landlock", ...
const char* Name(SetupStep step);

enum class BoxEventKind : int32_t {
  kFailed = 1,   // step, error
  kFolder = 2,   // a descriptor of /box is beside the record
  kStarted = 3,  // time_ns: the last instant before the candidate's code
  kEnded = 4,    // wait_status, cpu_ns, peak_bytes
  kFull = 5,     // its files hold more than they may; without a tmpfs alone
};

struct BoxEvent {
  BoxEventKind kind = BoxEventKind::kFailed;
  SetupStep step = SetupStep::kNone;
  int32_t error = 0;
  int32_t wait_status = 0;
  int64_t time_ns = 0;
  int64_t cpu_ns = 0;
  int64_t peak_bytes = 0;
};

// CLOCK_MONOTONIC.
int64_t MonotonicNs();

// User and system time.
int64_t UsedNs(const rusage& usage);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_STEPS_H_
