// Read-only copies of large programs, shared by the boxes of a lane that run
// them: a link in /box costs less than a copy.
//
//   FileStore store(world.store_fd, lane);
//   std::string path = store.Hold(id, fd, size);  // "": copy it instead.
//   ... symlink(path, "/box/a.out") ...
//   store.Release(id);                            // When the run has ended.
//
// The store is a tmpfs that boxes see read-only beneath /assay/store. Its
// folders cannot be listed, and names are 128 random bits: who was not given
// a link cannot find what another box runs. Links are made for programs
// alone, never for files that a program may want to write.
//
// Bounds: kMaxFileBytes a file, kStoreBytes a lane; the least recently used
// of those that no run holds go first. Threads: none.
#ifndef SANDBOX_LAUNCHER_FILE_STORE_H_
#define SANDBOX_LAUNCHER_FILE_STORE_H_

#include <cstdint>
#include <list>
#include <string>

#include "sandbox/wire/fd.h"

namespace assay::sandbox {

// Where boxes find it.
inline constexpr char kStorePath[] = "/assay/store";

class FileStore {
 public:
  static constexpr uint64_t kMaxFileBytes = uint64_t{16} << 20;
  static constexpr uint64_t kStoreBytes = uint64_t{64} << 20;

  // `store_fd` is the writable tmpfs; -1: there is none. Removes what an
  // earlier lane of this number left.
  FileStore(int store_fd, int lane);

  std::string Hold(uint64_t id, int fd, uint64_t size);
  void Release(uint64_t id);

 private:
  struct File {
    uint64_t id;
    uint64_t size;
    std::string name;
    int holders;
  };

  bool MakeRoom(uint64_t size);
  bool Copy(const std::string& name, int fd, uint64_t size);

  UniqueFd folder_;
  std::string path_;
  std::list<File> files_;  // Latest first.
  uint64_t bytes_ = 0;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_LAUNCHER_FILE_STORE_H_
