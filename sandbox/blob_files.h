// Sealed memory files of large blobs, made once and used by many runs.
//
//   BlobFiles files;
//   BlobFiles::Entry entry = files.Get(blob);   // fd null: small, or failed.
//   Send(entry.fd->get(), entry.id);
//
// `id` names the content for as long as this object lives; 0: none.
//
// Bounds: kKept files and kKeptBytes in all, the least recently used go first.
// Threads: thread-safe. Ownership: an entry's descriptor is shared.
#ifndef SANDBOX_BLOB_FILES_H_
#define SANDBOX_BLOB_FILES_H_

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>

#include "sandbox/command.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {

class BlobFiles {
 public:
  // Below, a file of one's own is as cheap.
  static constexpr size_t kSmallestBytes = 64 << 10;
  static constexpr size_t kKept = 64;
  static constexpr size_t kKeptBytes = size_t{128} << 20;

  struct Entry {
    uint64_t id = 0;
    std::shared_ptr<const UniqueFd> fd;
  };

  Entry Get(const Blob& blob);

 private:
  struct Kept {
    std::weak_ptr<const std::string> blob;
    size_t bytes = 0;
    Entry entry;
  };

  bool Find(const Blob& blob, Entry* entry);
  void DropOldest();

  std::mutex mutex_;      // Guards what follows.
  std::list<Kept> kept_;  // Latest first.
  size_t bytes_ = 0;
  uint64_t next_id_ = 1;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_BLOB_FILES_H_
