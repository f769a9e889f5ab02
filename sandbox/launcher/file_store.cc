#include "sandbox/launcher/file_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace assay::sandbox {
namespace {

std::string RandomName() {
  unsigned char bytes[16];
  if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes)) return "";
  std::string name;
  for (unsigned char byte : bytes) {
    name += "0123456789abcdef"[byte >> 4];
    name += "0123456789abcdef"[byte & 15];
  }
  return name;
}

void Empty(int folder_fd) {
  int fd = openat(folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* folder = fd < 0 ? nullptr : fdopendir(fd);
  if (folder == nullptr) return;
  while (dirent* entry = readdir(folder)) {
    if (entry->d_name[0] != '.') unlinkat(folder_fd, entry->d_name, 0);
  }
  closedir(folder);
}

}  // namespace

FileStore::FileStore(int store_fd, int lane) {
  std::string name = "lane" + std::to_string(lane);
  path_ = std::string(kStorePath) + "/" + name + "/";
  if (store_fd < 0) return;
  mkdirat(store_fd, name.c_str(), 0700);
  folder_.reset(openat(store_fd, name.c_str(),
                       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!folder_.valid()) return;
  Empty(folder_.get());
  // Searchable, not listable: not even for its owner, on a read-only mount.
  if (fchmod(folder_.get(), 0311) != 0) folder_.reset();
}

std::string FileStore::Hold(uint64_t id, int fd, uint64_t size) {
  for (auto it = files_.begin(); it != files_.end(); ++it) {
    if (it->id != id) continue;
    ++it->holders;
    files_.splice(files_.begin(), files_, it);
    return path_ + it->name;
  }
  if (!folder_.valid() || size > kMaxFileBytes || !MakeRoom(size)) return "";
  std::string name = RandomName();
  if (name.empty() || !Copy(name, fd, size)) return "";
  files_.push_front({id, size, name, 1});
  bytes_ += size;
  return path_ + name;
}

void FileStore::Release(uint64_t id) {
  for (File& file : files_) {
    if (file.id == id) --file.holders;
  }
}

bool FileStore::MakeRoom(uint64_t size) {
  for (auto it = files_.end(); bytes_ + size > kStoreBytes;) {
    if (it == files_.begin()) return false;
    --it;
    if (it->holders > 0) continue;
    unlinkat(folder_.get(), it->name.c_str(), 0);
    bytes_ -= it->size;
    it = files_.erase(it);
  }
  return true;
}

bool FileStore::Copy(const std::string& name, int fd, uint64_t size) {
  UniqueFd file(openat(folder_.get(), name.c_str(),
                       O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700));
  off_t offset = 0;
  auto left = static_cast<size_t>(size);
  while (file.valid() && left > 0) {
    ssize_t n = sendfile(file.get(), fd, &offset, left);
    if (n <= 0) break;
    left -= static_cast<size_t>(n);
  }
  if (file.valid() && left == 0 && fchmod(file.get(), 0555) == 0) return true;
  unlinkat(folder_.get(), name.c_str(), 0);
  return false;
}

}  // namespace assay::sandbox
