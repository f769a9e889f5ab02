#include "sandbox/launcher/cores.h"

#include <sched.h>

#include <cstddef>
#include <cstring>

namespace assay::sandbox {

std::string KeepToOneCore(uint32_t index) {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof(cores), &cores) != 0) return "";
  const int count = CPU_COUNT(&cores);
  if (count < 2) return "";
  cpu_set_t own;
  CPU_ZERO(&own);
  int before = static_cast<int>(index % static_cast<uint32_t>(count));
  for (size_t core = 0; core < CPU_SETSIZE; ++core) {
    if (CPU_ISSET(core, &cores) && before-- == 0) CPU_SET(core, &own);
  }
  if (sched_setaffinity(0, sizeof(own), &own) != 0) return "";
  return std::string(reinterpret_cast<const char*>(&cores), sizeof(cores));
}

void ShareCores(pid_t pid) {
  cpu_set_t own;
  if (sched_getaffinity(0, sizeof(own), &own) != 0) return;
  sched_setaffinity(pid, sizeof(own), &own);
}

void UseCores(const std::string& cores) {
  cpu_set_t set;
  if (cores.size() != sizeof(set)) return;
  std::memcpy(&set, cores.data(), sizeof(set));
  sched_setaffinity(0, sizeof(set), &set);
}

}  // namespace assay::sandbox
