// One real service, samples of every kind, hostile ones among them.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/daemon.h"
#include "tests/e2e/samples.h"

namespace assay {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

class VerdictsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    daemon_ = new Daemon;
    ASSERT_TRUE(daemon_->Start({"--code-lanes", "2", "--math-lanes", "1"}))
        << daemon_->Log();
    grpc::ClientContext context;
    const grpc::Status status = daemon_->NewStub()->GetCapabilities(
        &context, v1::GetCapabilitiesRequest(), &capabilities_);
    ASSERT_TRUE(status.ok()) << status.error_message();
  }
  static void TearDownTestSuite() {
    daemon_->Signal(SIGTERM);
    EXPECT_EQ(daemon_->Wait(), 0) << daemon_->Log();
    delete daemon_;
  }

  static bool Offers(const std::string& language) {
    for (const v1::Language& offered : capabilities_.languages()) {
      if (offered.name() == language) return offered.available();
    }
    return false;
  }

  static std::vector<v1::Report> Verify(std::vector<v1::Sample> samples) {
    v1::VerifyRequest request;
    for (v1::Sample& sample : samples) *request.add_samples() = sample;
    grpc::ClientContext context;
    v1::VerifyResponse response;
    const grpc::Status status =
        daemon_->NewStub()->Verify(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.reports_size(), request.samples_size());
    return {response.reports().begin(), response.reports().end()};
  }

  static v1::Report VerifyOne(v1::Sample sample) {
    std::vector<v1::Report> reports = Verify({std::move(sample)});
    return reports.empty() ? v1::Report() : reports[0];
  }

  static Daemon* daemon_;
  static v1::Capabilities capabilities_;
};

Daemon* VerdictsTest::daemon_ = nullptr;
v1::Capabilities VerdictsTest::capabilities_;

constexpr char kPythonSum[] = "print(sum(map(int, input().split())))";
constexpr char kCSum[] =
    "#include <stdio.h>\n"
    "int main() { int a, b; scanf(\"%d %d\", &a, &b);"
    " printf(\"%d\\n\", a + b); return 0; }\n";
constexpr char kCppSum[] =
    "#include <iostream>\n"
    "int main() { int a, b; std::cin >> a >> b; std::cout << a + b; }\n";

TEST_F(VerdictsTest, CapabilitiesDescribeTheHost) {
  EXPECT_GE(capabilities_.languages_size(), 3);
  EXPECT_FALSE(capabilities_.enforcement().empty());
  EXPECT_EQ(capabilities_.code_lanes_count(), 2u);
  EXPECT_EQ(capabilities_.math_lanes_count(), 1u);
  EXPECT_GE(capabilities_.evaluators_size(), 1);
  EXPECT_GE(capabilities_.comparisons_size(), 1);
}

TEST_F(VerdictsTest, MathematicsIsRightAndWrong) {
  const auto reports = Verify({Math("a", "1/2", "0.5"), Math("b", "3", "4"),
                               Math("c", "\\frac{2}{4}", "\\frac{1}{2}")});
  EXPECT_EQ(reports[0].verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_EQ(reports[0].score(), 1.0);
  EXPECT_EQ(reports[1].verdict(), v1::VERDICT_WRONG_ANSWER);
  EXPECT_TRUE(reports[1].has_score());
  EXPECT_EQ(reports[1].score(), 0.0);
  EXPECT_EQ(reports[2].verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_TRUE(reports[0].has_math());
  EXPECT_NE(reports[0].math().proof(), v1::MathEvidence::PROOF_UNSPECIFIED);
}

TEST_F(VerdictsTest, EachLanguageIsRightAndWrong) {
  const std::pair<const char*, const char*> sums[] = {
      {"python", kPythonSum}, {"c", kCSum}, {"cpp", kCppSum}};
  int judged = 0;
  for (const auto& [language, program] : sums) {
    if (!Offers(language)) continue;
    ++judged;
    const auto reports =
        Verify({Stdio("right", language, program, "2 3\n", "5\n"),
                Stdio("wrong", language, program, "2 3\n", "6\n"),
                Stdio("broken", language, "int main( {", "", "1")});
    EXPECT_EQ(reports[0].verdict(), v1::VERDICT_ACCEPTED)
        << language << reports[0].ShortDebugString();
    EXPECT_TRUE(reports[0].code().tests(0).has_usage());
    EXPECT_EQ(reports[1].verdict(), v1::VERDICT_WRONG_ANSWER)
        << language << reports[1].ShortDebugString();
    EXPECT_THAT(reports[2].verdict(),
                AnyOf(v1::VERDICT_COMPILE_ERROR, v1::VERDICT_RUNTIME_ERROR))
        << language;
  }
  if (judged == 0) GTEST_SKIP() << "no language is available";
}

TEST_F(VerdictsTest, PythonCallsAndAsserts) {
  if (!Offers("python")) GTEST_SKIP() << "python is not available";
  const std::string right = "def f(x):\n    return [x, x * 2]\n";
  const std::string wrong = "def f(x):\n    return [x, x * 3]\n";
  const auto reports = Verify(
      {Call("1", right, "[4]", "[4, 8]"), Call("2", wrong, "[4]", "[4, 8]"),
       Asserts("3", right, "assert f(4) == [4, 8]\n"),
       Asserts("4", wrong, "assert f(4) == [4, 8]\n"),
       Asserts("5", right,
               "def check(candidate):\n"
               "    for i in range(3):\n"
               "        assert candidate(i) == [i, 2 * i]\n"
               "check(f)\n")});
  EXPECT_EQ(reports[0].verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_EQ(reports[1].verdict(), v1::VERDICT_WRONG_ANSWER);
  EXPECT_EQ(reports[2].verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_EQ(reports[3].verdict(), v1::VERDICT_WRONG_ANSWER);
  EXPECT_EQ(reports[4].verdict(), v1::VERDICT_ACCEPTED)
      << reports[4].ShortDebugString();
  EXPECT_EQ(reports[0].code().integrity(), v1::INTEGRITY_ISOLATED);
}

TEST_F(VerdictsTest, FaultsOfOneSampleAreItsOwn) {
  v1::Sample unknown = Stdio("u", "cobol", "x", "", "");
  v1::Sample empty = Stdio("e", "python", "x", "", "");
  empty.mutable_code()->mutable_stdio()->clear_tests();
  const auto reports = Verify({unknown, Math("m", "1", "1"), empty});
  EXPECT_THAT(reports[0].reason(), HasSubstr("unknown language \"cobol\""));
  EXPECT_EQ(reports[0].cause(), v1::CAUSE_INVALID_SAMPLE);
  EXPECT_EQ(reports[1].verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_THAT(reports[2].reason(), HasSubstr("zero tests"));
}

TEST_F(VerdictsTest, HostileSamplesGetVerdictsAndTheNextOneIsServed) {
  if (!Offers("python")) GTEST_SKIP() << "python is not available";
  const std::pair<const char*, const char*> hostile[] = {
      {"exits", "import os\nos._exit(0)"},
      {"forks", "import os\nwhile True:\n  os.fork()"},
      {"eats memory", "x = []\nwhile True: x.append(bytearray(1 << 20))"},
      {"spins", "while True: pass"},
      {"floods", "while True: print('x' * 10000)"},
      {"kills", "import os, signal\nos.kill(-1, 9)\nos.kill(os.getppid(), 9)"},
      {"closes",
       "import os\nfor fd in range(256):\n  try: os.close(fd)\n"
       "  except OSError: pass"},
      {"recurses",
       "def f(): f()\nimport sys\nsys.setrecursionlimit(10**9)\n"
       "f()"},
      {"not utf-8", "import sys\nsys.stdout.buffer.write(b'\\xff\\xfe')"},
  };
  std::vector<v1::Sample> samples;
  for (const auto& [name, program] : hostile) {
    v1::Sample sample = Stdio(name, "python", program, "", "42");
    sample.mutable_code()->mutable_limits()->set_time_limit_ms(1000);
    sample.mutable_code()->set_report_output(true);
    samples.push_back(std::move(sample));
  }
  for (const v1::Report& report : Verify(std::move(samples))) {
    EXPECT_NE(report.verdict(), v1::VERDICT_ACCEPTED) << report.id();
    EXPECT_NE(report.verdict(), v1::VERDICT_NO_VERDICT)
        << report.ShortDebugString();
    EXPECT_EQ(report.score(), 0.0) << report.id();
  }
  EXPECT_EQ(
      VerifyOne(Stdio("after", "python", kPythonSum, "2 3", "5")).verdict(),
      v1::VERDICT_ACCEPTED);
}

TEST_F(VerdictsTest, HostileMathematicsEndsToo) {
  std::string tower = "10";
  for (int i = 0; i < 50; ++i) tower = "10^{" + tower + "}";
  const auto reports = Verify({
      Math("tower", tower, "1"),
      Math("factorials", "9" + std::string(200, '!'), "1"),
      Math("deep", std::string(100'000, '('), "1"),
      Math("digits", std::string(2'000'000, '7'), "1"),
      Math("after", "2", "2"),
  });
  for (int i = 0; i < 4; ++i) {
    EXPECT_NE(reports[i].verdict(), v1::VERDICT_ACCEPTED) << reports[i].id();
    EXPECT_NE(reports[i].verdict(), v1::VERDICT_NO_VERDICT)
        << reports[i].id() << reports[i].reason();
  }
  EXPECT_EQ(reports[4].verdict(), v1::VERDICT_ACCEPTED);
}

TEST_F(VerdictsTest, PackedPairsGetWhatSamplesGet) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"\\frac{1}{2}", "0.5"},
      {"(x+1)^2", "x^2+2x+1"},
      {"7", "8"},
      {"\\frac{", "1"},
      {"3", ""},
      {"2^{64}", "2^{64}-1"},
      {"\\pi", "3.14"}};
  v1::VerifyPairsRequest request;
  std::vector<v1::Sample> samples;
  for (const auto& [gold, answer] : pairs) {
    request.mutable_golds()->append(gold);
    request.add_gold_sizes_bytes(static_cast<uint32_t>(gold.size()));
    request.mutable_answers()->append(answer);
    request.add_answer_sizes_bytes(static_cast<uint32_t>(answer.size()));
    samples.push_back(Math("m", answer, gold));
  }
  grpc::ClientContext context;
  v1::VerifyPairsResponse response;
  const grpc::Status status =
      daemon_->NewStub()->VerifyPairs(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const std::vector<v1::Report> reports = Verify(samples);
  ASSERT_EQ(response.verdicts().size(), pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    EXPECT_EQ(response.verdicts()[i], reports[i].verdict()) << pairs[i].first;
    EXPECT_EQ(response.causes()[i], reports[i].cause()) << pairs[i].first;
    EXPECT_EQ(response.proofs()[i], reports[i].math().proof())
        << pairs[i].first;
  }
}

}  // namespace
}  // namespace assay
