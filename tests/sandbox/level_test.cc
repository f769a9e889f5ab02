// Which level a host gives, that each level is said, and what the least of
// them still holds. Run by ctest as root, as an ordinary user, and where
// namespaces are denied.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using Level = Enforcement::Level;

std::unique_ptr<Sandbox> Lacking(std::vector<std::string> walls) {
  SandboxOptions options = TestOptions();
  for (std::string& wall : walls) {
    options.without_for_test.push_back(std::move(wall));
  }
  auto sandbox = Sandbox::Start(options);
  EXPECT_TRUE(sandbox.ok()) << sandbox.status();
  return sandbox.ok() ? *std::move(sandbox) : nullptr;
}

RunResult RunIn(Sandbox* sandbox, const Command& command) {
  absl::StatusOr<RunResult> result =
      sandbox->lane(0).RunToEnd(command, nullptr);
  if (result.ok()) return *std::move(result);
  ADD_FAILURE() << result.status();
  return RunResult();
}

TEST(Level, EachWallThatIsMissingLowersItAndIsNamed) {
  const Level best = SharedSandbox().enforcement().level;
  const struct {
    std::vector<std::string> without;
    Level most;
    const char* named;
  } cases[] = {
      {{"cgroup"}, Level::kContained, "cgroup: "},
      {{"landlock"}, Level::kContained, "landlock: "},
      {{"proc"}, Level::kFull, "proc: "},
      {{"userns"}, Level::kFiltered, "namespaces and tree: "},
      {{"seccomp"}, Level::kNone, "seccomp: "},
      {{"userns", "seccomp"}, Level::kNone, "seccomp: "},
      {{"userns", "landlock", "cgroup"}, Level::kFiltered, "files: "},
  };
  for (const auto& [without, most, named] : cases) {
    auto sandbox = Lacking(without);
    ASSERT_NE(sandbox, nullptr);
    const Enforcement& walls = sandbox->enforcement();
    EXPECT_EQ(walls.level, std::min(best, most)) << walls.ToString();
    if (walls.own_root || without[0] != "proc") {
      EXPECT_THAT(walls.missing, Contains(StartsWith(named)))
          << walls.ToString();
    }
    EXPECT_THAT(walls.ToString(),
                StartsWith(absl::StrCat("level:",
                                        Enforcement::LevelName(walls.level))));
    // Whatever is missing, programs run and are told apart.
    EXPECT_EQ(RunIn(sandbox.get(), Shell("exit 4")).exit_code, 4);
    EXPECT_EQ(RunIn(sandbox.get(), Shell("kill -9 $$")).signal, SIGKILL);
  }
}

// At every level a box ends with all that it started.
TEST(Level, NothingOutlivesARun) {
  const auto before = Descendants();
  for (int i = 0; i < 3; ++i) {
    RunResult result = RunOrDie(
        Shell("for i in 1 2 3; do (setsid sh -c 'trap \"\" TERM; sleep 90; "
              "sleep 90' >/dev/null 2>&1 </dev/null &); done; exit 3"));
    EXPECT_EQ(result.exit_code, 3);
  }
  EXPECT_TRUE(NewSince(before).empty());
}

// What follows holds without namespaces; it is run at every level.
class Bare : public ::testing::Test {
 protected:
  std::string Output(const Command& command) {
    RunResult result = RunIn(sandbox_.get(), command);
    return result.stdout_text + result.stderr_text + result.setup_error;
  }
  std::unique_ptr<Sandbox> sandbox_ = Lacking({"userns"});
};

TEST_F(Bare, NoNetworkAndNoPrivilege) {
  for (const char* family : {"AF_INET", "AF_UNIX", "AF_NETLINK"}) {
    EXPECT_THAT(Output(Python(absl::StrCat(
                    "import socket\nsocket.socket(socket.", family, ")"))),
                HasSubstr("PermissionError"));
  }
  EXPECT_THAT(Output(Python("import os\nos.setuid(0)")),
              HasSubstr(sandbox_->enforcement().separate_uids || geteuid() != 0
                            ? "PermissionError"
                            : ""));
}

TEST_F(Bare, SignalsReachNobodyElse) {
  // Ourselves, our launcher and the box's own parent.
  const int launcher = FindDescendant("assay-lane-0");
  ASSERT_GT(launcher, 0);
  for (const std::string& target :
       {std::to_string(getpid()), std::to_string(launcher),
        std::string("os.getppid()"), std::string("-1")}) {
    const std::string output =
        Output(Python("import os, signal\ntry:\n  os.kill(" + target +
                      ", 9)\n  print('sent')\nexcept OSError:\n  "
                      "print('denied')"));
    if (target != "-1") {
      EXPECT_EQ(output, "denied\n") << target;
    }
  }
  EXPECT_EQ(RunIn(sandbox_.get(), Shell("exit 0")).exit_code, 0);
  EXPECT_EQ(sandbox_->lane(0).deaths(), 0);
}

TEST_F(Bare, ASignalToOneselfIsSeen) {
  Command command = Native("#include <stdlib.h>\nint main(void) { abort(); }");
  if (command.argv.empty()) GTEST_SKIP() << "no C compiler";
  EXPECT_EQ(RunIn(sandbox_.get(), command).signal, SIGABRT);
}

TEST_F(Bare, TheServiceCannotBeLookedInto) {
  ASSERT_EQ(setenv("ASSAY_SECRET", "leak-of-secret", 1), 0);
  // As assayd does at this level.
  prctl(PR_SET_DUMPABLE, 0);
  for (const char* file : {"environ", "mem", "maps", "fd/0"}) {
    const std::string output = Output(
        Python(absl::StrCat("open('/proc/", getpid(), "/", file, "', 'rb')")));
    EXPECT_THAT(output, HasSubstr("PermissionError")) << file;
  }
  prctl(PR_SET_DUMPABLE, 1);
}

TEST_F(Bare, FilesOfTheHostAreClosedByLandlock) {
  if (sandbox_->enforcement().landlock_abi == 0) {
    GTEST_SKIP() << "no Landlock";
  }
  char path[] = "/tmp/assay-level-XXXXXX";
  const int fd = mkstemp(path);
  ASSERT_GE(fd, 0);
  EXPECT_EQ(fchmod(fd, 0666), 0);
  EXPECT_EQ(write(fd, "secret", 6), 6);
  for (const char* mode : {"r", "w", "a"}) {
    EXPECT_THAT(Output(Python(
                    absl::StrCat("open('", path, "', '", mode, "').close()"))),
                HasSubstr("PermissionError"))
        << mode;
  }
  EXPECT_THAT(Output(Python("open('/tmp/assay-level-new', 'w')")),
              HasSubstr("PermissionError"));
  EXPECT_EQ(Output(Python("open('a', 'w').write('x')\nimport os, tempfile\n"
                          "tempfile.TemporaryFile()\nprint(os.listdir())")),
            "['a']\n");
  close(fd);
  unlink(path);
}

TEST_F(Bare, NothingOfARunIsFoundByTheNext) {
  const std::string dig =
      "import os\nfor i in range(300):\n  os.mkdir('d' * 200)\n  "
      "os.chdir('d' * 200)\nopen('deep', 'w').close()\nos.chmod('.', 0)\n";
  EXPECT_EQ(Output(Python("import os\nprint(os.getcwd().split('/')[-1], "
                          "os.listdir())")),
            "box []\n");
  EXPECT_EQ(Output(Python(dig)), "");
  EXPECT_EQ(Output(Python("import os\nprint(os.listdir())")), "[]\n");
}

TEST_F(Bare, NoFolderIsLeft) {
  std::string folder;
  {
    auto sandbox = Lacking({"userns"});
    folder = RunIn(sandbox.get(), Python("import os\nprint(os.getcwd())"))
                 .stdout_text;
    folder = folder.substr(0, folder.find("/lane"));
    EXPECT_THAT(folder, HasSubstr("assay-bare-"));
    EXPECT_EQ(access(folder.c_str(), X_OK), 0);
  }
  EXPECT_NE(access(folder.c_str(), F_OK), 0);
}

}  // namespace
}  // namespace assay::sandbox
