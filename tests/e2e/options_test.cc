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

TEST_F(Options, TheNumpyProfile) {
  ASSERT_TRUE(daemon_.Start({"--languages", "python", "--code-lanes", "1"}))
      << daemon_.Log();
  grpc::ClientContext context;
  v1::Capabilities capabilities;
  ASSERT_TRUE(daemon_.NewStub()
                  ->GetCapabilities(&context, v1::GetCapabilitiesRequest(),
                                    &capabilities)
                  .ok());
  ASSERT_EQ(capabilities.languages_size(), 1);
  const v1::Profile* numpy = nullptr;
  for (const v1::Profile& profile : capabilities.languages(0).profiles()) {
    if (profile.name() == "numpy") numpy = &profile;
  }
  ASSERT_NE(numpy, nullptr);
  v1::Sample sample;
  sample.set_id("a");
  v1::CodeSample& code = *sample.mutable_code();
  code.set_language("python");
  code.set_profile("numpy");
  code.set_solution(
      "import numpy as np\n"
      "def spread(xs):\n    return int(np.max(xs) - np.min(xs))\n");
  code.mutable_asserts()->set_code(
      "import numpy as np\n"
      "assert spread([3, 1, 8]) == 7\n"
      "assert spread(np.array([2, 2])) == 0\n");
  const v1::Report report = Verify(sample);
  if (!numpy->available()) {
    EXPECT_EQ(report.verdict(), v1::VERDICT_NO_VERDICT);
    GTEST_SKIP() << numpy->unavailable_reason();
  }
  EXPECT_EQ(report.verdict(), v1::VERDICT_ACCEPTED) << report.reason();
  code.set_solution("def spread(xs):\n    return 7\n");
  EXPECT_EQ(Verify(sample).verdict(), v1::VERDICT_WRONG_ANSWER);
}

TEST_F(Options, ATestlibHeaderOfTheOperators) {
  const std::string path = daemon_.folder() + "/testlib.h";
  std::ofstream(path) << R"(#include <fstream>
inline int Number(const char* path) {
  std::ifstream file(path);
  int number = 0;
  file >> number;
  return number;
}
)";
  ASSERT_TRUE(daemon_.Start({"--testlib-header", path, "--languages",
                             "python,cpp", "--code-lanes", "1"}))
      << daemon_.Log();
  v1::Sample sample = Stdio("a", "python", "print(41)", "", "42");
  v1::TestProgram& judge =
      *sample.mutable_code()->mutable_stdio()->mutable_judge();
  judge.set_language("cpp");
  judge.set_source(
      "#include \"testlib.h\"\n"
      "int main(int, char** argv) {\n"
      "  return Number(argv[2]) % 2 == Number(argv[3]) % 2 ? 0 : 1;\n"
      "}\n");
  const v1::Report odd = Verify(sample);
  EXPECT_EQ(odd.verdict(), v1::VERDICT_WRONG_ANSWER) << odd.reason();
  sample.mutable_code()->set_solution("print(44)");
  const v1::Report even = Verify(sample);
  EXPECT_EQ(even.verdict(), v1::VERDICT_ACCEPTED) << even.reason();
}

TEST_F(Options, AFileThatIsNotThereIsNamed) {
  EXPECT_FALSE(daemon_.Start({"--testlib-header", "/no/such/testlib.h"}));
  EXPECT_NE(daemon_.Wait(), 0);
  EXPECT_THAT(daemon_.Log(), HasSubstr("--testlib-header"));
}

}  // namespace
}  // namespace assay
