// Input that nobody meant well, each with the end that it must have.
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"

namespace assay::code {
namespace {

struct Row {
  const char* name;
  std::string language;
  std::string program;
  Verdict verdict;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

const char kHonest[] = "print(sum(map(int, input().split())))\n";

// Programs of one stdio test: 1 2 -> 3.
std::vector<Row> Programs() {
  const std::string comment = "#" + std::string(10 << 20, 'a') + "\n";
  const std::string many = [] {
    std::string text;
    while (text.size() < (10 << 20)) text += "x = [1, 2, 3]\n";
    return text;
  }();
  return {
      {"ten_megabytes_of_comment", "python", comment + kHonest,
       Verdict::kAccepted},
      {"ten_megabytes_of_statements", "python", many + kHonest,
       Verdict::kUnspecified},
      {"none", "python", "", Verdict::kNoAnswer},
      {"blank", "python", " \n\t\f\n", Verdict::kNoAnswer},
      {"nul", "python", std::string("print(3)\0\n", 10),
       Verdict::kCompileError},
      {"only_nul", "python", std::string(4096, '\0'), Verdict::kCompileError},
      {"not_utf8", "python", "print('\xff\xfe')\n", Verdict::kCompileError},
      {"surrogates", "python", "print('\\ud800')\n", Verdict::kRuntimeError},
      {"unclosed_quote", "python", std::string(kHonest) + "'''",
       Verdict::kCompileError},
      {"unclosed_bracket", "python", std::string(kHonest) + "(",
       Verdict::kCompileError},
      {"deep_brackets", "python", std::string(100000, '(') + "\n",
       Verdict::kCompileError},
      {"deep_indentation", "python",
       [] {
         std::string text;
         for (int i = 0; i < 200; ++i) {
           text += std::string(i, ' ') + "if 1:\n";
         }
         return text;
       }(),
       Verdict::kCompileError},
      {"output_is_not_utf8", "python",
       "import sys\nsys.stdout.buffer.write(b'\\xff\\xfe\\0')\n",
       Verdict::kWrongAnswer},
      {"a_shadowed_builtin", "python",
       "class int(int):\n  def __eq__(s, o): return True\n"
       "print(sum(map(int, input().split())))\n",
       Verdict::kAccepted},
      {"links_and_fifos", "python",
       "import os\nfor n in ('output.txt', 'answer.txt', 'input.txt', "
       "'main.py', 'a.out'):\n  os.symlink('/etc/passwd', n)\n"
       "try: os.mkfifo('fifo')\nexcept OSError: pass\nos.symlink('loop', "
       "'loop')\n"
       "print(sum(map(int, input().split())))\n",
       Verdict::kAccepted},
      {"closes_stdout", "python", "import os\nos.close(1)\n",
       Verdict::kWrongAnswer},
      {"c_unclosed_comment", "c",
       "#include <stdio.h>\nint main(void) { puts(\"3\"); } /*",
       Verdict::kCompileError},
      {"c_unclosed_quote", "c",
       "#include <stdio.h>\nint main(void) { puts(\"3\"); } \"",
       Verdict::kCompileError},
      {"c_nul", "c", std::string("int main(void) { return 0; }\0 x", 31) + "\n",
       Verdict::kUnspecified},
      {"c_reads_the_host", "c", "#include \"/etc/shadow\"\n",
       Verdict::kCompileError},
  };
}

class BadProgram : public testing::TestWithParam<Row> {};

TEST_P(BadProgram, HasItsVerdict) {
  Judging& judging = Judging::Get();
  if (GetParam().language != "python" && !judging.boxed()) {
    GTEST_SKIP() << "compiles in a box";
  }
  const Report report =
      judging.Stdio(GetParam().language, GetParam().program,
                    {{.input = "1 2\n", .expected_output = "3\n"}});
  EXPECT_NE(report.verdict, Verdict::kNoVerdict) << report.reason;
  if (GetParam().verdict != Verdict::kUnspecified) {
    EXPECT_EQ(Name(report.verdict), Name(GetParam().verdict)) << report.reason;
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, BadProgram, testing::ValuesIn(Programs()),
                         [](const auto& info) { return info.param.name; });

struct TestsRow {
  const char* name;
  const char* solution;
  const char* tests;
  const char* entry;
  Verdict verdict;
};

const TestsRow kTests[] = {
    {"wrong_entry_point", "def f(x): return x\n", "assert g(1) == 1\n", "",
     Verdict::kRuntimeError},
    {"wrong_given_entry_point", "def f(x): return x\n",
     "def check(candidate):\n  assert candidate(1) == 1\n", "h",
     Verdict::kRuntimeError},
    {"tests_do_not_parse", "def f(x): return x\n", "assert f(1) ==\n", "",
     Verdict::kNoVerdict},
    {"tests_with_nul_in_a_text", "def f(x): return x\n",
     "assert f('\\0') == '\\0'\n", "", Verdict::kAccepted},
    {"tests_that_end_the_quote", "def f(x): return x\n'''\n",
     "'''\nassert f(1) == 2\n", "", Verdict::kNoVerdict},
    {"solution_that_would_swallow_tests", "def f(x): return 0\n'''",
     "assert f(1) == 1\n", "", Verdict::kCompileError},
    {"solution_with_an_open_line", "def f(x): return 0\nif 1: \\",
     "assert f(1) == 1\n", "", Verdict::kCompileError},
    {"reference_that_times_out", "def f(x): return x\n",
     "def slow(x):\n  while True: pass\nassert f(1) == slow(1)\n", "",
     Verdict::kNoVerdict},
    {"constant_that_never_ends", "def f(x): return x\n",
     "assert f(1) == 9**9**9\n", "", Verdict::kNoVerdict},
    {"a_shadowed_type",
     "class int(int):\n  def __eq__(s, o): return True\n"
     "def f(x): return int(7)\n",
     "assert f(1) == 1\n", "", Verdict::kWrongAnswer},
};

class BadTests : public testing::TestWithParam<TestsRow> {};

TEST_P(BadTests, HaveTheirVerdict) {
  const Report report = Judging::Get().Asserts(
      "python", GetParam().solution, GetParam().tests, GetParam().entry);
  EXPECT_EQ(Name(report.verdict), Name(GetParam().verdict)) << report.reason;
  if (report.verdict == Verdict::kNoVerdict) {
    EXPECT_EQ(report.cause, Cause::kInvalidTests) << report.reason;
    EXPECT_EQ(report.reason.find("code.asserts.code"), 0u) << report.reason;
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, BadTests, testing::ValuesIn(kTests),
                         [](const auto& info) { return info.param.name; });

TEST(BadCalls, AWrongEntryPointIsTheSamplesFault) {
  Judging& judging = Judging::Get();
  for (const char* entry : {"g", "A.f", "f.g", "len", "A.__init__.x"}) {
    const Report report = judging.Calls("def f(x): return x\nclass A: pass\n",
                                        entry, {{"[1]", "", "1"}});
    EXPECT_EQ(report.verdict, Verdict::kRuntimeError) << entry;
  }
}

TEST(BadStdio, ManyLinesCannotBeComparedUnordered) {
  StdioTest test;
  test.checker.mode = Checker::Mode::kUnordered;
  for (int i = 0; i <= 1 << 20; ++i) test.expected_output += "a\n";
  const Report report = Judging::Get().Stdio("python", kHonest, {test});
  EXPECT_EQ(report.cause, Cause::kInvalidSample);
  EXPECT_EQ(report.reason.find("code.stdio.tests[0].expected_output"), 0u)
      << report.reason;
}

TEST(StopPolicies, FirstTestsDecide) {
  CodeSample code;
  code.language = "python";
  code.program = "print(input())\n";
  code.limits = ShortLimits();
  StdioTests tests;
  for (const char* expected : {"1", "1", "2"}) {
    tests.tests.push_back({.input = "1", .expected_output = expected});
  }
  tests.tests[0].weight = 3;
  code.tests = tests;
  code.partial_credit = true;
  Judging& judging = Judging::Get();
  const Report all = judging.Verify(code);
  EXPECT_EQ(all.verdict, Verdict::kWrongAnswer);
  EXPECT_DOUBLE_EQ(all.score.value_or(-1), 4.0 / 5);
  code.stop = StopPolicy::kFirstTests;
  code.stop_tests_count = 2;
  const Report two = judging.Verify(code);
  EXPECT_EQ(two.verdict, Verdict::kAccepted) << two.reason;
  EXPECT_EQ(two.score.value_or(-1), 1);
  EXPECT_EQ(EvidenceOf(two).tests.size(), 3u);
  EXPECT_EQ(EvidenceOf(two).tests[2].verdict, Verdict::kUnspecified);
  code.stop_tests_count = 9;  // More than there are.
  EXPECT_EQ(judging.Verify(code).verdict, Verdict::kWrongAnswer);
}

TEST(StopPolicies, AfterTimeLimitsLaterTestsHaveABudget) {
  StdioTest test;
  test.expected_output = "1";
  CodeSample code;
  code.language = "python";
  code.program = "while True: pass\n";
  code.limits = ShortLimits();
  code.limits.time = absl::Milliseconds(200);
  code.tests = StdioTests{std::vector<StdioTest>(20, test)};
  const Report report = Judging::Get().Verify(code);
  EXPECT_EQ(report.verdict, Verdict::kTimeLimit);
  size_t run = 0;
  for (const TestReport& one : EvidenceOf(report).tests) {
    run += one.verdict != Verdict::kUnspecified ? 1 : 0;
  }
  EXPECT_GE(run, 4u);
  EXPECT_LE(run, 6u);
}

}  // namespace
}  // namespace assay::code
