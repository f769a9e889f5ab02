// A real service where the host gives no namespaces: it refuses to serve
// unless that was asked for, and then says what it lacks and judges as
// elsewhere.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/daemon.h"
#include "tests/e2e/samples.h"

namespace assay {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// assayd under a profile that denies the calls that make namespaces.
class Levels : public ::testing::Test {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root loads the profile";
    char folder[] = "/tmp/assay_levels_XXXXXX";
    folder_ = mkdtemp(folder);
    std::ofstream(folder_ + "/assayd")
        << "#!/bin/sh\nexec " UNDER_PROFILE " " NO_NAMESPACES " " ASSAYD_BINARY
           " \"$@\"\n";
    chmod((folder_ + "/assayd").c_str(), 0755);
  }
  void TearDown() override {
    if (folder_.empty()) return;
    unlink((folder_ + "/assayd").c_str());
    rmdir(folder_.c_str());
  }
  std::string binary() const { return folder_ + "/assayd"; }

  std::string folder_;
};

TEST_F(Levels, LessThanContainedIsRefusedByDefault) {
  for (const std::vector<std::string>& flags :
       {std::vector<std::string>{},
        std::vector<std::string>{"--require-enforcement", "full"}}) {
    Daemon daemon(binary());
    EXPECT_FALSE(daemon.Start(flags));
    EXPECT_EQ(daemon.Wait(), 3);
    EXPECT_THAT(daemon.Log(), HasSubstr("\"what\":\"enforcement\""));
    EXPECT_THAT(daemon.Log(), HasSubstr("\"offered\":\"filtered\""));
    EXPECT_THAT(daemon.Log(),
                HasSubstr(flags.empty() ? "\"required\":\"contained\""
                                        : "\"required\":\"full\""));
    EXPECT_THAT(daemon.Log(), HasSubstr("namespaces and tree: "));
  }
}

v1::Sample Limited(v1::Sample sample) {
  v1::Limits& limits = *sample.mutable_code()->mutable_limits();
  limits.set_time_limit_ms(1000);
  limits.set_memory_limit_bytes(128 << 20);
  limits.set_output_limit_bytes(4096);
  return sample;
}

TEST_F(Levels, FilteredJudgesAsElsewhere) {
  Daemon daemon(binary());
  ASSERT_TRUE(
      daemon.Start({"--code-lanes", "2", "--math-lanes", "1", "--languages",
                    "python,c", "--require-enforcement", "filtered"}))
      << daemon.Log();
  grpc::ClientContext asking;
  v1::Capabilities able;
  ASSERT_TRUE(
      daemon.NewStub()
          ->GetCapabilities(&asking, v1::GetCapabilitiesRequest(), &able)
          .ok());
  EXPECT_THAT(able.enforcement(), StartsWith("level:filtered"));
  EXPECT_THAT(able.missing_enforcement(),
              Contains(StartsWith("namespaces and tree: ")));
  const struct {
    v1::Sample sample;
    v1::Verdict verdict;
  } cases[] = {
      {Stdio("right", "python", "print(int(input()) * 2)", "21", "42"),
       v1::VERDICT_ACCEPTED},
      {Stdio("wrong", "python", "print(41)", "", "42"),
       v1::VERDICT_WRONG_ANSWER},
      {Call("call", "def f(x): return x + 1", "[1]", "2"),
       v1::VERDICT_ACCEPTED},
      {Asserts("asserts", "def f(x): return [x]", "assert f(1) == [1]\n"),
       v1::VERDICT_ACCEPTED},
      {Asserts("cheat", "def f(x): raise SystemExit(0)",
               "assert f(1) == [1]\n"),
       v1::VERDICT_RUNTIME_ERROR},
      {Stdio("raises", "python", "1 / 0", "", "42"), v1::VERDICT_RUNTIME_ERROR},
      {Stdio("spins", "python", "while True: pass", "", "42"),
       v1::VERDICT_TIME_LIMIT},
      {Stdio("grows", "python", "x = []\nwhile True: x.append(bytes(1 << 22))",
             "", "42"),
       v1::VERDICT_MEMORY_LIMIT},
      {Stdio("speaks", "python", "print('x' * 100000)", "", "42"),
       v1::VERDICT_OUTPUT_LIMIT},
      {Stdio("c", "c", "#include <stdio.h>\nint main(void) { puts(\"42\"); }",
             "", "42"),
       v1::VERDICT_ACCEPTED},
      {Stdio("c crashes", "c", "int main(void) { *(volatile int*)0 = 1; }", "",
             "42"),
       v1::VERDICT_RUNTIME_ERROR},
      {Stdio("c breaks", "c", "int main(void) { return", "", "42"),
       v1::VERDICT_COMPILE_ERROR},
  };
  v1::VerifyRequest request;
  for (const auto& [sample, verdict] : cases) {
    *request.add_samples() = Limited(sample);
  }
  grpc::ClientContext context;
  v1::VerifyResponse response;
  const grpc::Status status =
      daemon.NewStub()->Verify(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  for (const v1::Report& report : response.reports()) {
    const auto& [sample, verdict] = cases[report.ordinal()];
    EXPECT_EQ(report.verdict(), verdict) << report.DebugString();
    EXPECT_THAT(report.code().enforcement(), StartsWith("level:filtered"));
  }
  daemon.Signal(SIGTERM);
  EXPECT_EQ(daemon.Wait(), 0);
}

}  // namespace
}  // namespace assay
