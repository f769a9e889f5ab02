#include "sandbox/sandbox.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sandbox/lane_client.h"
#include "sandbox/nursery_client.h"

namespace assay::sandbox {
namespace {

constexpr int kMaxLanes = 1024;
// How often a waiting RunToEnd looks whether it was cancelled.
constexpr absl::Duration kCancelPoll = absl::Milliseconds(10);

LauncherConfig Convert(const SandboxOptions& options) {
  LauncherConfig config;
  config.lane_count = options.lane_count;
  for (const Profile& profile : options.profiles) {
    config.profiles.push_back({profile.name, profile.interpreter,
                               profile.required, profile.preload,
                               profile.runtime_source, profile.exercise});
  }
  config.read_only_paths = options.read_only_paths;
  config.fail_step = options.fail_step_for_test;
  config.without = options.without_for_test;
  return config;
}

Enforcement Convert(const LauncherHello& hello) {
  Enforcement walls;
  walls.cgroup = static_cast<Enforcement::Cgroup>(hello.cgroup);
  walls.user_namespace = hello.user_namespace;
  walls.pid_namespace = hello.pid_namespace;
  walls.mount_namespace = hello.mount_namespace;
  walls.ipc_namespace = hello.ipc_namespace;
  walls.uts_namespace = hello.uts_namespace;
  walls.net_namespace = hello.net_namespace;
  walls.cgroup_namespace = hello.cgroup_namespace;
  walls.own_root = hello.own_root;
  walls.proc = hello.proc;
  walls.seccomp = hello.seccomp;
  walls.landlock_abi = hello.landlock_abi;
  walls.separate_uids = hello.separate_uids;
  walls.missing = hello.missing;
  if (!walls.seccomp) return walls;
  walls.level = Enforcement::Level::kFiltered;
  if (!walls.user_namespace || !walls.pid_namespace || !walls.mount_namespace ||
      !walls.ipc_namespace || !walls.uts_namespace || !walls.net_namespace ||
      !walls.own_root) {
    return walls;
  }
  walls.level = Enforcement::Level::kContained;
  if (walls.cgroup != Enforcement::Cgroup::kNone && walls.landlock_abi > 0) {
    walls.level = Enforcement::Level::kFull;
  }
  return walls;
}

class SandboxImpl : public Sandbox {
 public:
  explicit SandboxImpl(std::unique_ptr<NurseryClient> nursery)
      : nursery_(std::move(nursery)) {}

  absl::Status StartLanes(int count) {
    for (int i = 0; i < count; ++i) {
      lanes_.push_back(
          std::make_unique<LaneClient>(i, nursery_.get(), &blobs_));
      absl::Status status = lanes_.back()->Spawn();
      if (!status.ok()) return status;
    }
    for (int i = 0; i < count; ++i) {
      absl::StatusOr<LauncherHello> hello =
          lanes_[static_cast<size_t>(i)]->Greet();
      if (!hello.ok()) return hello.status();
      if (i == 0) Learn(*hello);
    }
    return absl::OkStatus();
  }

  int lane_count() const override { return static_cast<int>(lanes_.size()); }
  Lane& lane(int index) override {
    return *lanes_.at(static_cast<size_t>(index));
  }
  const Enforcement& enforcement() const override { return enforcement_; }
  std::vector<std::string> profile_names() const override {
    std::vector<std::string> names;
    for (const auto& [name, status] : profiles_) names.push_back(name);
    return names;
  }
  absl::Status profile_status(const std::string& name) const override {
    auto found = profiles_.find(name);
    if (found == profiles_.end()) {
      return absl::NotFoundError(absl::StrCat("no profile ", name));
    }
    return found->second;
  }

 private:
  void Learn(const LauncherHello& hello) {
    enforcement_ = Convert(hello);
    for (const ProfileStatus& profile : hello.profiles) {
      profiles_[profile.name] = profile.ready
                                    ? absl::OkStatus()
                                    : absl::UnavailableError(profile.error);
    }
  }

  // Destroyed last: the lanes use them.
  BlobFiles blobs_;
  std::unique_ptr<NurseryClient> nursery_;
  std::vector<std::unique_ptr<LaneClient>> lanes_;
  Enforcement enforcement_;
  std::map<std::string, absl::Status> profiles_;
};

}  // namespace

absl::StatusOr<RunResult> Lane::RunToEnd(const Command& command,
                                         const std::atomic<bool>* cancelled) {
  absl::StatusOr<std::unique_ptr<Run>> run = Start(command);
  if (!run.ok()) return run.status();
  if (cancelled != nullptr) {
    while (!(*run)->WaitFor(kCancelPoll)) {
      if (!cancelled->load(std::memory_order_relaxed)) continue;
      (*run)->Cancel();
      break;
    }
  }
  return (*run)->Wait();
}

absl::StatusOr<std::unique_ptr<Sandbox>> Sandbox::Start(
    SandboxOptions options) {
  if (options.lane_count < 1 || options.lane_count > kMaxLanes) {
    return absl::InvalidArgumentError("lane_count out of range");
  }
  std::string path = options.launcher_path;
  if (path.empty()) path = FindLauncher();
  absl::StatusOr<std::unique_ptr<NurseryClient>> nursery =
      NurseryClient::Start(path, Convert(options));
  if (!nursery.ok()) return nursery.status();
  auto sandbox = std::make_unique<SandboxImpl>(*std::move(nursery));
  absl::Status status = sandbox->StartLanes(options.lane_count);
  if (!status.ok()) return status;
  return std::unique_ptr<Sandbox>(std::move(sandbox));
}

}  // namespace assay::sandbox
