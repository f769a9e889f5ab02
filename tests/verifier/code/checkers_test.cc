#include "verifier/code/checkers.h"

#include <gtest/gtest.h>

#include <string>

namespace assay::code {
namespace {

using Mode = Checker::Mode;

struct Row {
  Mode mode;
  std::string actual;
  std::string expected;
  bool equal;
  bool fold = false;
};

TEST(Checkers, Table) {
  const std::string nul("a\0b", 3);
  const Row rows[] = {
      {Mode::kExact, "a\n", "a\n", true},
      {Mode::kExact, "a", "a\n", false},
      {Mode::kExact, nul, nul, true},
      {Mode::kTokens, "  a\tb\r\n", "a b", true},
      {Mode::kTokens, "", " \n", true},
      {Mode::kTokens, "a", "", false},
      {Mode::kTokens, "", "a", false},
      {Mode::kTokens, "A b", "a B", false},
      {Mode::kTokens, "A b", "a B", true, true},
      {Mode::kTokens, "\xff\xfe", "\xff\xfe", true},
      {Mode::kTokens, nul, "a b", false},
      {Mode::kTokens,
       "\xc2\xa0"
       "a",
       "a", false},
      {Mode::kTokens, "1.0", "1", false},
      {Mode::kFloat, "1.0", "1", true},
      {Mode::kFloat, "+1", "1", true},
      {Mode::kFloat, "+-1", "-1", false},
      {Mode::kFloat, ".5", "0.5", true},
      {Mode::kFloat, "5.", "5", true},
      {Mode::kFloat, "1e3", "1000", true},
      {Mode::kFloat, "1.0001", "1", false},
      {Mode::kFloat, "1.0000000001", "1", true},
      {Mode::kFloat, "nan", "nan", true},
      {Mode::kFloat, "nan", "1", false},
      {Mode::kFloat, "1", "nan", false},
      {Mode::kFloat, "inf", "1e308", false},
      {Mode::kFloat, "-inf", "-1", false},
      {Mode::kFloat, "0x10", "16", false},
      {Mode::kFloat, "0x1p4", "16", false},
      {Mode::kFloat, "1e999", "1e998", false},
      {Mode::kFloat, "1_0", "10", false},
      {Mode::kFloat, "1,5", "1.5", false},
      {Mode::kFloat, "1f", "1", false},
      {Mode::kFloat, "yes 1.0", "yes 1", true},
      {Mode::kFloat, "-0", "0", true},
      {Mode::kFloat, "", "", true},
      {Mode::kLines, "a b  \r\nc\n\n \n", "a b\nc", true},
      {Mode::kLines, "a  b\n", "a b\n", false},
      {Mode::kLines, " a\n", "a\n", false},
      {Mode::kLines, "\na\n", "a\n", false},
      {Mode::kLines, "a\n\nb", "a\n\nb\n", true},
      {Mode::kLines, "a\nb", "a\n\nb", false},
      {Mode::kLines, "", "\n\n", true},
      {Mode::kLines, "", "a", false},
      {Mode::kLines, "a", "", false},
      {Mode::kLines, "A", "a", false},
      {Mode::kLines, "A", "a", true, true},
      {Mode::kUnordered, "b\n a\n\n", "a\nb", true},
      {Mode::kUnordered, "a\na\nb", "a\nb\nb", false},
      {Mode::kUnordered, "a b\n", "b a\n", false},
      {Mode::kUnordered, "a\nb", "a", false},
      {Mode::kUnordered, "", "\n", true},
      {Mode::kUnordered, "B\na", "A\nb", false},
      {Mode::kUnordered, "B\na", "A\nb", true, true},
      {Mode::kUnordered, nul, nul, true},
      {Mode::kUnordered, nul, "a", false},
  };
  for (const Row& row : rows) {
    Checker checker;
    checker.mode = row.mode;
    checker.case_insensitive = row.fold;
    const CheckResult result = CheckOutput(checker, row.actual, row.expected);
    EXPECT_EQ(result.equal, row.equal)
        << ComparisonName(checker) << " [" << row.actual << "] ["
        << row.expected << "]";
    EXPECT_EQ(result.reason.empty(), row.equal);
  }
}

TEST(Checkers, TheReasonNamesAPositionAndNoExpectedValue) {
  Checker checker;
  EXPECT_EQ(CheckOutput(checker, "1 2 x", "1 2 secret").reason,
            "token 3 differs");
  EXPECT_EQ(CheckOutput(checker, "1", "1 secret").reason, "token 2 is missing");
  EXPECT_EQ(CheckOutput(checker, "1 2", "1").reason, "token 2 is one too many");
  checker.mode = Mode::kExact;
  EXPECT_EQ(CheckOutput(checker, "ab", "ax").reason, "byte 2 differs");
}

TEST(Checkers, HugeOutputsAreReadInOnePass) {
  std::string many, token(8 << 20, '9');
  for (int i = 0; i < 2000000; ++i) many += "1 ";
  for (const Mode mode : {Mode::kExact, Mode::kTokens, Mode::kFloat}) {
    Checker checker;
    checker.mode = mode;
    EXPECT_TRUE(CheckOutput(checker, many, many).equal);
    EXPECT_FALSE(CheckOutput(checker, token, token + "1").equal);
  }
}

TEST(Checkers, AnyOfSeveralOutputs) {
  StdioTest test;
  test.expected_output = "1";
  test.other_outputs = {"2", "3 4"};
  EXPECT_TRUE(CheckOutputs(test, "1\n").equal);
  EXPECT_TRUE(CheckOutputs(test, "3\n4").equal);
  const CheckResult none = CheckOutputs(test, "3");
  EXPECT_FALSE(none.equal);
  EXPECT_EQ(none.reason, "token 1 differs");
}

TEST(Checkers, NamesOfAllComparisons) {
  StdioTest tokens, lines, folded;
  lines.checker.mode = Mode::kLines;
  folded.checker.mode = Mode::kUnordered;
  folded.checker.case_insensitive = true;
  const std::vector<StdioTest> tests = {lines, tokens, lines, folded};
  EXPECT_EQ(ComparisonNames(tests), "lines/1 tokens/1 unordered/1+fold");
}

TEST(Checkers, ManyUnorderedLinesAreRefusedNotKept) {
  Checker checker;
  checker.mode = Mode::kUnordered;
  std::string many;
  for (size_t i = 0; i <= kUnorderedLinesMax; ++i) many += "a\n";
  EXPECT_FALSE(CheckOutput(checker, many, "a").equal);
  EXPECT_FALSE(CheckOutput(checker, many, many).equal);
  EXPECT_TRUE(CheckOutput(checker, std::string(1 << 20, '\n'), "").equal);
}

}  // namespace
}  // namespace assay::code
