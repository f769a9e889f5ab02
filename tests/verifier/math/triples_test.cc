// Every triple comes out as it says, exchanged too.
#include "tests/verifier/math/triples.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/verifier/math/judged.h"

namespace assay::math {
namespace {

char Outcome(const Judged& j) {
  switch (j.report.verdict) {
    case Verdict::kAccepted:
      return '=';
    case Verdict::kWrongAnswer:
      return '#';
    case Verdict::kUndecided:
      return '?';
    default:
      return '!';
  }
}

std::string Where(const Triple& t, const Judged& j) {
  return t.file + ":" + std::to_string(t.line) + "  " + t.gold + "  |  " +
         t.answer + "  (" + j.report.reason + ", rung " + j.evidence().rung +
         ")";
}

TEST(Triples, AreManyAndOfManyFeatures) {
  EXPECT_GE(ReadTriples().size(), 1900u);
}

TEST(Triples, ComeOutAsTheySay) {
  for (const Triple& t : ReadTriples()) {
    const Judged j = JudgePair(t.gold, t.answer);
    const char outcome = Outcome(j);
    if (t.expected == '?') {
      EXPECT_TRUE(outcome == '?' || outcome == '#') << Where(t, j);
    } else if (t.expected == '>') {
      EXPECT_EQ(outcome, '=') << Where(t, j);
    } else if (t.expected == '<') {
      EXPECT_EQ(outcome, '#') << Where(t, j);
    } else {
      EXPECT_EQ(std::string(1, outcome), std::string(1, t.expected))
          << Where(t, j);
    }
  }
}

TEST(Triples, ComeOutAlikeExchanged) {
  for (const Triple& t : ReadTriples()) {
    if (t.expected == '!') continue;
    const Judged j = JudgePair(t.answer, t.gold);
    const bool equal = Outcome(j) == '=';
    EXPECT_EQ(equal, t.expected == '=' || t.expected == '<')
        << "exchanged: " << Where(t, j);
  }
}

// Every side is equal to itself, and explaining changes nothing.
TEST(Triples, EverySideIsItself) {
  for (const Triple& t : ReadTriples()) {
    if (t.gold.empty()) continue;
    EXPECT_EQ(Outcome(JudgePair(t.gold, t.gold)), '=') << t.gold;
    MathSample task;
    task.golds = {t.gold};
    task.candidate = t.answer;
    EXPECT_EQ(Outcome(JudgeTask(task, true)), Outcome(JudgeTask(task, false)))
        << t.gold << " | " << t.answer;
  }
}

}  // namespace
}  // namespace assay::math
