#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "sandbox/launcher/cgroup.h"

namespace assay::sandbox {
namespace {

// A kept group that still holds more than this (files cached for a run, its
// tmpfs not yet freed) is made anew.
constexpr int64_t kMaxResidueBytes = int64_t{4} << 20;

UniqueFd OpenIn(int folder, const char* name, int flags) {
  return UniqueFd(openat(folder, name, flags | O_CLOEXEC));
}

bool WriteIn(int folder, const char* name, const std::string& text) {
  UniqueFd fd = OpenIn(folder, name, O_WRONLY);
  return fd.valid() && WriteWhole(fd.get(), text);
}

constexpr size_t kTextBytes = 1024;

// NUL-terminated; empty where nothing can be read.
void ReadText(int fd, char* text) {
  ssize_t n = fd >= 0 ? pread(fd, text, kTextBytes - 1, 0) : 0;
  text[n > 0 ? n : 0] = 0;
}

int64_t ReadNumber(int fd) {
  char text[kTextBytes];
  ReadText(fd, text);
  return std::strtoll(text, nullptr, 10);
}

// The number after `key` in lines of "key number".
int64_t ReadKey(int fd, const char* key) {
  char text[kTextBytes];
  ReadText(fd, text);
  const size_t size = std::strlen(key);
  for (const char* line = text; line != nullptr;
       line = std::strchr(line, '\n')) {
    if (*line == '\n') ++line;
    if (std::strncmp(line, key, size) == 0 && line[size] == ' ') {
      return std::strtoll(line + size, nullptr, 10);
    }
  }
  return 0;
}

UniqueFd MakeIn(const CgroupHost& host, int folder, const std::string& name) {
  if (host.make(folder, name.c_str()) != 0 && errno != EEXIST) {
    return UniqueFd();
  }
  return OpenIn(folder, name.c_str(), O_RDONLY | O_DIRECTORY);
}

}  // namespace

bool CgroupSlot::Begin(const BoxLimits& limits, int64_t process_count) {
  if (tree_->version() == CgroupVersion::kNone) return true;
  return tree_->version() == CgroupVersion::kV1
             ? BeginV1(limits, process_count)
             : BeginV2(limits, process_count);
}

bool CgroupSlot::OpenV1() {
  for (const UniqueFd& folder : tree_->folders()) {
    UniqueFd group;
    if (folder.valid()) {
      group = MakeIn(tree_->host(), folder.get(), name_);
      if (!group.valid()) return false;
    }
    if (group.valid()) {
      attach_files_.push_back(OpenIn(group.get(), "tasks", O_WRONLY));
      if (!attach_files_.back().valid()) return false;
    }
    groups_.push_back(std::move(group));
  }
  int memory = groups_[0].get();
  WriteIn(memory, "memory.swappiness", "0");
  peak_file_ = OpenIn(memory, "memory.max_usage_in_bytes", O_RDWR);
  oom_file_ = OpenIn(memory, "memory.oom_control", O_RDONLY);
  if (groups_[2].valid()) {
    cpu_file_ = OpenIn(groups_[2].get(), "cpuacct.usage", O_RDONLY);
  }
  memory_limit_ = process_limit_ = -1;
  return peak_file_.valid() && oom_file_.valid();
}

bool CgroupSlot::BeginV1(const BoxLimits& limits, int64_t process_count) {
  if (!groups_.empty() && pwrite(peak_file_.get(), "0", 1, 0) == 1 &&
      ReadNumber(peak_file_.get()) > kMaxResidueBytes) {
    Drop();
  }
  const bool is_new = groups_.empty();
  if (is_new && !OpenV1()) {
    Drop();
    return false;
  }
  if (memory_limit_ != limits.memory_bytes) {
    if (!WriteIn(groups_[0].get(), "memory.limit_in_bytes",
                 std::to_string(limits.memory_bytes))) {
      return false;
    }
    memory_limit_ = limits.memory_bytes;
  }
  if (process_limit_ != process_count && groups_[1].valid()) {
    if (!WriteIn(groups_[1].get(), "pids.max", std::to_string(process_count))) {
      return false;
    }
    process_limit_ = process_count;
  }
  if (is_new && pwrite(peak_file_.get(), "0", 1, 0) != 1) return false;
  cpu_base_ = ReadNumber(cpu_file_.get());
  oom_base_ = ReadKey(oom_file_.get(), "oom_kill");
  return true;
}

// A group that could not be removed keeps its counters: another name is
// taken then, and tried to the end.
bool CgroupSlot::BeginV2(const BoxLimits& limits, int64_t process_count) {
  constexpr int kMaxStuck = 16;
  const int top = tree_->folders()[0].get();
  folder_name_ = name_;
  int error = tree_->host().make(top, folder_name_.c_str());
  for (int i = 0; error != 0 && errno == EEXIST && i < kMaxStuck; ++i) {
    folder_name_ = name_ + "." + std::to_string(++stuck_count_);
    error = tree_->host().make(top, folder_name_.c_str());
  }
  if (error != 0) return false;
  UniqueFd group = OpenIn(top, folder_name_.c_str(), O_RDONLY | O_DIRECTORY);
  if (!group.valid()) return false;
  const int folder = group.get();
  groups_.push_back(std::move(group));
  WriteIn(folder, "memory.swap.max", "0");   // Absent without swap.
  WriteIn(folder, "memory.oom.group", "1");  // Since 4.19.
  attach_files_.push_back(OpenIn(folder, "cgroup.procs", O_RDWR));
  peak_file_ = OpenIn(folder, "memory.peak", O_RDONLY);  // Since 5.19.
  if (!peak_file_.valid()) {
    current_file_ = OpenIn(folder, "memory.current", O_RDONLY);
  }
  oom_file_ = OpenIn(folder, "memory.events", O_RDONLY);
  cpu_file_ = OpenIn(folder, "cpu.stat", O_RDONLY);
  cpu_base_ = oom_base_ = seen_bytes_ = 0;
  const bool ok =
      WriteIn(folder, "memory.max", std::to_string(limits.memory_bytes)) &&
      WriteIn(folder, "pids.max", std::to_string(process_count)) &&
      attach_files_[0].valid() && oom_file_.valid();
  if (!ok) Drop();
  return ok;
}

std::vector<int> CgroupSlot::EntranceFds() const {
  std::vector<int> fds;
  if (tree_->version() != CgroupVersion::kV1) return fds;
  for (const UniqueFd& file : attach_files_) fds.push_back(file.get());
  return fds;
}

bool CgroupSlot::Attach(pid_t pid) {
  if (tree_->version() != CgroupVersion::kV2) return true;
  std::string text = std::to_string(pid);
  for (const UniqueFd& file : attach_files_) {
    if (pwrite(file.get(), text.data(), text.size(), 0) < 0) return false;
  }
  return true;
}

void CgroupSlot::End() {
  Look();
  if (tree_->version() == CgroupVersion::kV2) Drop();
}

void CgroupSlot::Drop() {
  cpu_file_.reset();
  oom_file_.reset();
  peak_file_.reset();
  current_file_.reset();
  attach_files_.clear();
  groups_.clear();
  const std::string& name = folder_name_.empty() ? name_ : folder_name_;
  for (const UniqueFd& folder : tree_->folders()) {
    if (folder.valid()) tree_->host().remove(folder.get(), name.c_str());
  }
}

int64_t CgroupSlot::CpuNs() const {
  if (!cpu_file_.valid()) return 0;
  if (tree_->version() == CgroupVersion::kV2) {
    return ReadKey(cpu_file_.get(), "usage_usec") * 1000;
  }
  return ReadNumber(cpu_file_.get()) - cpu_base_;
}

int64_t CgroupSlot::PeakBytes() const {
  return peak_file_.valid() ? ReadNumber(peak_file_.get()) : seen_bytes_;
}

void CgroupSlot::Look() {
  if (!current_file_.valid()) return;
  seen_bytes_ = std::max(seen_bytes_, ReadNumber(current_file_.get()));
}

int64_t CgroupSlot::OomKills() const {
  if (!oom_file_.valid()) return 0;
  return ReadKey(oom_file_.get(), "oom_kill") - oom_base_;
}

std::vector<pid_t> CgroupSlot::Pids() const {
  std::vector<pid_t> pids;
  if (groups_.empty()) return pids;
  UniqueFd file = OpenIn(groups_[0].get(), "cgroup.procs", O_RDONLY);
  char text[kTextBytes];
  ReadText(file.get(), text);
  std::istringstream words(text);
  pid_t pid = 0;
  while (words >> pid) pids.push_back(pid);
  return pids;
}

}  // namespace assay::sandbox
