// A sample of labelled cases, where they are at hand; judge_cases measures
// them all.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/verifier/code/case_rows.h"
#include "tests/verifier/code/judging.h"

namespace assay::code {
namespace {

// Few enough for a test run; a prime, so that no family is left out.
constexpr size_t kStride = 37;

void Check(const char* file, const char* language, size_t stride) {
  const std::vector<CaseRow> rows = ReadCases(CasesFolder() + "/" + file);
  if (rows.empty()) GTEST_SKIP() << "no " << file << " in ASSAY_CASES";
  Judging& judging = Judging::Get();
  if (!judging.boxed()) GTEST_SKIP() << "no sandbox here";
  size_t seen = 0, count = 0, agree = 0;
  for (const CaseRow& row : rows) {
    if (row.language != language || seen++ % stride != 0) continue;
    const Report report = judging.Verify(row.sample);
    const bool accepted = report.verdict == Verdict::kAccepted;
    const bool attack = row.expected.empty();
    if (!attack) {
      EXPECT_FALSE(accepted && !row.expects_pass) << row.sample.id;
    }
    ++count;
    agree += attack ? IsAcceptable(row, report.verdict)
                    : accepted == row.expects_pass &&
                          report.verdict != Verdict::kNoVerdict;
  }
  EXPECT_GE(static_cast<double>(agree), 0.98 * static_cast<double>(count));
}

TEST(Cases, Python) { Check("code_cases_dev.jsonl", "python", kStride); }
TEST(Cases, C) { Check("code_cases_dev.jsonl", "c", kStride); }
TEST(Cases, Cpp) { Check("code_cases_dev.jsonl", "cpp", 2 * kStride + 1); }
TEST(Cases, PythonAttacks) { Check("attacks_dev.jsonl", "python", 1); }

}  // namespace
}  // namespace assay::code
