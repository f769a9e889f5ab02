#include "sandbox/blob_files.h"

#include <utility>

namespace assay::sandbox {
namespace {

// One owner, and so one content: an address may be used again.
bool SameOwner(const std::weak_ptr<const std::string>& a, const Blob& b) {
  return !a.owner_before(b) && !b.owner_before(a);
}

}  // namespace

BlobFiles::Entry BlobFiles::Get(const Blob& blob) {
  Entry entry;
  if (blob == nullptr || blob->size() < kSmallestBytes ||
      blob->size() > kKeptBytes) {
    return entry;
  }
  {
    const std::lock_guard lock(mutex_);
    if (Find(blob, &entry)) return entry;
    entry.id = next_id_++;
  }
  UniqueFd fd = MakeMemoryFile("blob", *blob);
  if (!fd.valid()) return Entry();
  entry.fd = std::make_shared<const UniqueFd>(std::move(fd));
  const std::lock_guard lock(mutex_);
  kept_.push_front({blob, blob->size(), entry});
  bytes_ += blob->size();
  while (kept_.size() > kKept || bytes_ > kKeptBytes) DropOldest();
  return entry;
}

bool BlobFiles::Find(const Blob& blob, Entry* entry) {
  for (auto it = kept_.begin(); it != kept_.end();) {
    if (it->blob.expired()) {
      bytes_ -= it->bytes;
      it = kept_.erase(it);
    } else if (SameOwner(it->blob, blob)) {
      *entry = it->entry;
      kept_.splice(kept_.begin(), kept_, it);
      return true;
    } else {
      ++it;
    }
  }
  return false;
}

void BlobFiles::DropOldest() {
  bytes_ -= kept_.back().bytes;
  kept_.pop_back();
}

}  // namespace assay::sandbox
