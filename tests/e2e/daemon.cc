#include "tests/e2e/daemon.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

extern char** environ;

namespace assay {
namespace {

constexpr int kReadyNumber = 9;
// Probing the toolchains takes seconds, on a busy machine many.
constexpr int kStartTimeoutMs = 120'000;

struct Process {
  pid_t parent = 0;
  std::string start;
};

// Fields 4 (parent) and 22 (start time) of /proc/PID/stat.
bool ReadProcess(pid_t pid, Process* process) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return false;
  std::istringstream rest(line.substr(line.rfind(')') + 2));
  std::vector<std::string> fields;
  for (std::string field; rest >> field;) fields.push_back(field);
  if (fields.size() < 20 || fields[0] == "Z") return false;
  process->parent = std::stoi(fields[1]);
  process->start = fields[19];
  return true;
}

}  // namespace

pid_t Spawn(const std::vector<std::string>& words, const std::string& log_path,
            const Descriptors& descriptors) {
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!log_path.empty()) {
    posix_spawn_file_actions_addopen(&actions, 1, log_path.c_str(),
                                     O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
  }
  for (const auto& [from, number] : descriptors) {
    posix_spawn_file_actions_adddup2(&actions, from, number);
  }
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, arguments[0], &actions, nullptr,
                                 arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0 ? pid : -1;
}

Daemon::Daemon(std::string binary) : binary_(std::move(binary)) {
  char folder[] = "/tmp/assay_e2e_XXXXXX";
  folder_ = mkdtemp(folder);
}

Daemon::~Daemon() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    Wait();
  }
  std::filesystem::remove_all(folder_);
}

bool Daemon::Start(const std::vector<std::string>& flags) {
  std::vector<std::string> words = {binary_, "--listen", address(),
                                    "--ready-fd", std::to_string(kReadyNumber)};
  words.insert(words.end(), flags.begin(), flags.end());
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  pid_ = Spawn(words, folder_ + "/log", {{ends[1], kReadyNumber}});
  close(ends[1]);
  pollfd waiting = {ends[0], POLLIN, 0};
  char byte = 0;
  const bool ready = pid_ > 0 && poll(&waiting, 1, kStartTimeoutMs) == 1 &&
                     read(ends[0], &byte, 1) == 1;
  close(ends[0]);
  return ready;
}

void Daemon::Signal(int number) {
  if (pid_ > 0) kill(pid_, number);
}

int Daemon::Wait() {
  int status = 0;
  while (pid_ > 0 && waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::unique_ptr<v1::Verifier::Stub> Daemon::NewStub() const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return v1::Verifier::NewStub(grpc::CreateCustomChannel(
      address(), grpc::InsecureChannelCredentials(), arguments));
}

std::string Daemon::Log() const {
  std::ifstream file(folder_ + "/log");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

int64_t Daemon::Memory() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/statm");
  int64_t size = 0;
  int64_t resident = 0;
  file >> size >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

int Daemon::Descriptors() const {
  const std::filesystem::directory_iterator folder(
      "/proc/" + std::to_string(pid_) + "/fd");
  return static_cast<int>(std::distance(begin(folder), end(folder)));
}

std::vector<std::string> Daemon::Tree() const {
  std::map<pid_t, Process> processes;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    Process process;
    if (ReadProcess(std::stoi(name), &process)) {
      processes[std::stoi(name)] = process;
    }
  }
  std::vector<pid_t> family = {pid_};
  for (std::size_t i = 0; i < family.size(); ++i) {
    for (const auto& [pid, process] : processes) {
      if (process.parent == family[i]) family.push_back(pid);
    }
  }
  std::vector<std::string> tree;
  for (const pid_t pid : family) {
    tree.push_back(std::to_string(pid) + " " + processes[pid].start);
  }
  return tree;
}

std::vector<std::string> Alive(const std::vector<std::string>& tree) {
  std::vector<std::string> alive;
  for (const std::string& entry : tree) {
    Process process;
    const std::size_t space = entry.find(' ');
    if (ReadProcess(std::stoi(entry.substr(0, space)), &process) &&
        process.start == entry.substr(space + 1)) {
      alive.push_back(entry);
    }
  }
  return alive;
}

}  // namespace assay
