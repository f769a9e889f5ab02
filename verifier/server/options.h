// How was assayd asked to run? Flags, then ASSAY_* variables, then a file.
//
//   absl::StatusOr<Options> options = ReadOptions(argc, argv);
//   if (!options.ok()) return Exit(options.status());
//   if (options->exit_code) return *options->exit_code;  // --help and such
//
// `--queue-samples 100` is ASSAY_QUEUE_SAMPLES=100 is `queue-samples=100` in
// the file that --config names. Every bound is checked here.
// Threads: called once, before any thread.
#ifndef VERIFIER_SERVER_OPTIONS_H_
#define VERIFIER_SERVER_OPTIONS_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "sandbox/enforcement.h"
#include "verifier/server/bounds.h"
#include "verifier/server/log.h"
#include "verifier/server/server.h"

namespace assay::server {

struct Options {
  ServerOptions server;
  Bounds bounds;
  int code_lanes = 1;
  int math_lanes = 1;
  bool device = true;
  int64_t reuse_bytes = int64_t{64} << 20;
  absl::Duration code_deadline = absl::Hours(1);
  absl::Duration math_deadline = absl::Hours(1);
  absl::Duration grace = absl::Seconds(30);
  sandbox::Enforcement::Level require_enforcement =
      sandbox::Enforcement::Level::kNone;
  std::string launcher_path;
  std::vector<std::string> read_only_paths;
  // Names and interpreters of warm pythons.
  std::vector<std::pair<std::string, std::string>> python_profiles;
  std::string testlib_header;          // Its path; empty: none.
  std::string languages_file;          // Its path; empty: none.
  std::vector<std::string> languages;  // Empty: all.
  int ready_fd = -1;
  bool die_with_parent = false;
  LogLevel log_level = LogLevel::kInfo;
  // Set where nothing is to be served: --help, --version, --print-config.
  std::optional<int> exit_code;
};

// INVALID_ARGUMENT: the message says which option, for a person.
absl::StatusOr<Options> ReadOptions(int argc, const char* const* argv);

}  // namespace assay::server

#endif  // VERIFIER_SERVER_OPTIONS_H_
