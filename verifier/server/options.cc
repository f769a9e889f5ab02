#include "verifier/server/options.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <thread>
#include <utility>

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace assay::server {
namespace {

constexpr int64_t kMiB = int64_t{1} << 20;
constexpr int64_t kBytesMax = int64_t{1} << 44;
constexpr int kLanesMax = 1024;
// A lane waits for processes to be made, woken and buried about a fifth of
// its time (bench/results/throughput-2026-11-21.txt).
constexpr int kCoresPerSpareLane = 4;

// The options as they are written: numbers in the unit of their names.
struct Raw {
  Options options;
  double code_deadline_seconds = 3600;
  double math_deadline_seconds = 3600;
  double grace_seconds = 30;
  double keepalive_seconds = 120;
  double keepalive_timeout_seconds = 20;
  double connection_age_seconds = 0;
  double connection_age_grace_seconds = 600;
  int64_t default_time_ms = 10'000;
  int64_t max_time_ms = 120'000;
  std::string require_enforcement = "contained";
  std::string log_level = "info";
  std::string device = "auto";
  std::vector<std::string> python_profiles;
  bool print_config = false;
};

void AddAddress(CLI::App& app, Raw& raw) {
  ServerOptions& server = raw.options.server;
  app.add_option("--listen", server.listen, "unix:/path or host:port");
  app.add_flag("--insecure-listen-anywhere", server.insecure_listen_anywhere,
               "allow an address that other machines reach, unencrypted");
  app.add_option("--keepalive-seconds", raw.keepalive_seconds,
                 "ping idle connections after")
      ->check(CLI::Range(1.0, 1e6));
  app.add_option("--keepalive-timeout-seconds", raw.keepalive_timeout_seconds,
                 "close those that do not answer within")
      ->check(CLI::Range(1.0, 1e6));
  app.add_option("--connection-age-seconds", raw.connection_age_seconds,
                 "close connections of this age when idle; 0: never")
      ->check(CLI::Range(0.0, 1e6));
  app.add_option("--connection-age-grace-seconds",
                 raw.connection_age_grace_seconds,
                 "how long the calls of an aged connection may go on")
      ->check(CLI::Range(0.0, 1e6));
  app.add_option("--concurrent-streams", server.concurrent_streams_max,
                 "calls at once on one connection")
      ->check(CLI::Range(1, 1 << 20));
  app.add_option("--memory-quota-bytes", server.memory_quota_bytes,
                 "memory that gRPC's buffers may take")
      ->check(CLI::Range(16 * kMiB, kBytesMax));
}

void AddBounds(CLI::App& app, Raw& raw) {
  Bounds& bounds = raw.options.bounds;
  app.add_option("--message-bytes", bounds.message_bytes_max, "largest message")
      ->check(CLI::Range(int64_t{1024}, int64_t{2047} * kMiB));
  app.add_option("--messages-bytes", bounds.messages_bytes_max,
                 "messages that all streams work through at once")
      ->check(CLI::Range(kMiB, kBytesMax));
  app.add_option("--sample-bytes", bounds.sample_bytes_max, "largest sample")
      ->check(CLI::Range(int64_t{256}, int64_t{2047} * kMiB));
  app.add_option("--batch-samples", bounds.batch_samples_max,
                 "most samples of one message")
      ->check(CLI::Range(1, 1 << 24));
  app.add_option("--batch-pairs", bounds.batch_pairs_max,
                 "most pairs of one VerifyPairs call")
      ->check(CLI::Range(1, 1 << 24));
  app.add_option("--tests", bounds.tests_count_max, "most tests of a sample")
      ->check(CLI::Range(1, 1 << 24));
  app.add_option("--test-set-bytes", bounds.test_set_bytes_max,
                 "largest test set that is sent by itself")
      ->check(CLI::Range(int64_t{1024}, int64_t{2047} * kMiB));
  app.add_option("--test-sets-bytes", bounds.test_sets_bytes_max,
                 "test sets that are kept by their digest; 0: none")
      ->check(CLI::Range(int64_t{0}, kBytesMax));
  app.add_option("--reuse-bytes", raw.options.reuse_bytes,
                 "reports that are kept for identical samples; 0: every "
                 "sample runs, and every pair")
      ->check(CLI::Range(int64_t{0}, kBytesMax));
  app.add_option("--queue-samples", bounds.queue_samples_max,
                 "most samples that wait or run")
      ->check(CLI::Range(1, 1 << 28));
  app.add_option("--queue-bytes", bounds.queue_bytes_max,
                 "most bytes that wait or run")
      ->check(CLI::Range(kMiB, kBytesMax));
  app.add_option("--stream-window", bounds.stream_window_samples,
                 "samples of one stream that wait or run at once")
      ->check(CLI::Range(1, 1 << 24));
}

void AddRunLimits(CLI::App& app, const std::string& name, RunLimits& limits,
                  int64_t& time_ms) {
  const std::string prefix = "--" + name + "-";
  app.add_option(prefix + "time-ms", time_ms, "CPU time of one run")
      ->check(CLI::Range(int64_t{1}, int64_t{3'600'000}));
  app.add_option(prefix + "memory-bytes", limits.memory_bytes,
                 "peak memory of one run")
      ->check(CLI::Range(kRunMemoryBytesMin, kRunMemoryBytesMax));
  app.add_option(prefix + "output-bytes", limits.output_bytes,
                 "stdout of one run")
      ->check(CLI::Range(int64_t{1}, int64_t{1024} * kMiB));
  app.add_option(prefix + "processes", limits.process_count,
                 "processes and threads of one run")
      ->check(CLI::Range(int64_t{1}, kRunProcessesMax));
}

void AddLanes(CLI::App& app, Raw& raw) {
  Options& options = raw.options;
  const int cores =
      std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  options.code_lanes =
      cores + (cores + kCoresPerSpareLane - 1) / kCoresPerSpareLane;
  options.math_lanes = cores;
  app.add_option("--code-lanes", options.code_lanes,
                 "code samples verified at once")
      ->check(CLI::Range(1, kLanesMax));
  app.add_option("--math-lanes", options.math_lanes,
                 "mathematics samples verified at once")
      ->check(CLI::Range(1, kLanesMax));
  app.add_option("--device", raw.device,
                 "auto: a CUDA device evaluates large batches, where there is "
                 "one; off: the host evaluates all")
      ->check(CLI::IsMember({"auto", "off"}));
  app.add_option("--code-deadline-seconds", raw.code_deadline_seconds,
                 "a code sample is cancelled this long after its admission")
      ->check(CLI::Range(1.0, 1e7));
  app.add_option("--math-deadline-seconds", raw.math_deadline_seconds,
                 "the same for mathematics")
      ->check(CLI::Range(1.0, 1e7));
  app.add_option("--grace-seconds", raw.grace_seconds,
                 "time to finish what is admitted after SIGTERM")
      ->check(CLI::Range(0.0, 1e6));
}

void AddHost(CLI::App& app, Raw& raw) {
  Options& options = raw.options;
  app.add_option(
         "--require-enforcement", raw.require_enforcement,
         "least isolation to start with; below `contained` programs see "
         "the host's processes and files")
      ->check(CLI::IsMember({"none", "filtered", "contained", "full"}));
  app.add_option("--launcher", options.launcher_path,
                 "the sandbox's launcher; default: beside assayd");
  app.add_option("--python-profile", raw.python_profiles,
                 "NAME=INTERPRETER: a warm python that samples can name, e.g. "
                 "ml=/opt/ml/bin/python");
  app.add_option("--read-only-path", options.read_only_paths,
                 "more host folders that candidates may read");
  app.add_option("--testlib-header", options.testlib_header,
                 "testlib.h, for special judges that include it")
      ->check(CLI::ExistingFile);
  app.add_option("--languages-file", options.languages_file,
                 "more rows for the table of languages (docs/OPERATIONS.md)")
      ->check(CLI::ExistingFile);
  app.add_option("--languages", options.languages,
                 "only these languages, e.g. python,cpp (default: all)")
      ->delimiter(',');
  app.add_option("--ready-fd", options.ready_fd,
                 "write a byte to this descriptor when serving")
      ->check(CLI::Range(3, 1 << 20))
      ->configurable(false);
  app.add_flag("--die-with-parent", options.die_with_parent,
               "stop when the starting process ends");
  app.add_option("--log-level", raw.log_level, "least level that is logged")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
}

void AddAll(CLI::App& app, Raw& raw) {
  app.option_defaults()->always_capture_default();
  app.set_version_flag("--version", std::string(kVerifierVersion));
  app.set_config("--config", "", "a file of NAME=VALUE lines");
  app.add_flag("--print-config", raw.print_config,
               "print the configuration in force and exit")
      ->configurable(false);
  AddAddress(app, raw);
  AddLanes(app, raw);
  AddBounds(app, raw);
  AddRunLimits(app, "run-default", raw.options.bounds.run_default,
               raw.default_time_ms);
  AddRunLimits(app, "run-max", raw.options.bounds.run_max, raw.max_time_ms);
  AddHost(app, raw);
}

// The options that the environment gives and the command line does not, as
// arguments: CLI11 by itself would let the file win over the environment.
std::vector<std::string> FromEnvironment(const CLI::App& parsed) {
  std::vector<std::string> arguments;
  for (const CLI::Option* option : parsed.get_options()) {
    const std::string name = option->get_single_name();
    if (option->count() > 0 || name == "help" || name == "version") continue;
    const std::string variable =
        "ASSAY_" +
        absl::AsciiStrToUpper(absl::StrReplaceAll(name, {{"-", "_"}}));
    const char* value = std::getenv(variable.c_str());
    if (value != nullptr) {
      arguments.push_back(absl::StrCat("--", name, "=", value));
    }
  }
  return arguments;
}

// Reversed, as CLI11 wants its vectors.
void Parse(CLI::App& app, std::vector<std::string> arguments) {
  std::reverse(arguments.begin(), arguments.end());
  app.parse(std::move(arguments));
}

// Without options that have no value: they would read back as an empty one.
void PrintConfig(const std::string& text) {
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::EndsWith(line, "=\"\"") || absl::EndsWith(line, "=\"[]\"")) {
      continue;
    }
    std::cout << line << "\n";
  }
}

absl::Status CheckRunLimits(const Bounds& bounds) {
  const RunLimits& least = bounds.run_default;
  const RunLimits& most = bounds.run_max;
  if (least.time > most.time || least.memory_bytes > most.memory_bytes ||
      least.output_bytes > most.output_bytes ||
      least.process_count > most.process_count) {
    return absl::InvalidArgumentError(
        "a --run-default-... is larger than its --run-max-...");
  }
  return absl::OkStatus();
}

absl::Status SplitProfiles(const Raw& raw, Options* options) {
  for (const std::string& text : raw.python_profiles) {
    const size_t equal = text.find('=');
    if (equal == std::string::npos) {
      return absl::InvalidArgumentError("--python-profile '" + text +
                                        "' is not NAME=INTERPRETER");
    }
    options->python_profiles.emplace_back(text.substr(0, equal),
                                          text.substr(equal + 1));
  }
  return absl::OkStatus();
}

absl::StatusOr<Options> Finish(Raw raw) {
  Options& options = raw.options;
  ServerOptions& server = options.server;
  server.keepalive_time = absl::Seconds(raw.keepalive_seconds);
  server.keepalive_timeout = absl::Seconds(raw.keepalive_timeout_seconds);
  server.connection_age = absl::Seconds(raw.connection_age_seconds);
  server.connection_age_grace = absl::Seconds(raw.connection_age_grace_seconds);
  options.code_deadline = absl::Seconds(raw.code_deadline_seconds);
  options.math_deadline = absl::Seconds(raw.math_deadline_seconds);
  options.grace = absl::Seconds(raw.grace_seconds);
  options.bounds.run_default.time = absl::Milliseconds(raw.default_time_ms);
  options.bounds.run_max.time = absl::Milliseconds(raw.max_time_ms);
  ParseLogLevel(raw.log_level, &options.log_level);
  options.device = raw.device == "auto";
  sandbox::Enforcement::ParseLevel(raw.require_enforcement,
                                   &options.require_enforcement);
  absl::Status status = CheckRunLimits(options.bounds);
  if (status.ok()) status = SplitProfiles(raw, &options);
  if (status.ok()) {
    status = CheckListen(server.listen, server.insecure_listen_anywhere);
  }
  if (!status.ok()) return status;
  return std::move(options);
}

}  // namespace

absl::StatusOr<Options> ReadOptions(int argc, const char* const* argv) {
  const std::vector<std::string> given(argv + 1, argv + argc);
  const std::string about = "assayd verifies model-written samples.";
  Raw raw;
  CLI::App app(about, "assayd");
  AddAll(app, raw);
  try {
    std::vector<std::string> arguments = given;
    {
      Raw scratch;
      CLI::App first(about, "assayd");
      AddAll(first, scratch);
      first.set_config();  // The file is read once, by the second parse.
      std::string path;
      first.add_option("--config", path);
      first.allow_extras();
      Parse(first, given);
      for (std::string& argument : FromEnvironment(first)) {
        arguments.push_back(std::move(argument));
      }
    }
    Parse(app, arguments);
  } catch (const CLI::Success& asked) {  // --help or --version.
    raw.options.exit_code = app.exit(asked);
    return std::move(raw.options);
  } catch (const CLI::ParseError& error) {
    return absl::InvalidArgumentError(error.what());
  }
  if (raw.print_config) {
    PrintConfig(app.config_to_str(true, true));
    raw.options.exit_code = 0;
    return std::move(raw.options);
  }
  return Finish(std::move(raw));
}

}  // namespace assay::server
