// Programs that try one trick each, and their honest twins, in every language
// by its own policy. What a trick says on its first lines:
//
//   outcome: exited      how it may end; exited alone: with code 0
//   code: 1              with this code instead
//   says: bounded        what its stdout has to hold: it really tried
//   runs: 2              so many times one after another
//   collects: a b        files that are asked for afterwards
//
// and a twin: `honest: 42`, its stdout, and `collects:`, where each file has
// to hold the same. A trick that works prints ESCAPED.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <sstream>

#include "tests/sandbox/boxes.h"
#include "tests/sandbox/hostile_files.h"
#include "tests/sandbox/residue.h"
#include "tests/sandbox/tongues.h"

namespace assay::sandbox {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Limits LimitsOf(const HostileFile& file) {
  const bool is_jit = file.language == "java" || file.language == "js";
  Limits limits;
  // Where time is not the question, a slow host must not decide; a runtime's
  // own start takes some hundred milliseconds.
  limits.cpu = absl::Seconds(10);
  if (file.Said("outcome").find("cpu-time") != std::string::npos) {
    limits.cpu = is_jit ? absl::Seconds(3) : absl::Milliseconds(500);
  }
  // Of a host with much else to do.
  limits.wall = absl::Minutes(2);
  // Without a control group memory is address space: thirty stacks fit.
  limits.memory_bytes = int64_t{is_jit ? 256 : 192} << 20;
  limits.stdout_bytes = 1 << 20;
  limits.stack_bytes = 4 << 20;
  limits.file_bytes = int64_t{16} << 20;
  if (file.Said("outcome").find("wall-time") != std::string::npos) {
    limits.wall = is_jit ? absl::Seconds(4) : absl::Milliseconds(1500);
  }
  return limits;
}

std::vector<std::string> Words(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

Command CommandOf(const HostileFile& file, std::string* why_not) {
  Command command = InTongue(file, why_not);
  command.limits = LimitsOf(file);
  command.collect = Words(file.Said("collects"));
  return command;
}

void ExpectFails(const HostileFile& trick, const RunResult& result) {
  const std::vector<std::string> outcomes = Words(trick.Said("outcome"));
  const std::string said = result.stdout_text.substr(0, 4000) + "\n" +
                           result.stderr_text + result.setup_error;
  EXPECT_THAT(outcomes, ::testing::Contains(std::string(Name(result.outcome))))
      << said;
  if (outcomes.size() == 1 && outcomes[0] == "exited") {
    const std::string code = trick.Said("code");
    EXPECT_EQ(std::to_string(result.exit_code), code.empty() ? "0" : code)
        << said;
  }
  EXPECT_THAT(result.stdout_text.substr(0, 4000), Not(HasSubstr("ESCAPED")));
  EXPECT_THAT(result.stdout_text, HasSubstr(trick.Said("says"))) << said;
  // Of the host's files, that one is known to all.
  for (const auto& [name, content] : result.files) {
    EXPECT_THAT(content.substr(0, 4000), Not(HasSubstr("root:"))) << name;
    EXPECT_LE(content.size(), size_t{64} << 20) << name;
  }
}

class Hostile : public ::testing::TestWithParam<HostileFile> {};

TEST_P(Hostile, FailsAndLeavesNothing) {
  const HostileFile& trick = GetParam();
  ASSERT_NE(trick.Said("outcome"), "");
  std::string why_not;
  const Command command = CommandOf(trick, &why_not);
  if (!why_not.empty()) GTEST_SKIP() << why_not;
  const std::string before = Residue();
  const std::string runs = trick.Said("runs");
  for (int run = 0; run < (runs.empty() ? 1 : std::stoi(runs)); ++run) {
    ExpectFails(trick, RunOrDie(command));
  }
  EXPECT_EQ(Residue(), before);
}

TEST_P(Hostile, HonestTwinPasses) {
  const HostileFile twin = ReadHostileFile(GetParam().TwinPath());
  ASSERT_NE(twin.Said("honest"), "") << "no twin " << twin.path;
  std::string why_not;
  const Command command = CommandOf(twin, &why_not);
  if (!why_not.empty()) GTEST_SKIP() << why_not;
  const RunResult result = RunOrDie(command);
  EXPECT_EQ(Name(result.outcome), "exited") << result.setup_error;
  EXPECT_EQ(result.exit_code, 0) << result.stderr_text;
  EXPECT_EQ(result.stdout_text, twin.Said("honest") + "\n")
      << result.stderr_text;
  EXPECT_EQ(result.files.size(), command.collect.size());
  for (const auto& [name, content] : result.files) {
    EXPECT_EQ(content, twin.Said("honest") + "\n") << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Tricks, Hostile,
                         ::testing::ValuesIn(HostileFiles(ASSAY_HOSTILE)),
                         [](const ::testing::TestParamInfo<HostileFile>& info) {
                           return TestName(info.param);
                         });

}  // namespace
}  // namespace assay::sandbox
