// A malformed Command is refused, by name, before anything is started.
#include "sandbox/command_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "sandbox/wire/codec.h"
#include "sandbox/wire/messages.h"
#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

using ::testing::HasSubstr;

struct Case {
  const char* field;
  std::function<void(Command*)> spoil;
};

TEST(CommandCheck, EachFieldIsChecked) {
  const Blob blob = MakeBlob("x");
  const Case cases[] = {
      {"argv", [](Command* c) { c->argv.clear(); }},
      {"argv", [](Command* c) { c->argv[0] = ""; }},
      {"argv", [](Command* c) { c->argv[0] = "sh"; }},
      {"argv", [](Command* c) { c->argv[2] = std::string("a\0b", 3); }},
      {"argv", [](Command* c) { c->argv.resize(200000, "x"); }},
      {"argv", [](Command* c) { c->argv[2] = std::string(3 << 20, 'x'); }},
      {"argv", [](Command* c) { c->profile = "python"; }},
      {"environment", [](Command* c) { c->environment = {"A"}; }},
      {"environment", [](Command* c) { c->environment = {"=A"}; }},
      {"environment", [](Command* c) { c->environment = {""}; }},
      {"policy", [](Command* c) { c->policy = ""; }},
      {"policy", [](Command* c) { c->policy = "common"; }},
      {"policy", [](Command* c) { c->policy = "../native"; }},
      {"files",
       [&](Command* c) {
         c->files = {{"../a", blob, 0644}};
       }},
      {"files",
       [&](Command* c) {
         c->files = {{"a/b", blob, 0644}};
       }},
      {"files",
       [&](Command* c) {
         c->files = {{"", blob, 0644}};
       }},
      {"files",
       [&](Command* c) {
         c->files = {{"..", blob, 0644}};
       }},
      {"files",
       [&](Command* c) {
         c->files = {{"a", nullptr, 0644}};
       }},
      {"files",
       [&](Command* c) {
         c->files = {{"a", blob, 04755}};
       }},
      {"files",
       [&](Command* c) {
         c->files = {{"a", blob, 0644}, {"a", blob, 0644}};
       }},
      {"files",
       [&](Command* c) {
         c->files = {{"a", blob, 0644}};
         c->files[0].content = MakeBlob(std::string(70 << 20, 'x'));
       }},
      {"collect", [](Command* c) { c->collect = {"/etc/passwd"}; }},
      {"collect", [](Command* c) { c->collect = {std::string(300, 'a')}; }},
      {"files",
       [](Command* c) {
         c->files = {{"a", nullptr, 0644, 9}};
       }},
      {"channels",
       [](Command* c) {
         c->channels = {{4, 0}};
       }},
      {"channels",
       [](Command* c) {
         c->channels = {{5, -1}};
       }},
      {"channels",
       [](Command* c) {
         c->channels = {{5, 0}, {5, 0}};
       }},
      {"channels",
       [](Command* c) {
         c->channels = {{100000, 0}};
       }},
      {"limits", [](Command* c) { c->limits.cpu = absl::ZeroDuration(); }},
      {"limits", [](Command* c) { c->limits.cpu = -absl::Seconds(1); }},
      {"limits", [](Command* c) { c->limits.wall = absl::InfiniteDuration(); }},
      {"limits", [](Command* c) { c->limits.memory_bytes = 0; }},
      {"limits", [](Command* c) { c->limits.stdout_bytes = -1; }},
      {"limits",
       [](Command* c) {
         c->limits.reply_bytes = std::numeric_limits<int64_t>::max();
       }},
      {"limits", [](Command* c) { c->limits.process_count = 0; }},
      {"limits", [](Command* c) { c->limits.open_files_count = -5; }},
      {"limits", [](Command* c) { c->limits.stack_bytes = 1; }},
      {"limits", [](Command* c) { c->limits.file_bytes = 0; }},
  };
  for (const Case& c : cases) {
    Command command = Shell("true");
    ASSERT_TRUE(CheckCommand(command).ok());
    c.spoil(&command);
    absl::Status status =
        SharedSandbox().lane(0).RunToEnd(command, nullptr).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.field;
    EXPECT_THAT(status.ToString(),
                HasSubstr(std::string("command.") + c.field));
  }
}

TEST(CommandCheck, LargeCommandsArrive) {
  Command command = Shell("echo ${#1} $#");
  command.argv.push_back("sh");
  command.argv.push_back(std::string(100000, 'y'));
  for (int i = 0; i < 5000; ++i) command.argv.push_back("z");
  RunResult result = RunOrDie(command);
  EXPECT_EQ(result.stdout_text, "100000 5001\n") << result.setup_error;
}

// One argument beyond what the kernel takes: the caller's own text, not the
// candidate's, so that it is no verdict.
TEST(CommandCheck, AnArgumentTooLongForTheKernel) {
  Command command = Shell("true");
  command.argv.push_back(std::string(1 << 20, 'y'));
  RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "setup-failed");
  EXPECT_THAT(result.setup_error, HasSubstr("exec"));
}

TEST(Wire, RoundTripsAndRefusesWhatIsCutOff) {
  BoxRequest request;
  request.id = 7;
  request.argv = {"/bin/sh", std::string("\0x", 2)};
  request.files = {{"a", 5, 0644}};
  request.channels = {5, 9};
  request.limits.cpu_ns = -1;
  std::string bytes = Encode(request);
  BoxRequest back;
  ASSERT_TRUE(Decode(bytes, &back));
  EXPECT_EQ(back.argv, request.argv);
  EXPECT_EQ(back.channels, request.channels);
  EXPECT_EQ(back.files[0].size, 5u);
  EXPECT_EQ(back.limits.cpu_ns, -1);
  for (size_t size = 0; size < bytes.size(); ++size) {
    BoxRequest cut;
    EXPECT_FALSE(Decode(bytes.substr(0, size), &cut)) << size;
  }
  BoxReport report;
  EXPECT_FALSE(Decode(bytes, &report));
  EXPECT_FALSE(Decode(bytes + "x", &back));
}

TEST(Wire, AHugeCountIsRefused) {
  Writer writer;
  writer.U64(uint64_t{1} << 60);
  std::vector<std::string> strings;
  Reader reader(writer.bytes());
  reader.StringList(&strings);
  EXPECT_FALSE(reader.ok());
  EXPECT_TRUE(strings.empty());
}

TEST(EnforcementText, LevelsHaveNames) {
  for (auto level :
       {Enforcement::Level::kNone, Enforcement::Level::kFiltered,
        Enforcement::Level::kContained, Enforcement::Level::kFull}) {
    Enforcement::Level back = Enforcement::Level::kNone;
    EXPECT_TRUE(Enforcement::ParseLevel(Enforcement::LevelName(level), &back));
    EXPECT_EQ(back, level);
  }
  Enforcement::Level level;
  EXPECT_FALSE(Enforcement::ParseLevel("Full", &level));
  Enforcement walls;
  EXPECT_EQ(walls.ToString(), "level:none cgroup:none uid:shared");
  walls.seccomp = true;
  walls.landlock_abi = 7;
  walls.cgroup = Enforcement::Cgroup::kV2;
  walls.separate_uids = true;
  EXPECT_EQ(walls.ToString(),
            "level:none seccomp landlock:7 cgroup:v2 uid:mapped");
}

}  // namespace
}  // namespace assay::sandbox
