// The /proc that launchers look into, which numbers processes as they do.
//
//   std::string path = std::string(ProcFolder()) + "/self/fdinfo/7";
//
// Of what lies there: the names that are numbers, and the lists of children.
//
// Where the tree has no /proc it is the working directory of the launchers,
// which holds on to the host's: no box sees it, since each changes into a
// folder of its own before it runs anything.
//
// Threads: single-threaded launchers.
#ifndef SANDBOX_LAUNCHER_PROC_FOLDER_H_
#define SANDBOX_LAUNCHER_PROC_FOLDER_H_

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace assay::sandbox {

// "/proc" or ".".
const char* ProcFolder();
// Makes `proc_fd` the working directory, and the answer of ProcFolder.
// False with errno.
bool UseProcFolder(int proc_fd);

// Names in a folder that are numbers, `most` of them.
std::vector<std::string> NumbersIn(const std::string& path, size_t most);

// Appends the children that one thread has made, of .../PID/task/TID. False
// where the kernel keeps no lists.
bool AppendChildren(const std::string& thread_folder,
                    std::vector<pid_t>* children);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_PROC_FOLDER_H_
