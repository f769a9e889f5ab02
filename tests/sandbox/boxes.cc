#include "tests/sandbox/boxes.h"

#include <dirent.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/time/clock.h"

namespace assay::sandbox {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Before main, and so before any thread.
Sandbox* const shared = [] {
  absl::StatusOr<std::unique_ptr<Sandbox>> sandbox =
      Sandbox::Start(TestOptions());
  if (!sandbox.ok()) {
    std::fprintf(stderr, "no sandbox: %s\n",
                 sandbox.status().ToString().c_str());
    std::_Exit(1);
  }
  static std::unique_ptr<Sandbox> owner;
  owner = *std::move(sandbox);
  return owner.get();
}();

}  // namespace

SandboxOptions TestOptions() {
  SandboxOptions options;
  const char* launcher = std::getenv("ASSAY_TEST_LAUNCHER");
  options.launcher_path = launcher == nullptr ? ASSAY_LAUNCHER : launcher;
  const char* without = std::getenv("ASSAY_TEST_WITHOUT");
  std::istringstream walls(without == nullptr ? "" : without);
  for (std::string wall; walls >> wall;) {
    options.without_for_test.push_back(wall);
  }
  return options;
}

Sandbox& SharedSandbox() { return *shared; }

Blob MakeBlob(std::string bytes) {
  return std::make_shared<const std::string>(std::move(bytes));
}

Command Shell(const std::string& script) {
  Command command;
  command.argv = {"/bin/sh", "-c", script};
  command.environment = {"PATH=/usr/bin:/bin"};
  command.limits.cpu = absl::Seconds(5);
  command.limits.wall = absl::Seconds(20);
  command.limits.memory_bytes = int64_t{128} << 20;
  return command;
}

Command Python(const std::string& program) {
  Command command = Shell("");
  command.argv = {"/usr/bin/python3", "-I", "-S", "-c", program};
  command.policy = "python";
  return command;
}

Command Native(const std::string& source) {
  static auto* const binaries = new std::map<std::string, Blob>();
  Command command = Shell("");
  command.argv = {};
  Blob& binary = (*binaries)[source];
  if (binary == nullptr) {
    char folder[] = "/tmp/assay-test-XXXXXX";
    if (mkdtemp(folder) == nullptr) return command;
    std::string base = folder;
    std::ofstream(base + "/a.c") << source;
    std::string compile = "cc -O1 -w -pthread -static -o " + base + "/a.out " +
                          base + "/a.c 2>" + base + "/log";
    if (std::system(compile.c_str()) == 0) {
      binary = MakeBlob(ReadFile(base + "/a.out"));
    } else {
      std::fprintf(stderr, "%s", ReadFile(base + "/log").c_str());
    }
    if (std::system(("rm -r " + base).c_str()) != 0) return command;
  }
  if (binary == nullptr) return command;
  command.argv = {"/box/a.out"};
  command.files = {{"a.out", binary, 0755}};
  return command;
}

RunResult RunOrDie(const Command& command) {
  absl::StatusOr<RunResult> result =
      SharedSandbox().lane(0).RunToEnd(command, nullptr);
  if (!result.ok()) {
    ADD_FAILURE() << result.status();
    return RunResult();
  }
  return *std::move(result);
}

std::vector<std::pair<int, std::string>> Descendants() {
  std::multimap<int, int> children;
  std::map<int, std::string> names;
  DIR* folder = opendir("/proc");
  while (dirent* entry = folder == nullptr ? nullptr : readdir(folder)) {
    int pid = std::atoi(entry->d_name);
    if (pid <= 0) continue;
    std::string stat = ReadFile("/proc/" + std::to_string(pid) + "/stat");
    size_t open = stat.find('(');
    size_t close = stat.rfind(')');
    if (close == std::string::npos) continue;
    names[pid] = stat.substr(open + 1, close - open - 1);
    std::istringstream rest(stat.substr(close + 1));
    std::string state;
    int parent = 0;
    rest >> state >> parent;
    children.insert({parent, pid});
  }
  if (folder != nullptr) closedir(folder);
  std::vector<std::pair<int, std::string>> found;
  std::vector<int> open = {getpid()};
  while (!open.empty()) {
    auto [first, last] = children.equal_range(open.back());
    open.pop_back();
    for (auto it = first; it != last; ++it) {
      found.emplace_back(it->second, names[it->second]);
      open.push_back(it->second);
    }
  }
  return found;
}

std::vector<std::pair<int, std::string>> NewSince(
    const std::vector<std::pair<int, std::string>>& before) {
  std::set<int> known;
  for (const auto& [pid, name] : before) known.insert(pid);
  std::vector<std::pair<int, std::string>> found = Descendants();
  std::erase_if(found, [&](const auto& it) { return known.count(it.first); });
  return found;
}

int FindDescendant(const std::string& name) {
  for (const auto& [pid, its_name] : Descendants()) {
    if (its_name == name) return pid;
  }
  return -1;
}

int AwaitDescendant(const std::string& name) {
  const absl::Time deadline = absl::Now() + absl::Minutes(1);
  int pid = -1;
  while ((pid = FindDescendant(name)) < 0 && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(1));
  }
  return pid;
}

}  // namespace assay::sandbox
