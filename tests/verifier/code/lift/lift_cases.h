// A table of solutions and tests of one language, with the verdict and the
// way that each must have.
//
//   INSTANTIATE_TEST_SUITE_P(Go, Lifts, ::testing::ValuesIn(Cases()), Named);
//
// SKIPPED where the toolchain or the sandbox is absent.
#ifndef TESTS_VERIFIER_CODE_LIFT_LIFT_CASES_H_
#define TESTS_VERIFIER_CODE_LIFT_LIFT_CASES_H_

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "absl/time/time.h"
#include "tests/verifier/code/judging.h"
#include "verifier/code/code_judge.h"

namespace assay::code {

enum class Lift { kYes, kNo };  // Judged ISOLATED, or joined.

struct LiftCase {
  const char* language;
  const char* name;
  const char* solution;
  const char* tests;
  Verdict verdict = Verdict::kAccepted;
  Lift lift = Lift::kYes;
};

inline void PrintTo(const LiftCase& c, std::ostream* out) { *out << c.name; }

inline std::string Named(const ::testing::TestParamInfo<LiftCase>& info) {
  return info.param.name;
}

// Why the language cannot be tested here; empty: it can.
inline std::string Unavailable(const std::string& language) {
  Judging& judging = Judging::Get();
  if (!judging.boxed()) return "no sandbox here";
  for (const LanguageStatus& status : Languages(judging.world())) {
    if (status.name == language) {
      return status.available ? "" : status.unavailable_reason;
    }
  }
  return "no row for " + language;
}

inline Report JudgeCase(const LiftCase& c) {
  CodeSample code;
  code.language = c.language;
  code.program = c.solution;
  code.tests = AssertTests{c.tests, ""};
  code.limits = ShortLimits();
  // A runtime's own start must never decide where time is not the question.
  if (c.verdict != Verdict::kTimeLimit) code.limits.time = absl::Seconds(10);
  code.limits.memory_bytes = int64_t{512} << 20;
  Sample sample;
  sample.id = c.name;
  sample.task = std::move(code);
  sample.explain = true;
  return Judging::Get().Verify(sample);
}

class Lifts : public ::testing::TestWithParam<LiftCase> {};

TEST_P(Lifts, AsItShould) {
  const LiftCase& c = GetParam();
  const std::string why = Unavailable(c.language);
  if (!why.empty()) GTEST_SKIP() << why;
  const Report report = JudgeCase(c);
  std::string said = report.reason;
  for (const std::string& line : report.explanation) said += "\n" + line;
  EXPECT_EQ(Name(report.verdict), Name(c.verdict)) << said;
  const bool lifted = EvidenceOf(report).way == CodeEvidence::Way::kExaminer;
  EXPECT_EQ(lifted, c.lift == Lift::kYes) << said;
  if (lifted) {
    EXPECT_EQ(EvidenceOf(report).integrity, Integrity::kIsolated);
  }
}

}  // namespace assay::code

#endif  // TESTS_VERIFIER_CODE_LIFT_LIFT_CASES_H_
