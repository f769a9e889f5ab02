#include "clients/cli/server.h"

#include <fcntl.h>
#include <grpcpp/grpcpp.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "absl/time/clock.h"

namespace assay::cli {
namespace {

constexpr int kReadyFd = 3;  // In the child.
// Of one command: a server that dies more often is broken.
constexpr int kStartsMax = 20;
constexpr int kLogTailBytes = 2000;

absl::Status Errno(const std::string& what) {
  return absl::InternalError(what + ": " + std::strerror(errno));
}

constexpr char kFolderPrefix[] = "assay-";
constexpr char kLockName[] = "/lock";

std::string BaseFolder() {
  const char* base = getenv("TMPDIR");
  const std::string folder = (base != nullptr && *base != '\0') ? base : "/tmp";
  // A Unix socket's path holds at most 107 bytes.
  return folder.size() > 70 ? "/tmp" : folder;
}

std::string MakeFolder(const std::string& base, int* lock_fd) {
  std::string folder = base + "/" + kFolderPrefix + "XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return "";
  *lock_fd = open((folder + kLockName).c_str(),
                  O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (*lock_fd >= 0) flock(*lock_fd, LOCK_EX);
  return folder;
}

// Starts assayd in a process group of its own, so that an interrupt from the
// terminal reaches this command alone.
absl::StatusOr<pid_t> Spawn(const std::string& address,
                            const std::string& log_path, int ready_fd) {
  const std::string program = ProgramBeside("assayd");
  std::vector<std::string> words = {program,
                                    "--listen",
                                    address,
                                    "--ready-fd",
                                    std::to_string(kReadyFd),
                                    "--die-with-parent",
                                    "--grace-seconds",
                                    "2"};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, log_path.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  posix_spawn_file_actions_adddup2(&actions, ready_fd, kReadyFd);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGINT);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, program.c_str(), &actions, &attributes,
                                 arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error != 0) {
    errno = error;
    return Errno("cannot start " + program);
  }
  return pid;
}

// Whether the server wrote to its ready descriptor within the grace time.
bool WaitReady(int fd) {
  const absl::Time deadline = absl::Now() + kStartGrace;
  for (;;) {
    const auto left_ms = absl::ToInt64Milliseconds(deadline - absl::Now());
    if (left_ms <= 0) return false;
    pollfd waiting{fd, POLLIN, 0};
    const int count = poll(&waiting, 1, static_cast<int>(left_ms));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    char byte;
    return read(fd, &byte, 1) == 1;
  }
}

}  // namespace

void RemoveStaleFolders(const std::string& base) {
  std::error_code error;
  int seen = 0;
  for (std::filesystem::directory_iterator entry(base, error), end;
       !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename();
    if (!name.starts_with(kFolderPrefix)) continue;
    if (++seen > kStaleFoldersMax) return;
    const std::string folder = entry->path();
    struct stat status;
    if (lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
        status.st_uid != geteuid()) {
      continue;
    }
    const int fd =
        open((folder + kLockName).c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) continue;  // None of ours, or not locked yet.
    std::error_code ignored;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
      std::filesystem::remove_all(folder, ignored);
    }
    close(fd);
  }
}

std::string ProgramBeside(const std::string& name) {
  std::error_code error;
  std::filesystem::path self =
      std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const std::filesystem::path beside = self.parent_path() / name;
    if (access(beside.c_str(), X_OK) == 0) return beside.string();
  }
  return name;
}

absl::StatusOr<std::unique_ptr<Server>> Server::Open(
    const std::string& address) {
  std::unique_ptr<Server> server(new Server());
  server->address_ = address;
  if (!address.empty()) return server;
  const std::string base = BaseFolder();
  RemoveStaleFolders(base);
  server->folder_ = MakeFolder(base, &server->lock_fd_);
  if (server->folder_.empty()) return Errno("cannot make a private folder");
  server->address_ = "unix:" + server->folder_ + "/s";
  const absl::Status started = server->StartChild();
  if (!started.ok()) return started;
  return server;
}

absl::Status Server::StartChild() {
  if (++starts_ > kStartsMax) {
    return absl::UnavailableError("the server died " +
                                  std::to_string(kStartsMax) + " times");
  }
  (void)unlink((folder_ + "/s").c_str());
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return Errno("pipe");
  const auto pid = Spawn(address_, folder_ + "/log", ends[1]);
  close(ends[1]);
  if (!pid.ok()) {
    close(ends[0]);
    return pid.status();
  }
  pid_ = *pid;
  const bool ready = WaitReady(ends[0]);
  close(ends[0]);
  if (ready) return absl::OkStatus();
  const std::string tail = LogTail();
  StopChild();
  return absl::UnavailableError(
      "assayd did not become ready" +
      (tail.empty() ? "; is it built and beside assay?" : ":\n" + tail));
}

absl::Status Server::Revive() {
  if (!is_child()) return absl::OkStatus();
  const std::lock_guard<std::mutex> lock(reviving_);
  if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) == 0) {
    return absl::OkStatus();
  }
  pid_ = -1;
  return StartChild();
}

void Server::StopChild() {
  if (pid_ <= 0) return;
  kill(pid_, SIGTERM);
  const absl::Time deadline = absl::Now() + kStopGrace;
  while (waitpid(pid_, nullptr, WNOHANG) == 0) {
    if (absl::Now() > deadline) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
      break;
    }
    absl::SleepFor(absl::Milliseconds(10));
  }
  pid_ = -1;
}

Server::~Server() {
  StopChild();
  if (!folder_.empty()) {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }
  if (lock_fd_ >= 0) close(lock_fd_);
}

std::unique_ptr<v1::Verifier::Stub> Server::NewStub() const {
  return v1::Verifier::NewStub(NewChannel());
}

std::shared_ptr<grpc::Channel> Server::NewChannel() const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kResponseBytesMax);
  arguments.SetMaxSendMessageSize(-1);  // The server says its own bound.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 200);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 3000);
  // A server that vanished is noticed; more often than every five minutes
  // would be taken for abuse by servers with default settings.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 360000);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20000);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(),
                                   arguments);
}

std::string Server::LogTail() const {
  if (folder_.empty()) return "";
  std::ifstream file(folder_ + "/log", std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (text.size() > kLogTailBytes) text.erase(0, text.size() - kLogTailBytes);
  std::string tail;
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    tail += "  | " + text.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return tail;
}

}  // namespace assay::cli
