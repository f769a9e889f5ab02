#include "verifier/verdict.h"

#include <set>
#include <string>

#include "gtest/gtest.h"
#include "verifier/report.h"

namespace assay {
namespace {

struct Row {
  Verdict verdict;
  const char* name;
  const char* code;
  bool has_score;
};

constexpr Row kRows[] = {
    {Verdict::kUnspecified, "UNSPECIFIED", "--", false},
    {Verdict::kAccepted, "ACCEPTED", "AC", true},
    {Verdict::kWrongAnswer, "WRONG_ANSWER", "WA", true},
    {Verdict::kNoAnswer, "NO_ANSWER", "NA", true},
    {Verdict::kCompileError, "COMPILE_ERROR", "CE", true},
    {Verdict::kRuntimeError, "RUNTIME_ERROR", "RE", true},
    {Verdict::kTimeLimit, "TIME_LIMIT", "TL", true},
    {Verdict::kMemoryLimit, "MEMORY_LIMIT", "ML", true},
    {Verdict::kOutputLimit, "OUTPUT_LIMIT", "OL", true},
    {Verdict::kSecurityViolation, "SECURITY_VIOLATION", "SV", true},
    {Verdict::kUndecided, "UNDECIDED", "UD", false},
    {Verdict::kNoVerdict, "NO_VERDICT", "NV", false},
};

TEST(VerdictTest, NamesAndCodesAreTheFields) {
  for (const Row& row : kRows) {
    EXPECT_EQ(Name(row.verdict), row.name);
    EXPECT_EQ(Code(row.verdict), row.code);
    EXPECT_EQ(HasScore(row.verdict), row.has_score) << row.name;
  }
}

TEST(VerdictTest, OnlyHostAndBrokerAreRetried) {
  for (int i = 0; i <= static_cast<int>(Cause::kCancelled); ++i) {
    const Cause cause = static_cast<Cause>(i);
    EXPECT_EQ(IsRetried(cause),
              cause == Cause::kHost || cause == Cause::kBroker)
        << Name(cause);
  }
}

TEST(VerdictTest, CausesHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(Cause::kCancelled); ++i) {
    names.insert(std::string(Name(static_cast<Cause>(i))));
  }
  EXPECT_EQ(names.size(), static_cast<size_t>(Cause::kCancelled) + 1);
}

TEST(ReportTest, ScoreIsThereOnlyWhereTheVerdictHasOne) {
  for (const Row& row : kRows) {
    if (row.verdict == Verdict::kNoVerdict) continue;
    Report report;
    report.score = 0.5;
    report.Decide(row.verdict, "why");
    EXPECT_EQ(report.score.has_value(), row.has_score) << row.name;
    if (row.has_score) {
      EXPECT_EQ(*report.score, row.verdict == Verdict::kAccepted ? 1 : 0);
    }
  }
}

TEST(ReportTest, RefuseTakesTheScoreAway) {
  Report report;
  report.Decide(Verdict::kAccepted, "");
  report.Refuse(Cause::kHost, "launcher died");
  EXPECT_EQ(report.verdict, Verdict::kNoVerdict);
  EXPECT_EQ(report.cause, Cause::kHost);
  EXPECT_FALSE(report.score.has_value());
}

TEST(ReportTest, EchoesTheSample) {
  Sample sample;
  sample.id = std::string("a\0b", 3);
  sample.ordinal = 7;
  sample.problem = "p";
  sample.source = "s";
  sample.labels = {{"k", "v"}};
  const Report report = Report::For(sample);
  EXPECT_EQ(report.id, sample.id);
  EXPECT_EQ(report.ordinal, 7u);
  EXPECT_EQ(report.problem, "p");
  EXPECT_EQ(report.source, "s");
  EXPECT_EQ(report.labels, sample.labels);
  EXPECT_EQ(report.verdict, Verdict::kUnspecified);
}

}  // namespace
}  // namespace assay
