#include "tests/sandbox/fake_cgroup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace assay::sandbox {
namespace {

FakeCgroup* kernel = nullptr;

struct File {
  const char* name;
  const char* text;
};

constexpr File kV2Files[] = {
    {"cgroup.procs", ""},
    {"cgroup.subtree_control", ""},
    {"cgroup.kill", ""},
    {"memory.max", "max"},
    {"memory.swap.max", "max"},
    {"memory.oom.group", "0"},
    {"memory.current", "0"},
    {"memory.peak", "0"},
    {"memory.events",
     "low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n"},
    {"pids.max", "max"},
    {"pids.events", "max 0\n"},
    {"cpu.stat", "usage_usec 0\nuser_usec 0\nsystem_usec 0\n"},
};

constexpr File kV1Files[] = {
    {"cgroup.procs", ""},
    {"tasks", ""},
    {"memory.limit_in_bytes", "9223372036854771712"},
    {"memory.max_usage_in_bytes", "0"},
    {"memory.swappiness", "60"},
    {"memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n"},
    {"pids.max", "max"},
    {"cpuacct.usage", "0"},
};

// The path behind a folder's descriptor and a name in it.
std::string PathOf(int parent, const char* name) {
  if (parent == AT_FDCWD || name[0] == '/') return name;
  const auto link = "/proc/self/fd/" + std::to_string(parent);
  return std::filesystem::read_symlink(link).string() + "/" + name;
}

}  // namespace

FakeCgroup::FakeCgroup() {
  char folder[] = "/tmp/assay-cgroup-XXXXXX";
  folder_ = mkdtemp(folder);
  Write(folder_ + "/mountinfo", "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
  Write(folder_ + "/own", "");
  kernel = this;
}

FakeCgroup::~FakeCgroup() {
  std::filesystem::remove_all(folder_);
  kernel = nullptr;
}

void FakeCgroup::MountV2(const std::string& controllers) {
  controllers_ = controllers;
  std::filesystem::create_directories(ours());
  Fill(ours());
  Write(ours() + "/cgroup.procs", std::to_string(getpid()) + "\n");
  std::ofstream(folder_ + "/mountinfo", std::ios::app)
      << "30 20 0:27 / " << folder_
      << "/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";
  std::ofstream(folder_ + "/own", std::ios::app) << "0::/ours\n";
}

void FakeCgroup::MountV1(const std::string& controller) {
  std::filesystem::create_directories(v1(controller));
  std::ofstream(folder_ + "/mountinfo", std::ios::app)
      << "31 20 0:28 / " << folder_ << "/" << controller
      << " rw shared:10 - cgroup cgroup rw," << controller << "\n";
  std::ofstream(folder_ + "/own", std::ios::app)
      << "7:" << controller << ":/ours\n";
}

CgroupHost FakeCgroup::host() const {
  CgroupHost host;
  host.mounts = folder_ + "/mountinfo";
  host.own_groups = folder_ + "/own";
  host.make = Make;
  host.remove = Remove;
  return host;
}

void FakeCgroup::Fill(const std::string& group) const {
  const bool v2 = group.find("/unified/") != std::string::npos;
  auto fill = [&](const File& file) {
    if (std::find(lacking_.begin(), lacking_.end(), file.name) ==
        lacking_.end()) {
      Write(group + "/" + file.name, file.text);
    }
  };
  if (v2) {
    std::for_each(std::begin(kV2Files), std::end(kV2Files), fill);
    Write(group + "/cgroup.controllers", controllers_ + "\n");
  } else {
    std::for_each(std::begin(kV1Files), std::end(kV1Files), fill);
  }
}

int FakeCgroup::Make(int parent, const char* name) {
  if (mkdirat(parent, name, 0755) != 0) return -1;
  kernel->Fill(PathOf(parent, name));
  return 0;
}

// Groups within, and processes, keep a group; files do not.
int FakeCgroup::Remove(int parent, const char* name) {
  const std::filesystem::path path = PathOf(parent, name);
  std::error_code error;
  bool has_groups = false;
  for (const auto& entry : std::filesystem::directory_iterator(path, error)) {
    has_groups |= entry.is_directory();
  }
  const bool killed = Read(path / "cgroup.kill") == "1";
  if (error || has_groups || kernel->stuck ||
      (!killed && !Read(path / "cgroup.procs").empty())) {
    errno = EBUSY;
    return -1;
  }
  std::filesystem::remove_all(path);
  return 0;
}

std::string FakeCgroup::Below(const std::string& parent,
                              const std::string& prefix) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(parent, error)) {
    if (entry.is_directory() &&
        entry.path().filename().string().rfind(prefix, 0) == 0) {
      return entry.path();
    }
  }
  return "";
}

std::string FakeCgroup::Read(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void FakeCgroup::Write(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace assay::sandbox
