// The labelled rows, as rates; judge_math_cases prints the rows themselves.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/verifier/math/case_rows.h"
#include "tests/verifier/math/judged.h"
#include "verifier/math/world.h"

namespace assay::math {
namespace {

struct Rates {
  double agree = 0;
  double wrong_accepted = 0;
};

Rates Judge(const std::vector<CaseRow>& rows) {
  Rates rates;
  for (const CaseRow& row : rows) {
    const Judged j = JudgeTask(std::get<MathSample>(row.sample.task));
    const bool accepted = j.report.verdict == Verdict::kAccepted;
    const bool rejected = j.report.verdict == Verdict::kWrongAnswer ||
                          j.report.verdict == Verdict::kNoAnswer;
    rates.agree += (row.expected ? accepted : rejected) ? 1.0 : 0.0;
    rates.wrong_accepted += accepted && !row.expected ? 1.0 : 0.0;
  }
  rates.agree /= static_cast<double>(rows.size());
  rates.wrong_accepted /= static_cast<double>(rows.size());
  return rates;
}

TEST(CasesTest, AgreesWithTheLabels) {
  const std::string path = CasesFolder() + "/math_cases_dev.jsonl";
  const std::vector<CaseRow> rows = ReadCases(path);
  if (rows.empty()) GTEST_SKIP() << "no rows: set ASSAY_CASES to their folder";
  const Rates rates = Judge(rows);
  EXPECT_GE(rates.agree, 0.98);
  EXPECT_LE(rates.wrong_accepted, 0.002);
}

TEST(CasesTest, AgreesWithTheLabelsOfModelOutputs) {
  const std::string path = CasesFolder() + "/math_model_outputs_dev.jsonl";
  const std::vector<CaseRow> rows = ReadModelOutputs(path);
  if (rows.empty()) GTEST_SKIP() << "no rows: set ASSAY_CASES to their folder";
  const Rates rates = Judge(rows);
  EXPECT_GE(rates.agree, 0.995);
  EXPECT_LE(rates.wrong_accepted, 0.002);
}

TEST(CasesTest, RungsNeverContradict) {
  const std::vector<CaseRow> rows =
      ReadCases(CasesFolder() + "/math_cases_dev.jsonl");
  if (rows.empty()) GTEST_SKIP() << "no rows: set ASSAY_CASES to their folder";
  Judge(rows);
  EXPECT_EQ(ContradictionsCount().load(), 0u);
}

}  // namespace
}  // namespace assay::math
