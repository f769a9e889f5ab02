#include "sandbox/launcher/proc_folder.h"

#include <unistd.h>

namespace assay::sandbox {
namespace {

const char* folder = "/proc";

}  // namespace

const char* ProcFolder() { return folder; }

bool UseProcFolder(int proc_fd) {
  if (fchdir(proc_fd) != 0) return false;
  folder = ".";
  return true;
}

}  // namespace assay::sandbox
