#include "sandbox/result.h"

namespace assay::sandbox {

std::string_view Name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kExited:
      return "exited";
    case Outcome::kSignaled:
      return "signaled";
    case Outcome::kCpuTime:
      return "cpu-time";
    case Outcome::kWallTime:
      return "wall-time";
    case Outcome::kMemory:
      return "memory";
    case Outcome::kOutput:
      return "output";
    case Outcome::kViolation:
      return "violation";
    case Outcome::kCancelled:
      return "cancelled";
    case Outcome::kSetupFailed:
      return "setup-failed";
  }
  return "unknown";
}

}  // namespace assay::sandbox
