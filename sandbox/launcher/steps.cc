#include "sandbox/launcher/steps.h"

#include <ctime>

namespace assay::sandbox {

const char* Name(SetupStep step) {
  static const char* const kNames[] = {
      "none",   "pipes",       "cgroup",   "clone",       "id-maps",
      "attach", "identity",    "hostname", "box",         "proc",
      "files",  "descriptors", "limits",   "privileges",  "landlock",
      "filter", "exec",        "init",     "fork-server", "timeout",
  };
  static_assert(sizeof(kNames) / sizeof(kNames[0]) ==
                static_cast<int>(SetupStep::kCount));
  int index = static_cast<int>(step);
  if (index < 0 || index >= static_cast<int>(SetupStep::kCount)) return "?";
  return kNames[index];
}

int64_t MonotonicNs() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1000000000 + now.tv_nsec;
}

}  // namespace assay::sandbox
