// Inputs that mean to crash, hang or slip through: always a verdict, and
// bounded work.
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/math/judged.h"
#include "verifier/math/exact.h"

namespace assay::math {
namespace {

// A budget may be overdrawn by the last operation.
constexpr uint64_t kOperationsMost = 3 * Budget::kOperationsMax;

std::string Repeat(const std::string& s, int n) {
  std::string r;
  for (int i = 0; i < n; ++i) r += s;
  return r;
}

void ExpectJudged(const std::string& gold, const std::string& answer) {
  const Judged j = JudgePair(gold, answer);
  EXPECT_NE(j.report.verdict, Verdict::kUnspecified);
  EXPECT_NE(j.report.verdict, Verdict::kAccepted) << answer.substr(0, 80);
  EXPECT_LT(j.evidence().operations_count, kOperationsMost)
      << answer.substr(0, 80);
  // What the candidate writes never makes it our fault.
  EXPECT_NE(j.report.verdict, Verdict::kNoVerdict) << answer.substr(0, 80);
}

TEST(HostileTest, GiantsAndNests) {
  for (const std::string& answer : std::vector<std::string>{
           std::string("10^{10^{10}}"),
           std::string("9^{9^{9^{9}}}"),
           std::string("((((9!)!)!)!)!"),
           std::string("2^{-10^{10}}"),
           std::string("e^{e^{e^{e^{e^{10}}}}}"),
           std::string(R"(\sin(10^{10^{10}}))"),
           std::string(R"(\prod_{k=1}^{10^{9}} k)"),
           std::string(R"(\sum_{k=1}^{10^9} \sin k)"),
           std::string(R"(\sum_{a=1}^{200}\sum_{b=1}^{200}\sum_{c=1}^{200})") +
               "abc",
           Repeat("(", 5000) + "1" + Repeat(")", 5000),
           Repeat("-", 5000) + "1",
           Repeat(R"(\sqrt{)", 3000) + "2" + Repeat("}", 3000),
           Repeat(R"(\frac{1}{1+)", 150) + "1" + Repeat("}", 150),
           "(x+y+z)^{200}",
           "(" + Repeat("x+", 3000) + "1)^{100}",
           Repeat("7", 60000),
           "0." + Repeat("3", 60000),
           "x^{99999999999999999999}",
           "1e999999999",
           "1e-999999999999999999999",
           Repeat("1,", 9000) + "1",
           "{" + Repeat("(1,2),", 4000) + "(1,2)}",
           Repeat("x_{1}+", 4000) + "1",
           std::string("\0\0\0", 3),
           std::string("\xff\xfe\x80"),
           std::string(R"(\u0000\x00)"),
           std::string("}{}{}{"),
           std::string(R"(\frac{}{})"),
           std::string(R"(\pm\pm\pm\pm\pm 1)"),
       }) {
    ExpectJudged("5", answer);
    ExpectJudged("x+1", answer);
    ExpectJudged("[0, 1)", answer);
  }
}

TEST(HostileTest, ThousandVariables) {
  std::string sum, other;
  for (int i = 0; i < 1000; ++i) {
    sum += (i == 0 ? "" : "+") + ("v_{" + std::to_string(i) + "}");
    other = "v_{" + std::to_string(i) + "}" + (i == 0 ? "" : "+") + other;
  }
  EXPECT_EQ(JudgePair(sum, sum + "+0").report.verdict, Verdict::kAccepted);
  EXPECT_EQ(JudgePair(sum, other).report.verdict, Verdict::kAccepted);
  EXPECT_NE(JudgePair(sum, sum + "+1").report.verdict, Verdict::kAccepted);
}

TEST(HostileTest, MegabytesOfText) {
  for (const std::string& text : std::vector<std::string>{
           Repeat("lorem ipsum ", 100'000), Repeat("$", 1'000'000),
           Repeat("\\boxed{", 150'000), Repeat("{", 1'000'000),
           Repeat("1+", 500'000), Repeat("\\", 1'000'000)}) {
    ExpectJudged("5", text);
    MathSample task;
    task.golds = {"5"};
    task.is_response = true;
    task.candidate = text + "\nThe answer is \\boxed{5}.";
    EXPECT_NE(JudgeTask(task).report.verdict, Verdict::kNoVerdict);
  }
}

TEST(HostileTest, NearMissesAreNotAccepted) {
  const std::pair<const char*, const char*> kPairs[] = {
      {R"(e^{\pi\sqrt{163}})", "262537412640768744"},
      {R"(\sqrt{10^{30}+1})", "10^{15}"},
      {"10^{100}", "10^{100}+1"},
      {R"(\frac{1}{2004!})", R"(\frac{1}{2005!})"},
      {R"(\frac13)", "0.3333333333333333"},
      {R"(\pi)", R"(\frac{355}{113})"},
      {R"(\pi)", "3.14159265358979323846264338327950288"},
      {R"(x)", R"(x+10^{-40})"},
      {R"(\sin x)", R"(x-\frac{x^3}{6})"},
      {R"(\sqrt{x^2})", "x"},
      {R"(\lfloor x \rfloor)", R"(x-\frac12)"},
      {"1", R"(\frac{0}{0})"},
      {"x^{2305843009213693951}", "x"},
      {"0", R"(e^{-10^{6}})"},
      {"0", R"(\sin(\pi+10^{-50}))"},
  };
  // A rounded gold takes what it may be rounded from, unless told otherwise.
  MathPolicy exact;
  exact.exact_decimals = true;
  for (const auto& [gold, answer] : kPairs) {
    EXPECT_NE(JudgePair(gold, answer).report.verdict, Verdict::kAccepted)
        << gold << " and " << answer;
    EXPECT_NE(JudgePair(answer, gold, exact).report.verdict, Verdict::kAccepted)
        << answer << " and " << gold;
  }
}

TEST(HostileTest, FaultsGoToWhomTheyBelong) {
  MathSample none;
  none.candidate = "5";
  EXPECT_EQ(JudgeTask(none).report.cause, Cause::kInvalidSample);
  EXPECT_EQ(JudgePair("", "5").report.cause, Cause::kInvalidGold);
  EXPECT_EQ(JudgePair(R"(\frac{1}{)", "5").report.cause, Cause::kInvalidGold);
  EXPECT_EQ(JudgePair("5", "").report.verdict, Verdict::kNoAnswer);
  EXPECT_EQ(JudgePair("5", R"(\frac{1}{)").report.verdict, Verdict::kNoAnswer);
  MathSample several;
  several.golds = {"1", R"(\frac{1}{)", "5"};
  several.candidate = "5";
  EXPECT_EQ(JudgeTask(several).report.verdict, Verdict::kAccepted);
  several.golds = std::vector<std::string>(17, "5");
  EXPECT_EQ(JudgeTask(several).report.cause, Cause::kInvalidSample);
}

TEST(HostileTest, CancelledMeansNoVerdict) {
  auto judge = MakeMathJudge(TestWorld());
  Sample sample;
  MathSample task;
  task.golds = {"5"};
  task.candidate = "5";
  sample.task = task;
  const Report r = judge->Verify(sample, std::atomic<bool>{true});
  EXPECT_EQ(r.cause, Cause::kCancelled);
  EXPECT_FALSE(r.score.has_value());
}

TEST(HostileTest, SeededNoise) {
  const char* kPieces[] = {"x",
                           "1",
                           "2",
                           "+",
                           "-",
                           "\\cdot",
                           "^",
                           "{",
                           "}",
                           "(",
                           ")",
                           "\\frac",
                           "\\sqrt",
                           ",",
                           "=",
                           "<",
                           "\\pi",
                           "!",
                           "\\sum_{k=1}^{5}",
                           "[",
                           "]",
                           "\\pm",
                           "|",
                           "\\infty",
                           "%",
                           "^\\circ",
                           "\\cup",
                           "\\{",
                           "\\}",
                           "e",
                           "i",
                           "\\text{cm}",
                           "0.5",
                           ":",
                           "\\in",
                           "\\mathbb{Z}",
                           "\\log_2",
                           "\\sin"};
  std::mt19937 rng(7);
  for (int i = 0; i < 20000; ++i) {
    std::string gold, answer;
    for (std::string* s : {&gold, &answer}) {
      const int n = 1 + static_cast<int>(rng() % 9);
      for (int k = 0; k < n; ++k) *s += kPieces[rng() % std::size(kPieces)];
    }
    const Judged j = JudgePair(gold, answer);
    ASSERT_NE(j.report.verdict, Verdict::kUnspecified);
    ASSERT_LT(j.evidence().operations_count, kOperationsMost)
        << gold << " and " << answer;
    if (j.report.verdict == Verdict::kAccepted ||
        j.report.verdict == Verdict::kWrongAnswer) {
      // Never accepted one way and proved different the other, but for
      // rounding, which looks at the gold alone.
      const Judged back = JudgePair(answer, gold);
      const bool both = (j.report.verdict == Verdict::kAccepted) ==
                        (back.report.verdict == Verdict::kAccepted);
      EXPECT_TRUE(both || back.report.verdict == Verdict::kNoVerdict ||
                  back.report.verdict == Verdict::kNoAnswer)
          << gold << " and " << answer;
    }
  }
}

}  // namespace
}  // namespace assay::math
