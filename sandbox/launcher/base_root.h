// The read-only tree that every box sees, built once, in a mount namespace of
// the launchers' own.
//
//   /usr /lib /lib64 /bin /sbin   the host's, read-only
//   /etc                          a few harmless files; the host's
//                                 alternatives and settings of JVMs, copied
//   /dev                          null zero full random urandom
//   /proc                         of our pid namespace, or empty; boxes
//                                 cover it
//   /box /tmp                     empty; each box mounts its own tmpfs there
//   /assay                        our own files for fork servers
//   /assay/store                  see FileStore
#ifndef SANDBOX_LAUNCHER_BASE_ROOT_H_
#define SANDBOX_LAUNCHER_BASE_ROOT_H_

#include <string>
#include <utility>
#include <vector>

namespace assay::sandbox {

struct OwnFile {
  std::string name;  // Beneath /assay.
  std::string content;
};

// Replaces the root of this process, which has its own mount namespace, and,
// with `own_proc`, its own pid namespace. Without, /proc is empty, and the
// host's is held as proc_folder.h says: the host's is never bound. `store_fd`
// is the folder behind /assay/store, writable through it alone; -1: none
// here. False with `error` set: nothing is usable.
bool EnterBaseRoot(const std::vector<std::string>& read_only_paths,
                   const std::vector<OwnFile>& own_files, bool own_proc,
                   int* store_fd, std::string* error);

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_BASE_ROOT_H_
