#include "sandbox/launcher/bare_plan.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/launcher/bare_folder.h"
#include "sandbox/wire/fd.h"

namespace assay::sandbox {
namespace {

// From this ABI on Landlock keeps signals within its domain.
constexpr int kScopedSignals = 6;
constexpr size_t kErrorTextBytes = 2000;
// Like that of a fork server.
constexpr const char* kEnvironment[] = {"PYTHONHASHSEED=0", "LC_ALL=C.UTF-8",
                                        "OPENBLAS_NUM_THREADS=1"};

// `verb`: "once" runs one request, "check" only what a run needs.
std::vector<std::string> WordsOf(const World& world,
                                 const ProfileConfig& profile,
                                 const char* verb) {
  std::vector<std::string> words = {
      profile.interpreter, "-s", "-B", world.bare_folder + "/own/server.py",
      profile.name,        verb};
  words.insert(words.end(), profile.required.begin(), profile.required.end());
  words.push_back("--");
  return words;
}

[[noreturn]] void Exec(std::vector<std::string> words, int error_fd) {
  signal(SIGPIPE, SIG_DFL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(null_fd, 0);
  dup2(null_fd, 1);
  dup2(error_fd, 2);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::vector<char*> environment;
  for (const char* text : kEnvironment) {
    environment.push_back(const_cast<char*>(text));
  }
  environment.push_back(nullptr);
  execve(arguments[0], arguments.data(), environment.data());
  dprintf(2, "cannot execute %s: %s\n", arguments[0], std::strerror(errno));
  _exit(127);
}

void TakeColdProfile(const World& world, BoxRequest* request) {
  for (const ProfileConfig& profile : world.config.profiles) {
    if (profile.name != request->profile) continue;
    request->argv = WordsOf(world, profile, "once");
    std::vector<std::string> environment(std::begin(kEnvironment),
                                         std::end(kEnvironment));
    environment.insert(environment.end(), request->environment.begin(),
                       request->environment.end());
    request->environment = std::move(environment);
  }
  request->profile.clear();
}

}  // namespace

std::string BareProfileError(const World& world, const ProfileConfig& profile) {
  UniqueFd said(memfd_create("stderr", MFD_CLOEXEC));
  const pid_t pid = fork();
  if (pid == 0) Exec(WordsOf(world, profile, "check"), said.get());
  int status = 0;
  while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return "";
  std::string text;
  if (!ReadWhole(said.get(), kErrorTextBytes, &text) || text.empty()) {
    text = "it does not start";
  }
  return "interpreter of " + profile.name + ": " + text;
}

void MakeBarePlan(const RunHost& host, int slot, BoxPlan* plan) {
  const World& world = *host.world;
  BoxRequest& request = plan->request;
  BarePlan& bare = plan->bare;
  bare.folder = world.bare_folder + "/lane" + std::to_string(host.lane) +
                ".slot" + std::to_string(slot) + "." +
                std::to_string(request.id);
  bare.change_user = world.ids.separate;
  plan->uid = world.ids.separate ? world.ids.Of(host.lane, slot) : geteuid();
  bare.landlock_abi = std::exchange(plan->landlock_abi, 0);
  bare.limit_signals = world.walls.seccomp && !bare.change_user &&
                       bare.landlock_abi < kScopedSignals;
  bare.readable = world.config.read_only_paths;
  bare.readable.push_back(world.bare_folder + "/own");
  for (auto* words : {&request.argv, &request.environment}) {
    for (std::string& word : *words) word = InRunFolder(bare.folder, word);
  }
  if (!request.profile.empty()) {
    TakeColdProfile(world, &request);
    // Threads of an interpreter that starts under a bound of stacks reserve
    // as much each: its memory is looked at.
    plan->limit_address_space = false;
  }
  request.environment.push_back("TMPDIR=" + bare.folder + "/tmp");
}

}  // namespace assay::sandbox
