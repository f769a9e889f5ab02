#include "sandbox/command_check.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace assay::sandbox {
namespace {

constexpr size_t kMaxNameBytes = 255;
constexpr const char* kPolicies[] = {"native", "python", "jit", "compiler"};
constexpr absl::Duration kShortestTime = absl::Milliseconds(1);
constexpr absl::Duration kLongestTime = absl::Hours(24);

absl::Status Bad(const std::string& field, const std::string& what) {
  return absl::InvalidArgumentError(
      absl::StrCat("command.", field, ": ", what));
}

bool HasNul(const std::string& text) {
  return text.find('\0') != std::string::npos;
}

bool IsFileName(const std::string& name) {
  return !name.empty() && name.size() <= kMaxNameBytes && name != "." &&
         name != ".." && name.find('/') == std::string::npos && !HasNul(name);
}

absl::Status CheckTexts(const Command& command) {
  if (command.profile.empty() &&
      (command.argv.empty() || command.argv[0].empty() ||
       command.argv[0][0] != '/')) {
    return Bad("argv", "needs an absolute path");
  }
  if (!command.profile.empty() && !command.argv.empty()) {
    return Bad("argv", "must be empty beside a profile");
  }
  if (command.argv.size() > kMaxArguments) return Bad("argv", "too many");
  size_t bytes = 0;
  for (const std::string& argument : command.argv) {
    if (HasNul(argument)) return Bad("argv", "contains NUL");
    bytes += argument.size() + 1;
  }
  if (bytes > kMaxArgumentBytes) return Bad("argv", "too large");
  bytes = 0;
  for (const std::string& variable : command.environment) {
    if (HasNul(variable) || variable.find('=') == std::string::npos ||
        variable[0] == '=') {
      return Bad("environment", "is not NAME=value");
    }
    bytes += variable.size() + 1;
  }
  if (bytes > kMaxEnvironmentBytes) return Bad("environment", "too large");
  if (std::find(std::begin(kPolicies), std::end(kPolicies), command.policy) ==
      std::end(kPolicies)) {
    return Bad("policy", "no such policy");
  }
  return absl::OkStatus();
}

bool HasChannel(const Command& command, int number) {
  return std::any_of(
      command.channels.begin(), command.channels.end(),
      [number](const Channel& channel) { return channel.number == number; });
}

absl::Status CheckFiles(const Command& command) {
  if (command.files.size() > kMaxFiles) return Bad("files", "too many");
  std::set<std::string> names;
  int64_t bytes = 0;
  for (const BoxFile& file : command.files) {
    if (!IsFileName(file.path)) return Bad("files", "malformed name");
    if (!names.insert(file.path).second) return Bad("files", "named twice");
    if ((file.mode & ~0777) != 0) return Bad("files", "malformed mode");
    if (file.channel != 0) {
      if (!HasChannel(command, file.channel)) {
        return Bad("files", "a link to no channel");
      }
      continue;
    }
    if (file.content == nullptr) return Bad("files", "without content");
    bytes += static_cast<int64_t>(file.content->size());
  }
  if (bytes > command.limits.file_bytes) {
    return Bad("files", "larger than limits.file_bytes");
  }
  if (command.collect.size() > kMaxFiles) return Bad("collect", "too many");
  for (const std::string& name : command.collect) {
    if (!IsFileName(name.rfind('*', 0) == 0 ? name.substr(1) : name))
      return Bad("collect", "malformed name");
  }
  return absl::OkStatus();
}

absl::Status CheckChannels(const Command& command) {
  if (command.channels.size() > kMaxChannels) {
    return Bad("channels", "too many");
  }
  std::set<int> numbers;
  for (const Channel& channel : command.channels) {
    if (channel.fd < 0 || channel.number < 5 ||
        channel.number > kMaxChannelNumber ||
        channel.number >= command.limits.open_files_count) {
      return Bad("channels", "malformed");
    }
    if (!numbers.insert(channel.number).second) {
      return Bad("channels", "numbered twice");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckLimits(const Limits& limits) {
  for (absl::Duration time : {limits.cpu, limits.wall}) {
    if (time < kShortestTime || time > kLongestTime) {
      return Bad("limits", "time out of range");
    }
  }
  for (int64_t bytes :
       {limits.stdout_bytes, limits.stderr_bytes, limits.reply_bytes}) {
    if (bytes < 0 || bytes > kMaxLimitBytes) {
      return Bad("limits", "bytes out of range");
    }
  }
  if (limits.memory_bytes < (1 << 20) || limits.memory_bytes > kMaxLimitBytes) {
    return Bad("limits", "memory out of range");
  }
  if (limits.file_bytes < 4096 || limits.file_bytes > kMaxLimitBytes) {
    return Bad("limits", "file_bytes out of range");
  }
  if (limits.collect_bytes < 0 || limits.collect_bytes > kMaxLimitBytes) {
    return Bad("limits", "collect_bytes out of range");
  }
  if (limits.stack_bytes < (64 << 10) || limits.stack_bytes > kMaxLimitBytes) {
    return Bad("limits", "stack_bytes out of range");
  }
  if (limits.process_count < 1 || limits.process_count > 4096) {
    return Bad("limits", "process_count out of range");
  }
  if (limits.open_files_count < 8 || limits.open_files_count > 4096) {
    return Bad("limits", "open_files_count out of range");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckCommand(const Command& command) {
  for (const absl::Status& status :
       {CheckLimits(command.limits), CheckTexts(command), CheckFiles(command),
        CheckChannels(command)}) {
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace assay::sandbox
