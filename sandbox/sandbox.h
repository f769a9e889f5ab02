// Runs untrusted commands, each in a fresh box, and tells what happened.
//
//   SandboxOptions options;                    // Before any thread exists.
//   options.lane_count = 2;
//   options.profiles = {{"python", ...}};
//   auto sandbox = Sandbox::Start(options);    // Starts the launchers.
//   Lane& lane = (*sandbox)->lane(0);
//   absl::StatusOr<RunResult> result = lane.RunToEnd(command, nullptr);
//
// Theory of operation. The service never forks: Start, called while the
// process has one thread, starts one launcher process per lane; only they,
// and the warm fork servers that they start, call clone. A lane talks to its
// launcher over a socket; inputs travel as memory files. A launcher is
// single-threaded and event-driven, so that several runs of its lane (a
// candidate and its examiner) are in flight at once. The candidate is never
// pid 1 of its namespace: an init is, which reaps and whose death kills all.
//
// Errors: a Status is our fault or the host's (UNAVAILABLE: the launcher
// died; it has been started again, call once more. INVALID_ARGUMENT: a
// malformed Command). What the run did is in RunResult.
// Threads: Start before any thread. A Lane's methods may be called by any
// thread; Cancel may race with Wait.
// Ownership: a Lane belongs to its Sandbox. The destructor kills all runs.
#ifndef SANDBOX_SANDBOX_H_
#define SANDBOX_SANDBOX_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sandbox/command.h"
#include "sandbox/enforcement.h"
#include "sandbox/result.h"

namespace assay::sandbox {

// A warm interpreter from which runs are cloned.
struct Profile {
  std::string name;         // E.g. "python"; Command::profile names it.
  std::string interpreter;  // Absolute path, e.g. "/usr/bin/python3".
  // Modules without which the profile is not offered, and modules that are
  // skipped where they are absent; both are imported before serving.
  std::vector<std::string> required;
  std::vector<std::string> preload;
  // Python source of a module with `main(request: bytes, reply_fd: int)`,
  // called in each clone; returns the exit status or raises. Where it has
  // `prepare()`, that is called once before serving, over pipes as 0, 1, 2.
  std::string runtime_source;
  // Ordinary programs that are compiled and run before serving, never tests:
  // an unexercised heap costs 2.6x per run in copied pages.
  std::vector<std::string> exercise;
};

struct SandboxOptions {
  int lane_count = 1;
  // The launcher's executable. Empty: `assay-launcher` beside our own.
  std::string launcher_path;
  std::vector<Profile> profiles;
  // More host folders that boxes see read-only (a venv).
  std::vector<std::string> read_only_paths;
  // Fault injection: the set-up step of this name (sandbox/launcher/steps.h)
  // fails in every run. Empty: none.
  std::string fail_step_for_test;
  // Walls that are taken for absent on this host: "cgroup", "landlock",
  // "userns" (all namespaces and the tree), "proc", "ids", "seccomp".
  std::vector<std::string> without_for_test;
};

// A run in flight.
class Run {
 public:
  virtual ~Run() = default;  // Kills the run and waits for its end.
  virtual absl::StatusOr<RunResult> Wait() = 0;
  // Whether it has ended within `patience`; Wait then returns at once.
  virtual bool WaitFor(absl::Duration patience) = 0;
  virtual void Cancel() = 0;
};

class Lane {
 public:
  virtual ~Lane() = default;
  // Starts a run and returns at once.
  virtual absl::StatusOr<std::unique_ptr<Run>> Start(
      const Command& command) = 0;
  // Start and Wait. Where `cancelled` is given and turns true, the run ends
  // within 50 ms with Outcome::kCancelled.
  virtual absl::StatusOr<RunResult> RunToEnd(
      const Command& command, const std::atomic<bool>* cancelled);
  // How often the launcher died. Where it grew during a run, the run may be
  // the reason.
  virtual int64_t deaths() const { return 0; }
};

class Sandbox {
 public:
  virtual ~Sandbox() = default;
  static absl::StatusOr<std::unique_ptr<Sandbox>> Start(SandboxOptions options);

  virtual int lane_count() const = 0;
  virtual Lane& lane(int index) = 0;
  // What is enforced on this host, found by trying at Start.
  virtual const Enforcement& enforcement() const = 0;
  // The profiles that it was started with.
  virtual std::vector<std::string> profile_names() const { return {}; }
  // Whether the profile's fork server came up; its error text if not.
  virtual absl::Status profile_status(const std::string& name) const = 0;
};

}  // namespace assay::sandbox

#endif  // SANDBOX_SANDBOX_H_
