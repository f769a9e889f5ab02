#include "tests/verifier/code/local_lane.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/clock.h"

namespace assay::code {
namespace {

using sandbox::Command;
using sandbox::Outcome;
using sandbox::RunResult;

constexpr char kBoot[] = R"(
import os, sys
space = {'__name__': 'runtime'}
exec(compile(open(sys.argv[1]).read(), 'runtime', 'exec'), space)
parts = []
while True:
    part = os.read(3, 1 << 20)
    if not part:
        break
    parts.append(part)
space['main'](b''.join(parts), 4)
)";

int MemoryFile(const std::string& content) {
  const int fd = memfd_create("content", 0);
  size_t at = 0;
  while (at < content.size()) {
    const ssize_t n = write(fd, content.data() + at, content.size() - at);
    if (n <= 0) break;
    at += static_cast<size_t>(n);
  }
  lseek(fd, 0, SEEK_SET);
  return fd;
}

class LocalRun : public sandbox::Run {
 public:
  LocalRun(const Command& command, const std::string& runtime)
      : command_(command) {
    char folder[] = "/tmp/assay_local_XXXXXX";
    folder_ = mkdtemp(folder);
    for (const sandbox::BoxFile& file : command.files) {
      const std::string path = folder_ + "/" + file.path;
      std::ofstream(path, std::ios::binary) << *file.content;
      chmod(path.c_str(), static_cast<mode_t>(file.mode));
    }
    std::ofstream(folder_ + "/.runtime.py", std::ios::binary) << runtime;
    std::ofstream(folder_ + "/.boot.py", std::ios::binary) << kBoot;
    Spawn();
  }

  ~LocalRun() override {
    Cancel();
    if (!waited_) Wait().IgnoreError();
    std::filesystem::remove_all(folder_);
  }

  bool WaitFor(absl::Duration patience) override {
    const absl::Time end = absl::Now() + patience;
    siginfo_t info = {};
    do {
      if (waitid(P_PID, static_cast<id_t>(child_), &info,
                 WEXITED | WNOWAIT | WNOHANG) == 0 &&
          info.si_pid != 0) {
        return true;
      }
      absl::SleepFor(absl::Milliseconds(1));
    } while (absl::Now() < end);
    return false;
  }

  void Cancel() override {
    cancelled_ = true;
    kill(-child_, SIGKILL);
  }

  absl::StatusOr<RunResult> Wait() override {
    waited_ = true;
    RunResult result;
    Read(&result);
    int status = 0;
    struct rusage usage = {};
    wait4(child_, &status, 0, &usage);
    kill(-child_, SIGKILL);
    result.wall = absl::Now() - begin_;
    result.cpu = absl::DurationFromTimeval(usage.ru_utime) +
                 absl::DurationFromTimeval(usage.ru_stime);
    result.peak_memory_bytes = usage.ru_maxrss * 1024;
    if (ended_) {
      result.outcome = *ended_;
    } else if (WIFEXITED(status)) {
      result.outcome = Outcome::kExited;
      result.exit_code = WEXITSTATUS(status);
    } else if (cancelled_) {
      result.outcome = Outcome::kCancelled;
    } else if (WTERMSIG(status) == SIGXCPU ||
               result.cpu >= command_.limits.cpu) {
      result.outcome = Outcome::kCpuTime;
    } else {
      result.outcome = Outcome::kSignaled;
      result.signal = WTERMSIG(status);
    }
    for (const std::string& name : command_.collect) {
      std::ifstream in(folder_ + "/" + name, std::ios::binary);
      std::ostringstream content;
      content << in.rdbuf();
      if (in.is_open()) result.files.emplace_back(name, content.str());
    }
    return result;
  }

 private:
  void Spawn() {
    const int input = command_.input ? MemoryFile(*command_.input)
                                     : open("/dev/null", O_RDONLY);
    const int request =
        MemoryFile(command_.request ? *command_.request : std::string());
    int out[2], err[2], reply[2];
    if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC) ||
        pipe2(reply, O_CLOEXEC)) {
      abort();
    }
    begin_ = absl::Now();
    child_ = fork();
    if (child_ == 0) Child(input, request, out[1], err[1], reply[1]);
    setpgid(child_, child_);
    for (const int fd : {input, request, out[1], err[1], reply[1]}) close(fd);
    out_ = out[0];
    err_ = err[0];
    reply_ = reply[0];
  }

  [[noreturn]] void Child(int input, int request, int out, int err, int reply) {
    setpgid(0, 0);
    // Above the numbers that the run is to find.
    std::map<int, int> wanted = {
        {0, input}, {1, out}, {2, err}, {3, request}, {4, reply}};
    for (const sandbox::Channel& c : command_.channels) {
      wanted[c.number] = c.fd;
    }
    for (auto& [number, fd] : wanted) fd = fcntl(fd, F_DUPFD, 50);
    for (const auto& [number, fd] : wanted) dup2(fd, number);
    closefrom(static_cast<int>(wanted.rbegin()->first) + 1);
    if (!command_.wants_reply) close(4);
    const auto seconds = static_cast<rlim_t>(absl::ToInt64Seconds(
        absl::Ceil(command_.limits.cpu, absl::Seconds(1))));
    const struct rlimit cpu = {seconds, seconds + 1};
    setrlimit(RLIMIT_CPU, &cpu);
    const struct rlimit core = {0, 0};
    setrlimit(RLIMIT_CORE, &core);
    if (command_.policy != "compiler") {
      const auto bytes = static_cast<rlim_t>(command_.limits.memory_bytes);
      const struct rlimit memory = {bytes, bytes};
      setrlimit(RLIMIT_AS, &memory);
    }
    if (chdir(folder_.c_str()) != 0) _exit(99);
    std::vector<std::string> words = command_.argv;
    if (!command_.profile.empty()) {
      words = {"/usr/bin/python3", "-I", ".boot.py", ".runtime.py"};
    } else if (words[0].rfind("/box/", 0) == 0) {
      words[0] = folder_ + words[0].substr(4);
    }
    std::vector<char*> argv, env;
    for (std::string& word : words) argv.push_back(word.data());
    for (std::string& word : command_.environment) env.push_back(word.data());
    argv.push_back(nullptr);
    env.push_back(nullptr);
    execve(argv[0], argv.data(), env.data());
    _exit(127);
  }

  // Drains all three streams until they close or a limit is reached.
  void Read(RunResult* result) {
    struct Stream {
      int fd;
      std::string* text;
      int64_t limit;
    };
    std::vector<Stream> streams = {
        {out_, &result->stdout_text, command_.limits.stdout_bytes},
        {err_, &result->stderr_text, command_.limits.stderr_bytes},
        {reply_, &result->reply, command_.limits.reply_bytes}};
    int open_count = 3;
    while (open_count > 0 && !cancelled_) {
      struct pollfd polled[3];
      for (int i = 0; i < 3; ++i) polled[i] = {streams[i].fd, POLLIN, 0};
      poll(polled, 3, 20);
      for (int i = 0; i < 3; ++i) {
        if (streams[i].fd < 0 || polled[i].revents == 0) continue;
        char buffer[65536];
        const ssize_t n = read(streams[i].fd, buffer, sizeof(buffer));
        if (n <= 0) {
          close(streams[i].fd);
          streams[i].fd = -1;
          --open_count;
          continue;
        }
        std::string* text = streams[i].text;
        text->append(buffer, static_cast<size_t>(n));
        if (static_cast<int64_t>(text->size()) > streams[i].limit) {
          text->resize(static_cast<size_t>(streams[i].limit));
          if (i != 1) End(Outcome::kOutput);
        }
      }
      if (absl::Now() - begin_ > command_.limits.wall) {
        End(Outcome::kWallTime);
      }
    }
    for (const Stream& stream : streams) {
      if (stream.fd >= 0) close(stream.fd);
    }
  }

  void End(Outcome outcome) {
    if (!ended_) ended_ = outcome;
    kill(-child_, SIGKILL);
  }

  Command command_;
  std::string folder_;
  pid_t child_ = -1;
  int out_ = -1, err_ = -1, reply_ = -1;
  absl::Time begin_;
  std::optional<Outcome> ended_;
  std::atomic<bool> cancelled_ = false;
  bool waited_ = false;
};

class LocalLane : public sandbox::Lane {
 public:
  explicit LocalLane(std::string runtime) : runtime_(std::move(runtime)) {}
  absl::StatusOr<std::unique_ptr<sandbox::Run>> Start(
      const Command& command) override {
    return std::make_unique<LocalRun>(command, runtime_);
  }
  absl::StatusOr<RunResult> RunToEnd(
      const Command& command, const std::atomic<bool>* cancelled) override {
    LocalRun run(command, runtime_);
    if (cancelled->load()) run.Cancel();
    return run.Wait();
  }

 private:
  std::string runtime_;
};

class LocalSandbox : public sandbox::Sandbox {
 public:
  explicit LocalSandbox(std::string runtime) : lane_(std::move(runtime)) {}
  int lane_count() const override { return 1; }
  sandbox::Lane& lane(int) override { return lane_; }
  const sandbox::Enforcement& enforcement() const override { return none_; }
  absl::Status profile_status(const std::string&) const override {
    return absl::OkStatus();
  }

 private:
  sandbox::Enforcement none_;
  LocalLane lane_;
};

}  // namespace

std::unique_ptr<sandbox::Sandbox> MakeLocalSandbox(
    std::vector<sandbox::Profile> profiles) {
  return std::make_unique<LocalSandbox>(
      profiles.empty() ? "" : profiles[0].runtime_source);
}

}  // namespace assay::code
