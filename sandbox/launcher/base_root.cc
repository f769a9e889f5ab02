#include "sandbox/launcher/base_root.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "sandbox/launcher/file_store.h"
#include "sandbox/launcher/ids.h"
#include "sandbox/launcher/proc_folder.h"
#include "sandbox/launcher/settings.h"
#include "sandbox/wire/fd.h"
#include "sandbox/wire/messages.h"

namespace assay::sandbox {
namespace {

constexpr size_t kMaxCopiedFileBytes = 4 << 20;
constexpr long kMountSetattr = 442;  // On every architecture.
constexpr long kOpenTree = 428;
constexpr unsigned kOpenTreeClone = 1;
constexpr uint64_t kAttrReadOnly = 0x1;
constexpr uint64_t kAttrNoSuid = 0x2;
constexpr uint64_t kAttrNoDev = 0x4;
constexpr unsigned kRecursive = 0x8000;

struct MountAttr {
  uint64_t set;
  uint64_t clear;
  uint64_t propagation;
  uint64_t userns_fd;
};

class RootBuilder {
 public:
  explicit RootBuilder(std::string* error) : error_(error) {}

  bool Enter();
  bool AddHostFolders(const std::vector<std::string>& read_only_paths);
  bool AddDevices();
  bool AddProc(bool own_proc);
  bool AddFiles(const std::vector<OwnFile>& own_files);
  bool AddStore(int* store_fd);
  bool Seal();

 private:
  bool Fail(const std::string& what) {
    *error_ = what + ": " + std::strerror(errno);
    return false;
  }
  bool MakeFolders(const std::string& path);
  bool BindReadOnly(const std::string& path, bool required);
  bool AddTopFolder(const std::string& path);
  bool WriteFile(const std::string& path, const std::string& content);

  UniqueFd host_proc_;  // Where the tree has none of its own.
  std::string* error_;
};

// A tmpfs becomes the root; the host's tree stays beneath /host until Seal.
bool RootBuilder::Enter() {
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return Fail("private mounts");
  }
  bool mounted = false;
  std::string stage;
  for (const char* folder : {"/tmp", "/mnt", "/run", "/var"}) {
    stage = folder;
    mounted =
        mount("root", folder, "tmpfs", MS_NOSUID, "mode=0755,size=16m") == 0;
    if (mounted) break;
  }
  if (!mounted) return Fail("tmpfs for the root");
  std::string host = stage + "/host";
  if (mkdir(host.c_str(), 0700) != 0) return Fail("mkdir " + host);
  if (syscall(SYS_pivot_root, stage.c_str(), host.c_str()) != 0) {
    return Fail("pivot_root");
  }
  return chdir("/") == 0 || Fail("chdir");
}

bool RootBuilder::MakeFolders(const std::string& path) {
  for (size_t at = path.find('/', 1);; at = path.find('/', at + 1)) {
    std::string part = path.substr(0, at);
    if (mkdir(part.c_str(), 0755) != 0 && errno != EEXIST) {
      return Fail("mkdir " + part);
    }
    if (at == std::string::npos) return true;
  }
}

bool RootBuilder::BindReadOnly(const std::string& path, bool required) {
  std::string from = "/host" + path;
  struct stat info;
  if (stat(from.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
    return !required || Fail("no folder " + path);
  }
  if (!MakeFolders(path)) return false;
  if (mount(from.c_str(), path.c_str(), nullptr, MS_BIND | MS_REC, nullptr) !=
      0) {
    return Fail("bind " + path);
  }
  MountAttr attr = {kAttrReadOnly | kAttrNoSuid | kAttrNoDev, 0, 0, 0};
  if (syscall(kMountSetattr, AT_FDCWD, path.c_str(), kRecursive, &attr,
              sizeof(attr)) != 0) {
    return Fail("read-only " + path);
  }
  return true;
}

// /bin and its kin are links into /usr on merged systems.
bool RootBuilder::AddTopFolder(const std::string& path) {
  char target[256];
  ssize_t n = readlink(("/host" + path).c_str(), target, sizeof(target) - 1);
  if (n <= 0) return BindReadOnly(path, false);
  target[n] = 0;
  return symlink(target, path.c_str()) == 0 || Fail("link " + path);
}

bool RootBuilder::AddHostFolders(
    const std::vector<std::string>& read_only_paths) {
  if (!BindReadOnly("/usr", true)) return false;
  for (const char* path :
       {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
    if (!AddTopFolder(path)) return false;
  }
  for (const std::string& path : read_only_paths) {
    if (!BindReadOnly(path, true)) return false;
  }
  return true;
}

bool RootBuilder::AddDevices() {
  if (!MakeFolders("/dev")) return false;
  for (const char* name : {"null", "zero", "full", "random", "urandom"}) {
    std::string path = std::string("/dev/") + name;
    if (!WriteFile(path, "")) return false;
    if (mount(("/host" + path).c_str(), path.c_str(), nullptr, MS_BIND,
              nullptr) != 0) {
      return Fail("bind " + path);
    }
  }
  bool ok = symlink("/proc/self/fd", "/dev/fd") == 0 &&
            symlink("/proc/self/fd/0", "/dev/stdin") == 0 &&
            symlink("/proc/self/fd/1", "/dev/stdout") == 0 &&
            symlink("/proc/self/fd/2", "/dev/stderr") == 0;
  return ok || Fail("links in /dev");
}

// A proc of our own pid namespace; the host's is never bound. The kernel
// allows it to a user namespace only where the host's is whole, and boxes
// can mount theirs only where this one is.
bool RootBuilder::AddProc(bool own_proc) {
  if (!MakeFolders("/proc")) return false;
  if (!own_proc) {
    host_proc_.reset(open("/host/proc", O_PATH | O_DIRECTORY | O_CLOEXEC));
    return host_proc_.valid() || Fail("the host's /proc");
  }
  return mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
               nullptr) == 0 ||
         Fail("mount proc");
}

bool RootBuilder::WriteFile(const std::string& path,
                            const std::string& content) {
  UniqueFd fd(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (!fd.valid() || !WriteWhole(fd.get(), content)) return Fail(path);
  return true;
}

bool RootBuilder::AddFiles(const std::vector<OwnFile>& own_files) {
  for (const char* path : {"/etc", "/box", "/tmp", "/assay"}) {
    if (!MakeFolders(path)) return false;
  }
  std::string users = "root:x:0:0:root:/:/bin/sh\n";
  std::string groups = "root:x:0:\n";
  for (int slot = 0; slot <= kMaxRunsPerLane; ++slot) {
    std::string id = std::to_string(kBoxUid + static_cast<uint32_t>(slot));
    users += "box:x:" + id + ":" + id + ":box:/box:/bin/sh\n";
    groups += "box:x:" + id + ":\n";
  }
  if (!WriteFile("/etc/passwd", users) || !WriteFile("/etc/group", groups) ||
      !WriteFile("/etc/hosts", "127.0.0.1 localhost box\n") ||
      !WriteFile("/etc/nsswitch.conf", "passwd: files\nhosts: files\n")) {
    return false;
  }
  // The host's cache of libraries, copied: one mount less in every box.
  CopySettings("/host/etc", "/etc");
  UniqueFd cache(open("/host/etc/ld.so.cache", O_RDONLY | O_CLOEXEC));
  std::string content;
  if (cache.valid() && ReadWhole(cache.get(), kMaxCopiedFileBytes, &content) &&
      !WriteFile("/etc/ld.so.cache", content)) {
    return false;
  }
  for (const OwnFile& file : own_files) {
    if (!WriteFile("/assay/" + file.name, file.content)) return false;
  }
  return true;
}

// Boxes see the read-only mount; ours is in no tree. Without the calls for
// that, files are copied.
bool RootBuilder::AddStore(int* store_fd) {
  if (!MakeFolders(kStorePath)) return false;
  if (mount("store", kStorePath, "tmpfs", MS_NOSUID | MS_NODEV,
            "mode=0311,size=50%") != 0) {
    return Fail("store");
  }
  UniqueFd ours(static_cast<int>(
      syscall(kOpenTree, AT_FDCWD, kStorePath, kOpenTreeClone | O_CLOEXEC)));
  MountAttr attr = {kAttrReadOnly, 0, 0, 0};
  if (syscall(kMountSetattr, AT_FDCWD, kStorePath, 0, &attr, sizeof(attr)) !=
      0) {
    return Fail("read-only store");
  }
  *store_fd = ours.release();
  return true;
}

bool RootBuilder::Seal() {
  if (umount2("/host", MNT_DETACH) != 0) return Fail("leave the host's tree");
  if (rmdir("/host") != 0) return Fail("rmdir /host");
  MountAttr attr = {kAttrReadOnly, 0, 0, 0};
  if (syscall(kMountSetattr, AT_FDCWD, "/", 0, &attr, sizeof(attr)) != 0) {
    return Fail("read-only root");
  }
  return !host_proc_.valid() || UseProcFolder(host_proc_.get()) ||
         Fail("hold the host's /proc");
}

}  // namespace

bool EnterBaseRoot(const std::vector<std::string>& read_only_paths,
                   const std::vector<OwnFile>& own_files, bool own_proc,
                   int* store_fd, std::string* error) {
  umask(022);
  RootBuilder builder(error);
  return builder.Enter() && builder.AddHostFolders(read_only_paths) &&
         builder.AddDevices() && builder.AddProc(own_proc) &&
         builder.AddFiles(own_files) && builder.AddStore(store_fd) &&
         builder.Seal();
}

}  // namespace assay::sandbox
