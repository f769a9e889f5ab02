// Programs that try one trick each. A trick that works prints ESCAPED.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/sandbox/boxes.h"

namespace assay::sandbox {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> Programs() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_HOSTILE)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class Hostile : public ::testing::TestWithParam<std::string> {};

TEST_P(Hostile, Fails) {
  std::string source = ReadFile(ASSAY_HOSTILE "/" + GetParam());
  std::string first = source.substr(0, source.find('\n'));
  ASSERT_THAT(first, HasSubstr("outcome: "));
  Command command;
  if (GetParam().ends_with(".py")) {
    command = Python(source);
  } else {
    command = Native(source);
    if (command.argv.empty()) GTEST_SKIP() << "no C compiler";
  }
  command.environment = {"PATH=/usr/bin:/bin"};
  command.limits.cpu = absl::Milliseconds(500);
  command.limits.wall = first.find("wall-time") != std::string::npos
                            ? absl::Milliseconds(1500)
                            : absl::Seconds(30);
  command.limits.memory_bytes = int64_t{96} << 20;
  command.limits.stdout_bytes = 1 << 20;
  command.limits.stack_bytes = 4 << 20;
  command.limits.file_bytes = int64_t{16} << 20;
  command.collect = {"out0", "out1", "out2", "out3", "out4", "out5"};
  size_t before = Descendants().size();
  RunResult result = RunOrDie(command);
  EXPECT_THAT(first, HasSubstr(std::string(Name(result.outcome))))
      << result.setup_error << result.stderr_text;
  EXPECT_THAT(result.stdout_text.substr(0, 1000), Not(HasSubstr("ESCAPED")));
  for (const auto& [name, content] : result.files) EXPECT_EQ(name, "out3");
  EXPECT_EQ(Descendants().size(), before);
  EXPECT_EQ(RunOrDie(Shell("echo alive")).stdout_text, "alive\n");
}

INSTANTIATE_TEST_SUITE_P(Tricks, Hostile, ::testing::ValuesIn(Programs()),
                         [](const ::testing::TestParamInfo<std::string>& info) {
                           return info.param.substr(0, info.param.find('.'));
                         });

}  // namespace
}  // namespace assay::sandbox
