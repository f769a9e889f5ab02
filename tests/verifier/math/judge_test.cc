// The judge's own duties: choices, several golds, evidence, explanations, and
// verdicts that depend on no secret.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/math/judged.h"

namespace assay::math {
namespace {

using testing::Contains;
using testing::HasSubstr;

TEST(JudgeTest, ChoicesByLetterOrByOption) {
  MathSample task;
  task.options = {"a circle", "an ellipse", "a line"};
  task.golds = {"B"};
  for (const char* right :
       {"B", "(B)", "B. an ellipse", "ellipse", R"(\text{B})"}) {
    task.candidate = right;
    EXPECT_EQ(JudgeTask(task).report.verdict, Verdict::kAccepted) << right;
  }
  for (const char* wrong : {"A", "(C)", "a circle", "a square"}) {
    task.candidate = wrong;
    EXPECT_EQ(JudgeTask(task).report.verdict, Verdict::kWrongAnswer) << wrong;
  }
}

TEST(JudgeTest, AnyOfSeveralGolds) {
  MathSample task;
  task.golds = {"1", "2", "x+1"};
  task.candidate = "1+x";
  const Judged j = JudgeTask(task);
  EXPECT_EQ(j.report.verdict, Verdict::kAccepted);
  EXPECT_EQ(j.evidence().gold_text, "x+1");
  task.candidate = "7";
  EXPECT_EQ(JudgeTask(task).report.verdict, Verdict::kWrongAnswer);
}

TEST(JudgeTest, EvidenceNamesTheSpanOfTheAnswer) {
  MathSample task;
  task.golds = {"42"};
  task.is_response = true;
  task.candidate = R"(We find that it is \boxed{42}.)";
  const Judged j = JudgeTask(task);
  EXPECT_EQ(j.report.verdict, Verdict::kAccepted);
  EXPECT_EQ(j.evidence().answer_mark, "boxed");
  EXPECT_EQ(j.evidence().answer_text, "42");
  EXPECT_LT(j.evidence().answer_begin_bytes, j.evidence().answer_end_bytes);
  EXPECT_LE(j.evidence().answer_end_bytes, task.candidate.size());
}

TEST(JudgeTest, ExplainsOnlyWhenAsked) {
  MathSample task;
  task.golds = {"(x+1)^2"};
  task.candidate = "x^2+2x+1";
  EXPECT_TRUE(JudgeTask(task).report.explanation.empty());
  const Judged j = JudgeTask(task, /*explain=*/true);
  EXPECT_THAT(j.report.explanation, Contains(HasSubstr("gold reads")));
  EXPECT_THAT(j.report.explanation, Contains(HasSubstr("answer reads")));
  EXPECT_THAT(j.report.explanation, Contains(HasSubstr("residue    match")));
  EXPECT_THAT(j.report.explanation, Contains(HasSubstr("equal, RESIDUE")));
}

TEST(JudgeTest, NoVerdictDependsOnTheSecret) {
  const std::pair<const char*, const char*> kPairs[] = {
      {"x", R"(\sqrt{x^2})"},
      {R"(|xy|)", "xy"},
      {R"(x\sqrt{y^2})", "xy"},
      {R"(2\arcsin\sqrt a)", R"(\arccos(1-3a))"},
      {R"(2\arcsin\sqrt a)", R"(\arccos(1-2a))"},
      {R"(\ln(x^2))", R"(2\ln x)"},
      {R"((x+y)^{20})", R"((x^2+2xy+y^2)^{10})"},
      {R"(\lfloor x\rfloor)", "x"},
      {R"(\sqrt{1-x^2-y^2}+1)", R"(1+\sqrt{1-y^2-x^2})"},
      {R"(\sin 2x)", R"(2\sin x\cos x)"},
  };
  for (const auto& [gold, answer] : kPairs) {
    const Verdict expected = JudgePair(gold, answer).report.verdict;
    for (int i = 0; i < 12; ++i) {
      auto world = MakeMathWorld(
          MathOptions{"another secret, number " + std::to_string(i)});
      ASSERT_TRUE(world.ok());
      auto judge = MakeMathJudge(*world);
      Sample sample;
      MathSample task;
      task.golds = {gold};
      task.candidate = answer;
      sample.task = std::move(task);
      EXPECT_EQ(judge->Verify(sample, std::atomic<bool>{false}).verdict,
                expected)
          << gold << " and " << answer << ", secret " << i;
    }
  }
}

TEST(JudgeTest, ShortSecretsAreRefused) {
  EXPECT_FALSE(MakeMathWorld(MathOptions{"short"}).ok());
  EXPECT_TRUE(MakeMathWorld(MathOptions()).ok());
  EXPECT_THAT(Evaluators(*TestWorld()), Contains("host"));
}

}  // namespace
}  // namespace assay::math
