#include "clients/cli/yield.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/yield_html.h"

namespace assay::cli {
namespace {

ReportLine Line(v1::Verdict verdict, const std::string& problem = "",
                const std::string& expected = "") {
  ReportLine line;
  line.id = "id";
  line.verdict = verdict;
  line.problem = problem;
  if (!expected.empty()) line.labels["expected"] = expected;
  return line;
}

TEST(Wilson, PublishedValues) {
  struct {
    uint64_t accepted;
    uint64_t n;
    double low;
    double high;
  } const kRows[] = {{95, 100, 0.888, 0.978},
                     {380, 400, 0.924, 0.967},
                     {950, 1000, 0.935, 0.962},
                     {0, 300, 0.0, 0.013}};
  for (const auto& row : kRows) {
    const Interval interval = Wilson(row.accepted, row.n);
    EXPECT_NEAR(interval.low, row.low, 6e-4) << row.n;
    EXPECT_NEAR(interval.high, row.high, 6e-4) << row.n;
  }
  EXPECT_EQ(Wilson(0, 0).low, 0);
  EXPECT_EQ(Wilson(0, 0).high, 1);
}

TEST(Wilson, HoldsTheShareAndStaysInsideTheUnit) {
  for (uint64_t n = 1; n <= 60; ++n) {
    for (uint64_t c = 0; c <= n; ++c) {
      const Interval interval = Wilson(c, n);
      const double share = static_cast<double>(c) / static_cast<double>(n);
      EXPECT_LE(interval.low, share + 1e-12);
      EXPECT_GE(interval.high, share - 1e-12);
      EXPECT_GE(interval.low, 0);
      EXPECT_LE(interval.high, 1);
    }
  }
}

// By counting every k-subset of n candidates, of which the first c are right.
double PassByCounting(int n, int c, int k) {
  int all = 0;
  int some = 0;
  for (unsigned subset = 0; subset < (1u << n); ++subset) {
    if (__builtin_popcount(subset) != k) continue;
    ++all;
    if ((subset & ((1u << c) - 1)) != 0) ++some;
  }
  return static_cast<double>(some) / all;
}

TEST(PassAtK, EqualsCounting) {
  for (int n = 1; n <= 10; ++n) {
    for (int c = 0; c <= n; ++c) {
      for (int k = 1; k <= n; ++k) {
        EXPECT_NEAR(PassAtK(n, c, k), PassByCounting(n, c, k), 1e-12)
            << n << " " << c << " " << k;
      }
    }
  }
}

TEST(Yield, CountsUndecidedAndNoVerdictApart) {
  Yield yield;
  yield.Add("a", Line(v1::VERDICT_ACCEPTED));
  yield.Add("a", Line(v1::VERDICT_WRONG_ANSWER));
  yield.Add("a", Line(v1::VERDICT_UNDECIDED));
  ReportLine none = Line(v1::VERDICT_NO_VERDICT);
  none.cause = v1::CAUSE_INVALID_GOLD;
  yield.Add("b", none);
  EXPECT_EQ(yield.total().samples_count(), 4u);
  EXPECT_EQ(yield.total().judged_count(), 2u);
  EXPECT_DOUBLE_EQ(yield.total().Share(), 0.5);
  EXPECT_EQ(yield.groups().at("b").judged_count(), 0u);
  EXPECT_EQ(yield.groups().at("b").Share(), 0);
  EXPECT_EQ(yield.causes().at("INVALID_GOLD"), 1u);
}

TEST(Yield, MeansPassAtKOverProblemsWithEnoughCandidates) {
  Yield yield;
  for (int i = 0; i < 4; ++i) {
    yield.Add("", Line(i == 0 ? v1::VERDICT_ACCEPTED : v1::VERDICT_WRONG_ANSWER,
                       "four"));
  }
  yield.Add("", Line(v1::VERDICT_ACCEPTED, "one"));
  EXPECT_DOUBLE_EQ(yield.PassAt(1).mean, (0.25 + 1) / 2);
  EXPECT_EQ(yield.PassAt(2).problems_count, 1u);
  EXPECT_DOUBLE_EQ(yield.PassAt(2).mean, 0.5);
  EXPECT_EQ(yield.PassAt(8).problems_count, 0u);
}

TEST(Yield, TellsDisagreementByItsDirection) {
  Yield yield;
  yield.Add("", Line(v1::VERDICT_ACCEPTED, "", "PASS"));
  yield.Add("", Line(v1::VERDICT_ACCEPTED, "", "FAIL"));
  yield.Add("", Line(v1::VERDICT_WRONG_ANSWER, "", "PASS"));
  yield.Add("", Line(v1::VERDICT_WRONG_ANSWER, "", "TLE"));
  yield.Add("", Line(v1::VERDICT_UNDECIDED, "", "PASS"));
  yield.Add("", Line(v1::VERDICT_ACCEPTED, "", "what?"));
  ReportLine lenient = Line(v1::VERDICT_RUNTIME_ERROR, "", "TLE");
  lenient.labels["acceptable"] = "TLE|FAIL";
  yield.Add("", lenient);
  const Agreement& agreement = yield.agreement();
  EXPECT_EQ(agreement.labelled_count, 6u);
  EXPECT_EQ(agreement.agree_count, 2u);
  EXPECT_EQ(agreement.wrongly_accepted_count, 1u);
  EXPECT_EQ(agreement.wrongly_refused_count, 1u);
  EXPECT_EQ(agreement.other_count, 1u);
  EXPECT_EQ(agreement.unjudged_count, 1u);
  EXPECT_EQ(agreement.told.size(), 4u);
}

TEST(ReportLine, ReadsWhatOthersWrite) {
  const auto line = ParseReportLine(
      R"({"id":"a","verdict":"WRONG_ANSWER","score":0,"new_field":[1],)"
      R"("labels":{"x":"y"},"code":{"integrity":"INTEGRITY_SHARED",)"
      R"("compile":{"cpu_ms":5},"tests":[{"usage":{"cpu_ms":2.5}},{}]}})");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->verdict, v1::VERDICT_WRONG_ANSWER);
  EXPECT_EQ(line->score, 0);
  EXPECT_EQ(line->labels.at("x"), "y");
  EXPECT_DOUBLE_EQ(line->cpu_ms, 7.5);
  EXPECT_TRUE(line->shared_integrity);
  for (const char* bad : {"", "[]", "{}", "{\"verdict\":3}", "{\"verdict\"",
                          "{\"verdict\":\"PASSED\"}"}) {
    EXPECT_FALSE(ParseReportLine(bad)) << bad;
  }
}

TEST(YieldHtml, EscapesWhatSamplesWrote) {
  Yield yield;
  yield.Add("<script>&\"", Line(v1::VERDICT_ACCEPTED));
  const std::string page = YieldHtml(yield, "source");
  EXPECT_THAT(page, testing::Not(testing::HasSubstr("<script>")));
  EXPECT_THAT(page, testing::HasSubstr("&lt;script&gt;&amp;&quot;"));
}

}  // namespace
}  // namespace assay::cli
