#include "sandbox/nursery_client.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay::sandbox {
namespace {

constexpr int kControlFd = 3;  // As sandbox/launcher/main.cc expects it.

absl::Status Failed(const std::string& what, int error) {
  return absl::UnavailableError(
      absl::StrCat(what, ": ", std::string(std::strerror(error))));
}

// Starts the program with default signals and an empty environment.
absl::StatusOr<pid_t> Spawn(const std::string& path, int control) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, control, kControlFd);
  sigset_t none;
  sigset_t all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string name = "assay-launcher";
  char* arguments[] = {name.data(), nullptr};
  char* environment[] = {nullptr};
  pid_t pid = -1;
  int error = posix_spawn(&pid, path.c_str(), &actions, &attributes, arguments,
                          environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) return Failed(absl::StrCat("start ", path), error);
  return pid;
}

}  // namespace

absl::StatusOr<std::unique_ptr<NurseryClient>> NurseryClient::Start(
    const std::string& launcher_path, const LauncherConfig& config) {
  if (access(launcher_path.c_str(), X_OK) != 0) {
    return absl::NotFoundError(
        absl::StrCat("no launcher at '", launcher_path, "'"));
  }
  UniqueFd ours;
  UniqueFd theirs;
  if (!MakeSocketPair(&ours, &theirs)) return Failed("socketpair", errno);
  absl::StatusOr<pid_t> pid = Spawn(launcher_path, theirs.get());
  if (!pid.ok()) return pid.status();
  auto client =
      std::unique_ptr<NurseryClient>(new NurseryClient(*pid, std::move(ours)));
  const std::lock_guard lock(client->mutex_);
  if (!SendMessage(client->control_.get(), Encode(config), {})) {
    return Failed("configure the launcher", errno);
  }
  return client;
}

NurseryClient::~NurseryClient() {
  {
    const std::lock_guard lock(mutex_);
    control_.reset();
  }
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
}

absl::StatusOr<UniqueFd> NurseryClient::SpawnLane(int lane) {
  UniqueFd ours;
  UniqueFd theirs;
  if (!MakeSocketPair(&ours, &theirs)) return Failed("socketpair", errno);
  const std::lock_guard lock(mutex_);
  if (!SendMessage(control_.get(), EncodeSpawn(lane), {theirs.get()})) {
    return Failed("the launchers' parent is gone", errno);
  }
  return ours;
}

std::string FindLauncher() {
  char path[4096];
  ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
  if (n <= 0) return "";
  std::string folder(path, static_cast<size_t>(n));
  folder.resize(folder.rfind('/'));
  for (const char* place : {"/assay-launcher", "/../bin/assay-launcher",
                            "/../../bin/assay-launcher"}) {
    std::string candidate = folder + place;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return folder + "/assay-launcher";
}

}  // namespace assay::sandbox
