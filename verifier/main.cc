// assayd: samples in over gRPC, one report each out. Wiring only.
//
// Order matters: the sandbox starts its launchers while this process has one
// thread and no gRPC; then worlds, farm and server; then it waits for a
// signal, drains and ends.
//
// Exit status: 0 stopped as asked, 1 a fault of the host (the sandbox's
// launchers died, among others), 2 a configuration
// that cannot be, 3 less isolation than --require-enforcement, 128 + n cut
// short by a second signal n.
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "google/protobuf/stubs/logging.h"
#include "grpc/support/log.h"
#include "kernels/device_evaluator.h"
#include "sandbox/sandbox.h"
#include "verifier/code/code_judge.h"
#include "verifier/code/languages.h"
#include "verifier/farm/farm.h"
#include "verifier/math/math_judge.h"
#include "verifier/server/log.h"
#include "verifier/server/options.h"
#include "verifier/server/server.h"
#include "verifier/server/stop_signal.h"

namespace assay {
namespace {

using server::Log;
using server::LogLevel;

constexpr int kExitFault = 1;
constexpr int kExitConfiguration = 2;
constexpr int kExitEnforcement = 3;
// Less than this is never left for the drain, whatever the grace.
constexpr absl::Duration kGraceMin = absl::Seconds(2);

// What verifies; every member outlives the ones after it.
struct Judges {
  std::unique_ptr<sandbox::Sandbox> sandbox;
  std::shared_ptr<code::CodeWorld> code;
  std::shared_ptr<const math::MathWorld> math;
};

int Fail(int code, const std::string& what, const absl::Status& status) {
  Log(LogLevel::kError, "cannot_start",
      {{"what", what}, {"reason", std::string(status.message())}});
  return code;
}

// Libraries that log in formats of their own speak through ours.
void RouteLibraryLogs() {
  gpr_set_log_function([](gpr_log_func_args* line) {
    if (line->severity == GPR_LOG_SEVERITY_DEBUG) return;
    Log(line->severity == GPR_LOG_SEVERITY_ERROR ? LogLevel::kWarning
                                                 : LogLevel::kDebug,
        "grpc", {{"message", std::string(line->message)}});
  });
  google::protobuf::SetLogHandler([](google::protobuf::LogLevel, const char*,
                                     int, const std::string& message) {
    Log(LogLevel::kWarning, "protobuf", {{"message", message}});
  });
}

// The launchers inherit the limit and number descriptors from 256 on.
absl::Status RaiseDescriptorLimit() {
  constexpr rlim_t kDescriptorsMin = 1024;
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return absl::OkStatus();
  if (limit.rlim_cur >= kDescriptorsMin) return absl::OkStatus();
  const rlim_t was = limit.rlim_cur;
  limit.rlim_cur = kDescriptorsMin;
  limit.rlim_max = std::max(limit.rlim_max, kDescriptorsMin);
  if (setrlimit(RLIMIT_NOFILE, &limit) == 0) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "the limit of open files (ulimit -n) is " + std::to_string(was) +
      ", at least " + std::to_string(kDescriptorsMin) + " are needed");
}

absl::StatusOr<std::unique_ptr<sandbox::Sandbox>> StartSandbox(
    const server::Options& options) {
  sandbox::SandboxOptions sandbox_options;
  sandbox_options.lane_count = options.code_lanes;
  sandbox_options.launcher_path = options.launcher_path;
  sandbox_options.read_only_paths = options.read_only_paths;
  std::vector<code::PythonProfile> pythons;
  for (const auto& [name, interpreter] : options.python_profiles) {
    pythons.push_back({name, interpreter});
    auto folders = code::FoldersOf(pythons.back());
    if (!folders.ok()) return folders.status();
    std::vector<std::string>& shown = sandbox_options.read_only_paths;
    for (const std::string& folder : *folders) {
      if (std::find(shown.begin(), shown.end(), folder) == shown.end()) {
        shown.push_back(folder);
      }
    }
  }
  sandbox_options.profiles = code::CodeProfiles(pythons);
  return sandbox::Sandbox::Start(std::move(sandbox_options));
}

// INVALID_ARGUMENT names the option; an empty path is an empty text.
absl::StatusOr<std::string> TextOf(const char* option,
                                   const std::string& path) {
  if (path.empty()) return "";
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file),
                   std::istreambuf_iterator<char>()};
  if (!file || text.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(option, ": cannot be read, or empty"));
  }
  return text;
}

absl::Status MakeWorlds(const server::Options& options, Judges* judges) {
  code::CodeOptions code_options;
  auto header = TextOf("--testlib-header", options.testlib_header);
  if (!header.ok()) return header.status();
  code_options.testlib_header = *std::move(header);
  auto rows = TextOf("--languages-file", options.languages_file);
  if (!rows.ok()) return rows.status();
  if (!rows->empty()) {
    const absl::Status read = code::ExtendLanguages(*rows);
    if (!read.ok()) return read;
  }
  code_options.languages = options.languages;
  auto code = code::MakeCodeWorld(code_options, judges->sandbox.get());
  if (!code.ok()) return code.status();
  judges->code = *std::move(code);
  math::MathOptions math_options;
  math_options.keep_findings = options.reuse_bytes > 0;
  math_options.make_evaluator = [&options] {
    kernels::EvaluatorOptions evaluation;
    evaluation.device = options.device;
    evaluation.on_failure = [](std::string_view why, uint64_t failures) {
      Log(LogLevel::kWarning, "device_failed",
          {{"reason", std::string(why)},
           {"failures", static_cast<int64_t>(failures)}});
    };
    evaluation.on_open = [](std::string_view name, std::size_t break_even) {
      Log(LogLevel::kInfo, "device",
          {{"name", std::string(name)},
           {"break_even_values", static_cast<int64_t>(break_even)}});
    };
    return kernels::MakeEvaluator(evaluation);
  };
  auto math = math::MakeMathWorld(math_options);
  if (!math.ok()) return math.status();
  judges->math = *std::move(math);
  return absl::OkStatus();
}

server::Abilities DescribeAbilities(const server::Options& options,
                                    const Judges& judges) {
  server::Abilities abilities;
  for (const code::LanguageStatus& language : code::Languages(*judges.code)) {
    abilities.languages.push_back(
        {.name = language.name,
         .available = language.available,
         .version = language.version,
         .unavailable_reason = language.unavailable_reason,
         .test_kinds = language.test_kinds});
    for (const auto& [name, status] : language.profiles) {
      abilities.languages.back().profiles.push_back(
          {name, status.ok(), std::string(status.message())});
    }
  }
  abilities.enforcement = judges.sandbox->enforcement().ToString();
  abilities.missing_enforcement = judges.sandbox->enforcement().missing;
  abilities.evaluators = math::Evaluators(*judges.math);
  abilities.comparisons = code::Comparisons();
  abilities.code_lanes = options.code_lanes;
  abilities.math_lanes = options.math_lanes;
  abilities.bounds = options.bounds;
  return abilities;
}

void LogFault(const farm::Fault& fault) {
  Log(LogLevel::kWarning, fault.poisoned ? "poison" : "fault",
      {{"kind", std::string(farm::Name(fault.kind))},
       {"lane", int64_t{fault.lane}},
       {"threw", fault.threw},
       {"broke_lane", fault.broke_lane},
       {"source", fault.source},
       {"reason", fault.reason}});
}

farm::FarmOptions DescribeFarm(const server::Options& options) {
  farm::FarmOptions farm;
  farm.code_lanes = options.code_lanes;
  farm.math_lanes = options.math_lanes;
  farm.bounds.samples_max = options.bounds.queue_samples_max;
  farm.bounds.bytes_max = options.bounds.queue_bytes_max;
  farm.code_deadline = options.code_deadline;
  farm.math_deadline = options.math_deadline;
  farm.reuse_bytes = options.reuse_bytes;
  farm.on_fault = LogFault;
  return farm;
}

void LogServing(const server::Server& server,
                const server::Abilities& abilities) {
  std::vector<std::string> languages;
  for (const server::Language& language : abilities.languages) {
    if (language.available) languages.push_back(language.name);
  }
  Log(LogLevel::kInfo, "serving",
      {{"address", server.address()},
       {"version", std::string(kVerifierVersion)},
       {"code_lanes", int64_t{abilities.code_lanes}},
       {"math_lanes", int64_t{abilities.math_lanes}},
       {"languages", absl::StrJoin(languages, " ")},
       {"evaluators", absl::StrJoin(abilities.evaluators, " ")},
       {"enforcement", abilities.enforcement},
       {"missing", absl::StrJoin(abilities.missing_enforcement, "; ")}});
}

void TellReady(int fd) {
  if (fd < 0) return;
  [[maybe_unused]] const ssize_t written = write(fd, "1", 1);
  close(fd);
}

std::atomic<bool> sandbox_lost = false;
std::atomic<bool> stopping = false;  // The sandbox may end from now on.

// The sandbox's first child is the only one that could start another, so
// without it no code can be judged: the service stops, its callers send again
// what is cancelled, and whoever supervises it starts a new one.
void WatchSandbox() {
  std::thread([] {
    siginfo_t ended = {};
    int answer;
    do {
      answer = waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT);
    } while (answer != 0 && errno == EINTR);
    if (answer != 0 || stopping) return;
    sandbox_lost = true;
    kill(getpid(), SIGTERM);
  }).detach();
}

// Serves until a signal, then drains within the grace.
int Serve(const server::Options& options, const Judges& judges) {
  farm::Farm farm(DescribeFarm(options), [&judges](farm::Kind kind, int lane) {
    return kind == farm::Kind::kCode
               ? code::MakeCodeJudge(judges.code, &judges.sandbox->lane(lane))
               : math::MakeMathJudge(judges.math);
  });
  const server::Abilities abilities = DescribeAbilities(options, judges);
  auto server = server::Server::Start(options.server, abilities, &farm);
  if (!server.ok()) {
    const bool refused =
        server.status().code() == absl::StatusCode::kInvalidArgument;
    return Fail(refused ? kExitConfiguration : kExitFault, "server",
                server.status());
  }
  LogServing(**server, abilities);
  WatchSandbox();
  TellReady(options.ready_fd);
  const int signal = server::StopSignal::Wait();
  stopping = true;
  const bool lost = sandbox_lost;
  if (lost) Log(LogLevel::kError, "sandbox_lost", {});
  const absl::Duration grace =
      lost ? kGraceMin : std::max(kGraceMin, options.grace);
  Log(LogLevel::kInfo, "draining",
      {{"signal", int64_t{signal}}, {"unanswered", farm.unanswered()}});
  // A judge that never returns must not keep the process: all its samples
  // are answered by then, and the launchers end with it.
  std::thread([grace, lost] {
    absl::SleepFor(grace);
    Log(LogLevel::kWarning, "stopped", {{"whole", false}});
    _exit(lost ? kExitFault : 0);
  }).detach();
  const bool whole = (*server)->Drain(grace);
  Log(LogLevel::kInfo, "stopped", {{"whole", whole}});
  return lost ? kExitFault : 0;
}

int Run(const server::Options& options) {
  server::SetLogLevel(options.log_level);
  if (options.die_with_parent && !server::DieWithParent()) return kExitFault;
  if (options.ready_fd >= 0) fcntl(options.ready_fd, F_SETFD, FD_CLOEXEC);
  if (absl::Status status = RaiseDescriptorLimit(); !status.ok()) {
    return Fail(kExitConfiguration, "descriptors", status);
  }
  Judges judges;
  auto sandbox = StartSandbox(options);
  if (!sandbox.ok()) return Fail(kExitFault, "sandbox", sandbox.status());
  judges.sandbox = *std::move(sandbox);
  const sandbox::Enforcement& enforcement = judges.sandbox->enforcement();
  if (enforcement.level < options.require_enforcement) {
    Log(LogLevel::kError, "cannot_start",
        {{"what", "enforcement"},
         {"offered", sandbox::Enforcement::LevelName(enforcement.level)},
         {"required",
          sandbox::Enforcement::LevelName(options.require_enforcement)},
         {"missing", absl::StrJoin(enforcement.missing, "; ")}});
    return kExitEnforcement;
  }
  if (enforcement.level < sandbox::Enforcement::Level::kContained) {
    // Programs share our pid namespace, and may share our user: they must not
    // look into this process.
    prctl(PR_SET_DUMPABLE, 0);
  }
  if (absl::Status status = server::StopSignal::Install(); !status.ok()) {
    return Fail(kExitFault, "signals", status);
  }
  RouteLibraryLogs();
  if (absl::Status status = MakeWorlds(options, &judges); !status.ok()) {
    return Fail(kExitFault, "worlds", status);
  }
  return Serve(options, judges);
}

}  // namespace
}  // namespace assay

int main(int argc, char** argv) {
  // gRPC's own fork handlers would only be in the way: we never fork.
  setenv("GRPC_ENABLE_FORK_SUPPORT", "0", 1);
  // Debian's Abseil looks for deadlocks at every lock by default.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  auto options = assay::server::ReadOptions(argc, argv);
  if (!options.ok()) {
    std::cerr << "assayd: " << options.status().message() << "\n";
    return assay::kExitConfiguration;
  }
  if (options->exit_code.has_value()) return *options->exit_code;
  return assay::Run(*options);
}
