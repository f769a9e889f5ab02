// Options of a real service that change what it offers.
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/daemon.h"
#include "tests/e2e/samples.h"

namespace assay {
namespace {

using ::testing::HasSubstr;

class Options : public ::testing::Test {
 protected:
  v1::Report Verify(const v1::Sample& sample) {
    v1::VerifyRequest request;
    *request.add_samples() = sample;
    grpc::ClientContext context;
    v1::VerifyResponse response;
    EXPECT_TRUE(daemon_.NewStub()->Verify(&context, request, &response).ok());
    return response.reports_size() == 1 ? response.reports(0) : v1::Report();
  }
  Daemon daemon_;
};

TEST_F(Options, ALanguageFromAFile) {
  const std::string path = daemon_.folder() + "/rows.json";
  std::ofstream(path) << R"([{"name": "dash", "source_file": "main.sh",
      "run": ["/bin/sh", "main.sh"], "policy": "native",
      "version": ["/bin/sh", "-c", "echo 1"], "probe": "echo 1\n"}])";
  ASSERT_TRUE(daemon_.Start(
      {"--languages-file", path, "--languages", "dash", "--code-lanes", "1"}))
      << daemon_.Log();
  EXPECT_EQ(Verify(Stdio("a", "dash", "echo $((6 * 7))", "", "42")).verdict(),
            v1::VERDICT_ACCEPTED);
  // What --languages does not name is not offered.
  EXPECT_EQ(Verify(Stdio("b", "bash", "echo 42", "", "42")).verdict(),
            v1::VERDICT_NO_VERDICT);
}

TEST_F(Options, APythonOfTheOperators) {
  if (access("/usr/bin/python3", X_OK) != 0) GTEST_SKIP() << "no python3";
  ASSERT_TRUE(daemon_.Start({"--python-profile", "mine=/usr/bin/python3",
                             "--languages", "python", "--code-lanes", "1"}))
      << daemon_.Log();
  v1::Sample sample = Stdio("a", "python", "print(6 * 7)", "", "42");
  sample.mutable_code()->set_profile("mine");
  EXPECT_EQ(Verify(sample).verdict(), v1::VERDICT_ACCEPTED);
}

TEST_F(Options, AFileThatIsNotThereIsNamed) {
  EXPECT_FALSE(daemon_.Start({"--testlib-header", "/no/such/testlib.h"}));
  EXPECT_NE(daemon_.Wait(), 0);
  EXPECT_THAT(daemon_.Log(), HasSubstr("--testlib-header"));
}

}  // namespace
}  // namespace assay
