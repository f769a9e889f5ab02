#include "verifier/server/options.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace assay::server {
namespace {

using ::testing::HasSubstr;

absl::StatusOr<Options> Read(std::vector<const char*> flags) {
  flags.insert(flags.begin(), "assayd");
  return ReadOptions(static_cast<int>(flags.size()), flags.data());
}

class OptionsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = ::testing::TempDir() + "assay_options_test.conf";
    std::ofstream(path_) << "queue-samples=100\nstream-window=101\ntests=102\n";
  }
  void TearDown() override {
    std::remove(path_.c_str());
    unsetenv("ASSAY_QUEUE_SAMPLES");
    unsetenv("ASSAY_STREAM_WINDOW");
    unsetenv("ASSAY_CONFIG");
    unsetenv("ASSAY_DIE_WITH_PARENT");
  }
  std::string path_;
};

TEST_F(OptionsTest, DefaultsAreSafe) {
  const auto options = Read({});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->server.listen, "127.0.0.1:50051");
  EXPECT_FALSE(options->server.insecure_listen_anywhere);
  EXPECT_FALSE(options->exit_code.has_value());
  EXPECT_GE(options->code_lanes, 1);
  EXPECT_EQ(options->bounds.run_default.time, absl::Seconds(10));
}

TEST_F(OptionsTest, FlagsBeatTheEnvironmentWhichBeatsTheFile) {
  setenv("ASSAY_QUEUE_SAMPLES", "200", 1);
  setenv("ASSAY_STREAM_WINDOW", "201", 1);
  const auto options =
      Read({"--config", path_.c_str(), "--queue-samples", "300"});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->bounds.queue_samples_max, 300);
  EXPECT_EQ(options->bounds.stream_window_samples, 201);
  EXPECT_EQ(options->bounds.tests_count_max, 102);
}

TEST_F(OptionsTest, TheEnvironmentNamesTheFileAndSetsFlags) {
  setenv("ASSAY_CONFIG", path_.c_str(), 1);
  setenv("ASSAY_DIE_WITH_PARENT", "true", 1);
  const auto options = Read({});
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->bounds.queue_samples_max, 100);
  EXPECT_TRUE(options->die_with_parent);
}

TEST_F(OptionsTest, WhatIsPrintedReadsBackTheSame) {
  ::testing::internal::CaptureStdout();
  const auto printed = Read({"--print-config", "--queue-samples", "77"});
  const std::string text = ::testing::internal::GetCapturedStdout();
  ASSERT_TRUE(printed.ok());
  EXPECT_EQ(printed->exit_code, 0);
  std::ofstream(path_) << text;
  const auto options = Read({"--config", path_.c_str()});
  ASSERT_TRUE(options.ok()) << options.status() << text;
  EXPECT_EQ(options->bounds.queue_samples_max, 77);
  EXPECT_FALSE(options->exit_code.has_value());
}

TEST_F(OptionsTest, WhatCannotBeIsRefusedByName) {
  struct Row {
    std::vector<const char*> flags;
    const char* names;
  };
  const Row rows[] = {
      {{"--queue-samples", "0"}, "queue-samples"},
      {{"--queue-samples", "many"}, "queue-samples"},
      {{"--code-lanes", "-1"}, "code-lanes"},
      {{"--require-enforcement", "some"}, "require-enforcement"},
      {{"--listen", "0.0.0.0:1"}, "--insecure-listen-anywhere"},
      {{"--listen", "[::]:1"}, "--insecure-listen-anywhere"},
      {{"--listen", "127.evil.example:1"}, "--insecure-listen-anywhere"},
      {{"--listen", "nonsense"}, "--listen"},
      {{"--run-default-time-ms", "200000"}, "--run-max"},
      {{"--unknown"}, "--unknown"},
      {{"stray"}, "stray"},
      {{"--config", "/nonexistent/file"}, "/nonexistent/file"},
  };
  for (const Row& row : rows) {
    const auto options = Read(row.flags);
    ASSERT_FALSE(options.ok()) << row.flags[0];
    EXPECT_THAT(std::string(options.status().message()), HasSubstr(row.names));
  }
}

TEST_F(OptionsTest, LoopbackAndSocketsAreAllowed) {
  for (const char* listen : {"127.0.0.1:0", "localhost:50051", "[::1]:9",
                             "unix:/tmp/s", "127.3.2.1:7"}) {
    EXPECT_TRUE(Read({"--listen", listen}).ok()) << listen;
  }
  EXPECT_TRUE(
      Read({"--listen", "0.0.0.0:1", "--insecure-listen-anywhere"}).ok());
}

}  // namespace
}  // namespace assay::server
