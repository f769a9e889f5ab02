#include "sandbox/launcher/proc_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <sstream>

#include "sandbox/wire/fd.h"

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

std::vector<std::string> NumbersIn(const std::string& path, size_t most) {
  std::vector<std::string> names;
  DIR* folder = opendir(path.c_str());
  if (folder == nullptr) return names;
  while (dirent* entry = readdir(folder)) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    names.push_back(entry->d_name);
    if (names.size() >= most) break;
  }
  closedir(folder);
  return names;
}

bool AppendChildren(const std::string& thread_folder,
                    std::vector<pid_t>* children) {
  UniqueFd fd(
      open((thread_folder + "/children").c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd.valid()) {
    return access((thread_folder + "/stat").c_str(), F_OK) != 0;  // It is gone.
  }
  std::string text;
  char part[4096];
  for (ssize_t n; (n = read(fd.get(), part, sizeof(part))) > 0;) {
    text.append(part, static_cast<size_t>(n));
  }
  std::istringstream words(text);
  for (pid_t child; words >> child;) children->push_back(child);
  return true;
}

}  // namespace assay::sandbox
