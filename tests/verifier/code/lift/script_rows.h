// Rows of solution, tests and verdict for languages that are read as they run.
#ifndef TESTS_VERIFIER_CODE_LIFT_SCRIPT_ROWS_H_
#define TESTS_VERIFIER_CODE_LIFT_SCRIPT_ROWS_H_

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "tests/verifier/code/judging.h"

namespace assay::code {

struct ScriptRow {
  const char* name;
  const char* solution;
  const char* tests;
  Verdict verdict;
};

inline void PrintTo(const ScriptRow& row, std::ostream* out) {
  *out << row.name;
}

inline std::string NameOf(const ::testing::TestParamInfo<ScriptRow>& info) {
  return info.param.name;
}

inline constexpr Verdict kPass = Verdict::kAccepted;
inline constexpr Verdict kWrong = Verdict::kWrongAnswer;
inline constexpr Verdict kRaise = Verdict::kRuntimeError;
inline constexpr Verdict kBuild = Verdict::kCompileError;

// Whether this host has the language's toolchain.
inline bool Offered(const std::string& language) {
  for (const LanguageStatus& status : Languages(Judging::Get().world())) {
    if (status.name == language) return status.available;
  }
  return false;
}

// Judges a row, which must be ISOLATED.
inline void JudgeRow(const char* language, const ScriptRow& row,
                     const char* entry = "") {
  if (!Offered(language)) GTEST_SKIP() << "no toolchain for " << language;
  const Report report =
      Judging::Get().Asserts(language, row.solution, row.tests, entry);
  EXPECT_EQ(Name(report.verdict), Name(row.verdict)) << report.reason;
  EXPECT_EQ(EvidenceOf(report).integrity, Integrity::kIsolated);
}

}  // namespace assay::code

#endif  // TESTS_VERIFIER_CODE_LIFT_SCRIPT_ROWS_H_
