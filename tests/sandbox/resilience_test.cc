// What breaks is repaired, said, and leaves nothing behind.
#include <dirent.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "absl/time/clock.h"
#include "sandbox/launcher/steps.h"
#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

int OpenDescriptors(int pid) {
  std::string path = "/proc/" + std::to_string(pid) + "/fd";
  int count = 0;
  DIR* folder = opendir(path.c_str());
  while (folder != nullptr && readdir(folder) != nullptr) ++count;
  if (folder != nullptr) closedir(folder);
  return count;
}

int64_t ResidentKb(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  std::string word;
  int64_t value = 0;
  while (file >> word) {
    if (word == "VmRSS:") file >> value;
  }
  return value;
}

TEST(Resilience, ALauncherThatDiesIsReplaced) {
  auto sandbox = Sandbox::Start(TestOptions());
  ASSERT_TRUE(sandbox.ok()) << sandbox.status();
  for (int round = 0; round < 3; ++round) {
    auto run = (*sandbox)->lane(0).Start(Shell("sleep 15"));
    ASSERT_TRUE(run.ok());
    absl::SleepFor(absl::Milliseconds(50));
    int killed = 0;
    for (const auto& [pid, name] : Descendants()) {
      // Those of the shared sandbox die too: it has to bear it.
      if (name == "assay-lane-0" && kill(pid, SIGKILL) == 0) ++killed;
    }
    EXPECT_GE(killed, 1);
    EXPECT_EQ((*run)->Wait().status().code(), absl::StatusCode::kUnavailable);
    auto after = (*sandbox)->lane(0).RunToEnd(Shell("exit 4"), nullptr);
    ASSERT_TRUE(after.ok()) << after.status();
    EXPECT_EQ(after->exit_code, 4);
  }
  for (int i = 0; i < 100; ++i) {  // The nursery reaps at leisure.
    if (FindDescendant("sleep") < 0) break;
    absl::SleepFor(absl::Milliseconds(20));
  }
  EXPECT_EQ(FindDescendant("sleep"), -1);
}

// Also where it is killed again before it says hello, when the next one waits
// a while: whoever asks meanwhile waits too, and is not refused.
TEST(Resilience, WhoAsksADeadLauncherWaitsForTheNext) {
  auto sandbox = Sandbox::Start(TestOptions());
  ASSERT_TRUE(sandbox.ok()) << sandbox.status();
  auto kill_own = [] {
    for (const auto& [pid, name] : Descendants()) {
      if (name == "assay-lane-0") kill(pid, SIGKILL);
    }
  };
  ASSERT_TRUE((*sandbox)->lane(0).RunToEnd(Shell("true"), nullptr).ok());
  int refused = 0;
  for (int round = 0; round < 20; ++round) {
    const int64_t deaths = (*sandbox)->lane(0).deaths();
    kill_own();
    while ((*sandbox)->lane(0).deaths() == deaths) {
      absl::SleepFor(absl::Milliseconds(1));
    }
    kill_own();  // The one that has just begun.
    for (int i = 0; i < 3; ++i) {
      auto run = (*sandbox)->lane(0).Start(Shell("exit 4"));
      // The run may be lost with a launcher, but it was taken.
      if (!run.ok()) {
        ++refused;
      } else {
        (void)(*run)->Wait();
      }
    }
  }
  EXPECT_EQ(refused, 0);
}

// Whom an answer that cannot be read was meant for is not known: nobody waits
// for it.
TEST(Resilience, ALauncherOfAnotherBuildKeepsNobodyWaiting) {
  SandboxOptions options = TestOptions();
  options.launcher_path = ASSAY_CONFUSED_LAUNCHER;
  options.profiles.clear();
  auto sandbox = Sandbox::Start(options);
  ASSERT_TRUE(sandbox.ok()) << sandbox.status();
  for (int round = 0; round < 3; ++round) {
    auto run = (*sandbox)->lane(0).Start(Shell("exit 0"));
    if (!run.ok()) {
      EXPECT_EQ(run.status().code(), absl::StatusCode::kUnavailable);
      continue;
    }
    EXPECT_EQ((*run)->Wait().status().code(), absl::StatusCode::kUnavailable);
  }
}

TEST(Resilience, ANurseryThatDiesIsReplaced) {
  auto sandbox = Sandbox::Start(TestOptions());
  ASSERT_TRUE(sandbox.ok());
  auto run = (*sandbox)->lane(0).Start(Shell("sleep 15"));
  ASSERT_TRUE(run.ok());
  for (const auto& [pid, name] : Descendants()) {
    if (name == "assay-nursery") kill(pid, SIGKILL);
  }
  EXPECT_EQ((*run)->Wait().status().code(), absl::StatusCode::kUnavailable);
  absl::StatusOr<RunResult> after = absl::UnknownError("none");
  for (int i = 0; i < 20 && !after.ok(); ++i) {
    after = (*sandbox)->lane(0).RunToEnd(Shell("exit 4"), nullptr);
  }
  ASSERT_TRUE(after.ok()) << after.status();
  EXPECT_EQ(after->exit_code, 4);
}

// The folders of control groups that a process holds open.
std::vector<std::string> ControlGroupsOf(int pid) {
  const std::string folder = "/proc/" + std::to_string(pid) + "/fd";
  std::vector<std::string> groups;
  DIR* descriptors = opendir(folder.c_str());
  while (dirent* entry =
             descriptors == nullptr ? nullptr : readdir(descriptors)) {
    char path[4096];
    std::string link = folder + "/" + entry->d_name;
    ssize_t size = readlink(link.c_str(), path, sizeof(path) - 1);
    if (size <= 0) continue;
    std::string target(path, static_cast<size_t>(size));
    struct stat info;
    if (target.find("/assay-") != std::string::npos &&
        target.find("cgroup") != std::string::npos &&
        stat(target.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
      groups.push_back(target);
    }
  }
  if (descriptors != nullptr) closedir(descriptors);
  return groups;
}

TEST(Resilience, NoControlGroupIsLeft) {
  if (SharedSandbox().enforcement().cgroup == Enforcement::Cgroup::kNone) {
    GTEST_SKIP() << "no cgroup";
  }
  const auto before = Descendants();
  std::vector<std::string> groups;
  {
    SandboxOptions options = TestOptions();
    options.lane_count = 2;
    auto sandbox = Sandbox::Start(options);
    ASSERT_TRUE(sandbox.ok());
    EXPECT_TRUE((*sandbox)->lane(1).RunToEnd(Shell("true"), nullptr).ok());
    for (const auto& [pid, name] : NewSince(before)) {
      if (name == "assay-nursery") groups = ControlGroupsOf(pid);
    }
    EXPECT_FALSE(groups.empty());
  }
  for (const std::string& group : groups) {
    EXPECT_NE(access(group.c_str(), F_OK), 0) << group;
  }
}

// Boxes without namespaces have no hostname and no /proc to set up.
bool IsAbsent(SetupStep step) {
  return !SharedSandbox().enforcement().own_root &&
         (step == SetupStep::kHostname || step == SetupStep::kProc);
}

TEST(Resilience, EveryStepOfTheSetUpCanFail) {
  for (SetupStep step :
       {SetupStep::kPipes, SetupStep::kCgroup, SetupStep::kClone,
        SetupStep::kIdMaps, SetupStep::kAttach, SetupStep::kIdentity,
        SetupStep::kHostname, SetupStep::kBoxFolder, SetupStep::kProc,
        SetupStep::kFiles, SetupStep::kDescriptors, SetupStep::kLimits,
        SetupStep::kPrivileges, SetupStep::kLandlock, SetupStep::kFilter,
        SetupStep::kExec}) {
    if (IsAbsent(step)) continue;
    SandboxOptions options = TestOptions();
    options.fail_step_for_test = Name(step);
    const auto before = Descendants();
    {
      auto sandbox = Sandbox::Start(options);
      ASSERT_TRUE(sandbox.ok()) << sandbox.status();
      const auto idle = Descendants();
      for (int i = 0; i < 2; ++i) {
        auto result = (*sandbox)->lane(0).RunToEnd(Shell("exit 0"), nullptr);
        ASSERT_TRUE(result.ok()) << Name(step) << result.status();
        EXPECT_EQ(Name(result->outcome), "setup-failed") << Name(step);
        EXPECT_THAT(result->setup_error,
                    StartsWith(std::string(Name(step)) + ": "));
      }
      EXPECT_THAT(NewSince(idle), IsEmpty()) << Name(step);
    }
    EXPECT_THAT(NewSince(before), IsEmpty()) << Name(step);
  }
}

// The same in clones of a warm interpreter, which is not harmed by it.
TEST(Resilience, EveryStepOfAWarmSetUpCanFail) {
  if (access("/usr/bin/python3", X_OK) != 0) GTEST_SKIP() << "no python3";
  Profile profile;
  profile.name = "python";
  profile.interpreter = "/usr/bin/python3";
  profile.runtime_source = "def main(request, reply_fd):\n    return 0\n";
  for (SetupStep step :
       {SetupStep::kPipes, SetupStep::kCgroup, SetupStep::kClone,
        SetupStep::kAttach, SetupStep::kIdentity, SetupStep::kHostname,
        SetupStep::kBoxFolder, SetupStep::kProc, SetupStep::kFiles,
        SetupStep::kDescriptors, SetupStep::kLimits, SetupStep::kPrivileges,
        SetupStep::kLandlock, SetupStep::kFilter}) {
    if (IsAbsent(step)) continue;
    SandboxOptions options = TestOptions();
    options.profiles = {profile};
    options.fail_step_for_test = Name(step);
    const auto before = Descendants();
    {
      auto sandbox = Sandbox::Start(options);
      ASSERT_TRUE(sandbox.ok()) << sandbox.status();
      ASSERT_TRUE((*sandbox)->profile_status("python").ok());
      const auto idle = Descendants();
      int launcher = FindDescendant("assay-lane-0");
      int descriptors = 0;
      for (int i = 0; i < 4; ++i) {
        Command command;
        command.profile = "python";
        command.policy = "python";
        command.request = MakeBlob("x");
        auto result = (*sandbox)->lane(0).RunToEnd(command, nullptr);
        ASSERT_TRUE(result.ok()) << Name(step) << result.status();
        EXPECT_EQ(Name(result->outcome), "setup-failed") << Name(step);
        EXPECT_THAT(result->setup_error,
                    StartsWith(std::string(Name(step)) + ": "));
        if (i == 1) descriptors = OpenDescriptors(launcher);
      }
      EXPECT_LE(OpenDescriptors(launcher), descriptors) << Name(step);
      EXPECT_THAT(NewSince(idle), IsEmpty()) << Name(step);
    }
    EXPECT_THAT(NewSince(before), IsEmpty()) << Name(step);
  }
}

TEST(Resilience, HundredsOfRunsLeaveNothing) {
  Lane& lane = SharedSandbox().lane(0);
  Command command = Shell("(sleep 9 &) ; echo x; exit 1");
  command.wants_reply = true;
  command.request = MakeBlob("r");
  command.collect = {"a"};
  command.files = {{"a", MakeBlob("b"), 0600}};
  // Whatever the tests before have broken is noticed by now.
  if (!lane.RunToEnd(command, nullptr).ok()) {
    absl::SleepFor(absl::Milliseconds(500));
  }
  auto run_some = [&] {
    std::vector<std::unique_ptr<sandbox::Run>> runs;
    for (int i = 0; i < 150; ++i) {
      auto run = lane.Start(command);
      ASSERT_TRUE(run.ok()) << run.status();
      runs.push_back(*std::move(run));
      if (runs.size() == 8) runs.clear();  // Some are cancelled halfway.
    }
    EXPECT_TRUE(lane.RunToEnd(command, nullptr).ok());
  };
  run_some();
  int launcher = FindDescendant("assay-lane-0");
  ASSERT_GT(launcher, 0);
  const auto processes = Descendants();
  int descriptors = OpenDescriptors(launcher);
  int own = OpenDescriptors(getpid());
  int64_t resident = ResidentKb(launcher);
  for (int i = 0; i < 3; ++i) run_some();
  // A cancelled run's processes end soon, not at once.
  while (!NewSince(processes).empty()) {
    absl::SleepFor(absl::Milliseconds(10));
  }
  EXPECT_LE(OpenDescriptors(launcher), descriptors);
  EXPECT_LE(OpenDescriptors(getpid()), own);
#if !defined(__SANITIZE_ADDRESS__)  // Its quarantine keeps freed memory.
  EXPECT_LE(ResidentKb(launcher), resident + 1024);
#else
  (void)resident;
#endif
}

TEST(Resilience, ASandboxThatEndsTakesItsRunsAlong) {
  const auto before = Descendants();
  std::unique_ptr<sandbox::Run> run;
  {
    auto sandbox = Sandbox::Start(TestOptions());
    ASSERT_TRUE(sandbox.ok());
    auto started = (*sandbox)->lane(0).Start(Shell("sleep 15"));
    ASSERT_TRUE(started.ok());
    run = *std::move(started);
    run.reset();
  }
  EXPECT_THAT(NewSince(before), IsEmpty());
}

TEST(Resilience, NoLauncherNoSandbox) {
  SandboxOptions options = TestOptions();
  options.launcher_path = "/no/such/launcher";
  EXPECT_EQ(Sandbox::Start(options).status().code(),
            absl::StatusCode::kNotFound);
  options.launcher_path = "/bin/true";
  EXPECT_FALSE(Sandbox::Start(options).ok());
  options = TestOptions();
  options.lane_count = 0;
  EXPECT_EQ(Sandbox::Start(options).status().code(),
            absl::StatusCode::kInvalidArgument);
  options.lane_count = 1;
  options.read_only_paths = {"/no/such/folder"};
  EXPECT_THAT(Sandbox::Start(options).status().ToString(),
              HasSubstr("/no/such/folder"));
}

TEST(Resilience, LanesWorkSideBySide) {
  SandboxOptions options = TestOptions();
  options.lane_count = 3;
  auto sandbox = Sandbox::Start(options);
  ASSERT_TRUE(sandbox.ok()) << sandbox.status();
  std::vector<std::unique_ptr<sandbox::Run>> runs;
  for (int i = 0; i < 9; ++i) {
    auto run = (*sandbox)->lane(i % 3).Start(
        Shell("sleep 0.1; exit " + std::to_string(i)));
    ASSERT_TRUE(run.ok());
    runs.push_back(*std::move(run));
  }
  for (int i = 0; i < 9; ++i) {
    auto result = runs[static_cast<size_t>(i)]->Wait();
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->exit_code, i);
  }
}

}  // namespace
}  // namespace assay::sandbox
