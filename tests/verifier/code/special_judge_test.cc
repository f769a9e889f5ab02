// Programs of the caller's that judge an output, and whose fault it is when
// they break.
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"
#include "verifier/code/test_program.h"

namespace assay::code {
namespace {

// Accepts any permutation of the answer's numbers; `boom` in the output
// makes it crash, `hang` go on for ever, `fail` give up.
constexpr char kPython[] =
    "import sys\n"
    "given = open(sys.argv[1]).read()\n"
    "out = open(sys.argv[2]).read().split()\n"
    "answer = open(sys.argv[3]).read().split()\n"
    "if 'boom' in out: raise ValueError('boom')\n"
    "if 'hang' in out:\n  while True: pass\n"
    "if 'fail' in out: sys.exit(3)\n"
    "if 'half' in out:\n  sys.stderr.write('points 0.5 so so')\n  sys.exit(7)\n"
    "if 'full' in out:\n  sys.stderr.write('points 1')\n  sys.exit(7)\n"
    "if 'many' in out:\n  sys.stderr.write('points 17')\n  sys.exit(7)\n"
    "if 'form' in out: sys.exit(2)\n"
    "if 'odd' in out: sys.exit(99)\n"
    "assert given\n"
    "sys.exit(0 if sorted(out) == sorted(answer) else 1)\n";

constexpr char kCpp[] =
    "#include <fstream>\n#include <string>\n#include <cstdlib>\n"
    "int main(int argc, char** argv) {\n"
    "  std::ifstream out(argv[2]), answer(argv[3]);\n"
    "  std::string a, b;\n  out >> a;\n  answer >> b;\n"
    "  if (a == \"boom\") std::abort();\n"
    "  return a == b || a == \"twin\" ? 0 : 1;\n}\n";

CodeSample Sample(const std::string& program, const TestProgram& judge) {
  CodeSample code;
  code.language = "python";
  code.program = program;
  code.limits = ShortLimits();
  StdioTests tests;
  tests.tests.resize(1);
  tests.tests[0].input = "in";
  tests.tests[0].expected_output = "1 2 3";
  tests.judge = judge;
  code.tests = std::move(tests);
  return code;
}

struct Row {
  const char* name;
  const char* output;
  Verdict verdict;
  double points = -1;
};

class PythonJudge : public testing::TestWithParam<Row> {};

TEST_P(PythonJudge, DecidesByItsExitCode) {
  const Report report = Judging::Get().Verify(
      Sample(std::string("print('") + GetParam().output + "')\n",
             {"python", kPython}));
  EXPECT_EQ(Name(report.verdict), Name(GetParam().verdict)) << report.reason;
  EXPECT_EQ(EvidenceOf(report).comparison, "judge/1");
  EXPECT_EQ(EvidenceOf(report).integrity, Integrity::kIsolated);
  ASSERT_EQ(EvidenceOf(report).tests.size(), 1u);
  EXPECT_EQ(EvidenceOf(report).tests[0].points.value_or(-1), GetParam().points);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, PythonJudge,
    testing::Values(Row{"same", "1 2 3", Verdict::kAccepted},
                    Row{"permuted", "3 1 2", Verdict::kAccepted},
                    Row{"wrong", "3 1", Verdict::kWrongAnswer},
                    Row{"presentation", "form", Verdict::kWrongAnswer},
                    Row{"partial", "half", Verdict::kWrongAnswer, 0.5},
                    Row{"full_points", "full", Verdict::kAccepted, 1},
                    // What the output alone brings about is its own fault.
                    Row{"crash", "boom", Verdict::kWrongAnswer},
                    Row{"hang", "hang", Verdict::kWrongAnswer},
                    Row{"judge_fails", "fail", Verdict::kWrongAnswer},
                    Row{"bad_points", "many", Verdict::kWrongAnswer},
                    Row{"unknown_code", "odd", Verdict::kWrongAnswer}),
    [](const auto& info) { return info.param.name; });

class BrokenJudge : public testing::TestWithParam<const char*> {};

TEST_P(BrokenJudge, IsTheCallersFault) {
  const Report report =
      Judging::Get().Verify(Sample("print('1 2 3')\n", {"python", GetParam()}));
  EXPECT_EQ(report.verdict, Verdict::kNoVerdict) << report.reason;
  EXPECT_EQ(report.cause, Cause::kInvalidTests) << report.reason;
  EXPECT_NE(report.reason.find("code.stdio.judge"), std::string::npos)
      << report.reason;
  EXPECT_FALSE(report.score.has_value());
}

INSTANTIATE_TEST_SUITE_P(Rows, BrokenJudge,
                         testing::Values("import sys\nsys.exit(3)\n", "1 / 0\n",
                                         "while True: pass\n", "def f(:\n",
                                         "import os\nos.abort()\n",
                                         "import sys\nsys.exit(42)\n",
                                         "x = 'a' * (1 << 40)\n"));

TEST(SpecialJudgeTest, IsACompiledProgram) {
  Judging& judging = Judging::Get();
  if (!judging.boxed()) GTEST_SKIP() << "compiles in a box";
  const auto verdict = [&](const char* program, const char* judge) {
    return judging.Verify(Sample(program, {"cpp", judge}));
  };
  EXPECT_EQ(verdict("print('1')\n", kCpp).verdict, Verdict::kAccepted);
  EXPECT_EQ(verdict("print('twin')\n", kCpp).verdict, Verdict::kAccepted);
  EXPECT_EQ(verdict("print('7')\n", kCpp).verdict, Verdict::kWrongAnswer);
  EXPECT_EQ(verdict("print('boom')\n", kCpp).verdict, Verdict::kWrongAnswer);
  const Report broken = verdict("print('1')\n", "int main() { return x; }\n");
  EXPECT_EQ(broken.cause, Cause::kInvalidTests);
  EXPECT_EQ(broken.reason.find("code.stdio.judge.source: does not compile"), 0u)
      << broken.reason;
  const Report testlib =
      verdict("print('1')\n", "#include \"testlib.h\"\nint main() {}\n");
  EXPECT_EQ(testlib.cause, Cause::kInvalidTests);
  EXPECT_NE(testlib.reason.find("testlib.h"), std::string::npos);
}

TEST(SpecialJudgeTest, SeesNoOutputOfAProgramThatFailed) {
  const Report report = Judging::Get().Verify(
      Sample("print('1 2 3')\nraise ValueError\n", {"python", kPython}));
  EXPECT_EQ(report.verdict, Verdict::kRuntimeError);
}

TEST(SpecialJudgeTest, GivesPartialCredit) {
  CodeSample code = Sample("print(input())\n", {"python", kPython});
  auto& tests = std::get<StdioTests>(code.tests).tests;
  tests.resize(4);
  for (StdioTest& test : tests) test.expected_output = "1";
  tests[0].input = "half";
  tests[0].weight = 4;
  tests[1].input = "full";
  tests[1].weight = 1;
  tests[2].input = "form";
  tests[2].weight = 5;
  tests[3].input = "boom";
  tests[3].weight = 0;
  code.partial_credit = true;
  const Report report = Judging::Get().Verify(code);
  EXPECT_EQ(report.verdict, Verdict::kWrongAnswer) << report.reason;
  EXPECT_DOUBLE_EQ(report.score.value_or(-1), 0.3);
}

TEST(SpecialJudgeTest, RunsNoMoreTestsAfterItBrokeOften) {
  CodeSample code = Sample("print('boom')\n", {"python", kPython});
  auto& tests = std::get<StdioTests>(code.tests).tests;
  tests.resize(6, tests[0]);
  const Report report = Judging::Get().Verify(code);
  EXPECT_EQ(report.verdict, Verdict::kWrongAnswer);
  EXPECT_EQ(EvidenceOf(report).tests[2].verdict, Verdict::kWrongAnswer);
  EXPECT_EQ(EvidenceOf(report).tests[3].verdict, Verdict::kUnspecified);
}

TEST(TestlibTest, IsPutWhereItIsIncluded) {
  EXPECT_TRUE(IncludesTestlib("#include \"testlib.h\"\n"));
  EXPECT_TRUE(IncludesTestlib("int x;\n  # include <testlib.h> // y"));
  EXPECT_FALSE(IncludesTestlib("// #include \"testlib.h\"\n"));
  EXPECT_FALSE(IncludesTestlib("#include \"testlib.hpp\"\n"));
  EXPECT_EQ(InlineTestlib("a\n#include \"testlib.h\"\nb", "H"), "a\nH\nb");
  EXPECT_EQ(InlineTestlib("#include \"testlib.h\"\n#include <testlib.h>", "H"),
            "H\n");
  EXPECT_EQ(InlineTestlib("a\n", "H"), "a\n");
}

}  // namespace
}  // namespace assay::code
