// The /proc that launchers look into, which numbers processes as they do.
//
//   std::string path = std::string(ProcFolder()) + "/self/fdinfo/7";
//
// Where the tree has no /proc it is the working directory of the launchers,
// which holds on to the host's: no box sees it, since each changes into a
// folder of its own before it runs anything.
//
// Threads: single-threaded launchers.
#ifndef SANDBOX_LAUNCHER_PROC_FOLDER_H_
#define SANDBOX_LAUNCHER_PROC_FOLDER_H_

namespace assay::sandbox {

// "/proc" or ".".
const char* ProcFolder();
// Makes `proc_fd` the working directory, and the answer of ProcFolder.
// False with errno.
bool UseProcFolder(int proc_fd);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_PROC_FOLDER_H_
