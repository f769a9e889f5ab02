// The files that a box left behind, read once all its processes are dead.
//
//   bool all = CollectFiles(folder_fd, {"a.out", "*.class"}, limit, &files);
//
// Trust: what lies there is the candidate's: a link, a pipe, a folder, or
// huge. Only regular files are read, without following links. Bounds:
// kMaxCollected files, `limit` bytes in all; a file that does not fit is left
// out, and the answer is false.
#ifndef SANDBOX_LAUNCHER_COLLECT_H_
#define SANDBOX_LAUNCHER_COLLECT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace assay::sandbox {

bool CollectFiles(int folder_fd, const std::vector<std::string>& names,
                  int64_t limit_bytes,
                  std::vector<std::pair<std::string, std::string>>* files);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_COLLECT_H_
