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

int64_t UsedNs(const rusage& usage) {
  auto nanoseconds = [](const timeval& time) {
    return int64_t{time.tv_sec} * 1000000000 + int64_t{time.tv_usec} * 1000;
  };
  return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
}

}  // namespace assay::sandbox
