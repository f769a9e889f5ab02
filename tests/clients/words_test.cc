#include "clients/cli/words.h"

#include <gtest/gtest.h>

namespace assay::cli {
namespace {

TEST(Words, EveryVerdictReadsBackFromItsNameAndItsLetters) {
  for (int i = 1; i <= 11; ++i) {
    const auto verdict = static_cast<v1::Verdict>(i);
    EXPECT_EQ(ParseVerdict(VerdictName(verdict)), verdict);
    EXPECT_EQ(ParseVerdict(v1::Verdict_Name(verdict)), verdict);
    EXPECT_EQ(ParseVerdict(VerdictCode(verdict)), verdict);
  }
  EXPECT_FALSE(ParseVerdict(""));
  EXPECT_FALSE(ParseVerdict("UNSPECIFIED"));
  EXPECT_FALSE(ParseVerdict("accepted"));
}

TEST(Words, WhatALabelExpects) {
  struct {
    const char* expected;
    v1::Verdict verdict;
    bool met;
  } const kRows[] = {
      {"PASS", v1::VERDICT_ACCEPTED, true},
      {"PASS", v1::VERDICT_WRONG_ANSWER, false},
      {"FAIL", v1::VERDICT_WRONG_ANSWER, true},
      {"FAIL", v1::VERDICT_ACCEPTED, false},
      {"FAIL", v1::VERDICT_UNDECIDED, false},
      {"FAIL", v1::VERDICT_NO_VERDICT, false},
      {"TLE", v1::VERDICT_TIME_LIMIT, true},
      {"TIME_LIMIT|MLE", v1::VERDICT_MEMORY_LIMIT, true},
      {"WA, RE", v1::VERDICT_RUNTIME_ERROR, true},
      {"WA, RE", v1::VERDICT_ACCEPTED, false},
      {"nonsense|AC", v1::VERDICT_ACCEPTED, true},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(Meets(row.expected, row.verdict), row.met)
        << row.expected << " " << VerdictName(row.verdict);
  }
  EXPECT_FALSE(Meets("nonsense", v1::VERDICT_ACCEPTED).has_value());
  EXPECT_FALSE(Meets("", v1::VERDICT_ACCEPTED).has_value());
}

TEST(Words, ExpectingAPass) {
  EXPECT_EQ(ExpectsPass("PASS"), true);
  EXPECT_EQ(ExpectsPass("PASS|AC"), true);
  EXPECT_EQ(ExpectsPass("PASS|FAIL"), false);
  EXPECT_EQ(ExpectsPass("WA"), false);
  EXPECT_FALSE(ExpectsPass("?").has_value());
}

}  // namespace
}  // namespace assay::cli
