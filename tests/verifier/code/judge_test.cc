// The judge as a whole, over real programs of every kind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"
#include "verifier/code/languages.h"

namespace assay::code {
namespace {

using testing::HasSubstr;

StdioTest Io(const std::string& input, const std::string& output) {
  StdioTest test;
  test.input = input;
  test.expected_output = output;
  return test;
}

struct StdioRow {
  const char* name;
  const char* language;
  const char* program;
  Verdict verdict;
  const char* reason;
  bool needs_box = false;
};

constexpr StdioRow kStdio[] = {
    {"py_right", "python", "print(int(input()) * 2)", Verdict::kAccepted, ""},
    {"py_wrong", "python", "print(5)", Verdict::kWrongAnswer,
     "test 1 of 2: token 1 differs"},
    {"py_second_wrong", "python", "print(4)", Verdict::kWrongAnswer,
     "test 2 of 2"},
    {"py_exit", "python", "print(4)\nexit(3)", Verdict::kRuntimeError,
     "exit code 3"},
    {"py_raise", "python", "print(4)\nraise ValueError", Verdict::kRuntimeError,
     "exit code 1"},
    {"py_syntax", "python", "print(4", Verdict::kCompileError, "SyntaxError"},
    {"py_quote", "python", "print('4", Verdict::kCompileError, "SyntaxError"},
    {"py_busy", "python", "while True: pass", Verdict::kTimeLimit, "CPU"},
    {"py_chatty", "python", "while True: print('x' * 9999)",
     Verdict::kOutputLimit, "output"},
    {"py_hungry", "python", "x = 'x' * (1 << 30)", Verdict::kMemoryLimit,
     "memory"},
    {"py_main", "python",
     "import sys\ndef main(): print(int(sys.stdin.readline()) * 2)\nif "
     "__name__ == '__main__': main()",
     Verdict::kAccepted, ""},
    {"py_argv", "python",
     "import sys\nprint(len(sys.argv) * 2 * "
     "int(input()))",
     Verdict::kAccepted, ""},
    {"py_atexit", "python",
     "import atexit\nn = int(input())\natexit.register(lambda: print(n * 2))",
     Verdict::kAccepted, ""},
    {"py_thread", "python",
     "import threading\nn = int(input())\nthreading.Thread(target=lambda: "
     "print(n * 2)).start()",
     Verdict::kAccepted, ""},
    {"py_unflushed", "python",
     "import sys\nsys.stdout.write(str(int(input()) * 2))", Verdict::kAccepted,
     ""},
    {"py_buffer", "python",
     "import sys\nsys.stdout.buffer.write(b'%d' % "
     "(int(sys.stdin.buffer.read()) * 2))",
     Verdict::kAccepted, ""},
    {"c_right", "c",
     "#include <stdio.h>\nint main(){int n;scanf(\"%d\",&n);printf(\"%d\","
     "n*2);}",
     Verdict::kAccepted, ""},
    {"c_abort", "c", "#include <stdlib.h>\nint main(){abort();}",
     Verdict::kRuntimeError, "SIGABRT"},
    {"c_segv", "c", "int main(){volatile int*p=0;*p=1;}",
     Verdict::kRuntimeError, "SIGSEGV"},
    {"c_broken", "c", "int main(){", Verdict::kCompileError, "compile"},
    {"c_comment", "c", "int main(){} /*", Verdict::kCompileError, "compile"},
    {"c_device", "c", "#include \"/dev/zero\"\nint main(){}",
     Verdict::kCompileError, "", true},
};

class StdioJudged : public testing::TestWithParam<StdioRow> {};

TEST_P(StdioJudged, GivesTheVerdict) {
  const StdioRow& row = GetParam();
  Judging& judging = Judging::Get();
  if (row.needs_box && !judging.boxed()) GTEST_SKIP() << "no sandbox here";
  const Report report = judging.Stdio(row.language, row.program,
                                      {Io("2\n", "4"), Io("3\n", "6")});
  EXPECT_EQ(Name(report.verdict), Name(row.verdict)) << report.reason;
  EXPECT_THAT(report.reason, HasSubstr(row.reason));
}

INSTANTIATE_TEST_SUITE_P(Rows, StdioJudged, testing::ValuesIn(kStdio),
                         [](const auto& info) { return info.param.name; });

CodeSample Sum(const std::string& program) {
  CodeSample code;
  code.language = "python";
  code.program = program;
  code.tests = StdioTests{{Io("1", "1"), Io("2", "2"), Io("3", "3")}};
  code.limits = ShortLimits();
  return code;
}

TEST(CodeJudge, TheLowestFailingTestDecidesAndCreditIsAFraction) {
  CodeSample code = Sum("n = int(input())\nprint(n if n != 2 else 0)");
  code.partial_credit = true;
  const Report report = Judging::Get().Verify(code);
  EXPECT_EQ(report.verdict, Verdict::kWrongAnswer);
  EXPECT_THAT(report.reason, HasSubstr("test 2 of 3"));
  EXPECT_DOUBLE_EQ(*report.score, 2.0 / 3);
  EXPECT_EQ(EvidenceOf(report).tests[2].verdict, Verdict::kAccepted);
}

TEST(CodeJudge, FirstFailureStops) {
  CodeSample code = Sum("n = int(input())\nprint(n if n != 2 else 0)");
  code.stop = StopPolicy::kFirstFailure;
  const Report report = Judging::Get().Verify(code);
  EXPECT_EQ(EvidenceOf(report).tests[2].verdict, Verdict::kUnspecified);
  EXPECT_EQ(*report.score, 0);
}

TEST(CodeJudge, OutputIsReportedOnlyWhereAsked) {
  CodeSample code = Sum("print('x' * 5000)");
  EXPECT_EQ(EvidenceOf(Judging::Get().Verify(code)).tests[0].stdout_head, "");
  code.report_output = true;
  const Report report = Judging::Get().Verify(code);
  EXPECT_EQ(EvidenceOf(report).tests[0].stdout_head.size(), 4096u);
  EXPECT_TRUE(EvidenceOf(report).tests[0].stdout_truncated);
}

TEST(CodeJudge, ResponsesAreExtractedFrom) {
  CodeSample code = Sum("So:\n```python\nprint(input())\n```\nDone.");
  code.is_response = true;
  EXPECT_EQ(Judging::Get().Verify(code).verdict, Verdict::kAccepted);
  code.program = "I cannot.";
  EXPECT_EQ(Judging::Get().Verify(code).verdict, Verdict::kNoAnswer);
}

TEST(CodeJudge, FaultsOfTheCallerNameTheField) {
  Judging& judging = Judging::Get();
  CodeSample code = Sum("print(1)");
  code.language = "cobol";
  Report report = judging.Verify(code);
  EXPECT_EQ(report.cause, Cause::kInvalidSample);
  EXPECT_THAT(report.reason, HasSubstr("code.language"));
  EXPECT_FALSE(report.score.has_value());
  report = judging.Stdio("python", "print(1)", {});
  EXPECT_EQ(report.cause, Cause::kInvalidSample);
  EXPECT_THAT(report.reason, HasSubstr("code.stdio.tests"));
  report = judging.Calls("f = 1", "f", {{"[1", "", "1"}});
  EXPECT_EQ(report.cause, Cause::kInvalidSample);
  EXPECT_THAT(report.reason, HasSubstr("code.call.tests[0].arguments_json"));
  report = judging.Calls("f = 1", "f", {{"[]", "[]", "1"}});
  EXPECT_THAT(report.reason, HasSubstr("keyword_arguments_json"));
  code = Sum("int main(){}");
  code.language = "cpp";
  code.tests = CallTests{"f", {{"[1]", "", "1"}}};
  report = judging.Verify(code);
  EXPECT_EQ(report.cause, Cause::kInvalidSample);
  EXPECT_THAT(report.reason, HasSubstr("code.call"));
}

TEST(CodeJudge, NulBytesAndHugeSourcesGetAVerdict) {
  Judging& judging = Judging::Get();
  const std::string nul("print(1)\0print(2)", 17);
  EXPECT_EQ(judging.Stdio("python", nul, {Io("", "1")}).verdict,
            Verdict::kCompileError);
  EXPECT_EQ(judging.Asserts("python", nul, "assert f(1) == 1").verdict,
            Verdict::kCompileError);
  std::string huge = "x = 1\n";
  huge += "#" + std::string(10 << 20, 'a') + "\nprint(x)\n";
  EXPECT_EQ(judging.Stdio("python", huge, {Io("", "1")}).verdict,
            Verdict::kAccepted);
  const Report deep = judging.Stdio(
      "python", std::string(100000, '(') + std::string(100000, ')'),
      {Io("", "1")});
  EXPECT_NE(deep.verdict, Verdict::kAccepted);
  EXPECT_NE(deep.verdict, Verdict::kNoVerdict);
}

TEST(CodeJudge, TestsThatDoNotParseAreTheCallersFault) {
  const std::string nul("assert f(1) == 1\0", 17);
  for (const std::string& tests : {std::string("assert f("), nul}) {
    const Report report =
        Judging::Get().Asserts("python", "def f(x): return x", tests);
    EXPECT_EQ(report.cause, Cause::kInvalidTests) << report.reason;
  }
}

struct CallRow {
  const char* solution;
  const char* entry;
  const char* arguments;
  const char* named;
  const char* expected;
  Verdict verdict;
};

TEST(CodeJudge, CallTests) {
  const CallRow rows[] = {
      {"def f(a, b=2): return a * b", "f", "[3]", "", "6", Verdict::kAccepted},
      {"def f(a, b=2): return a * b", "f", "[3]", "{\"b\": 5}", "15",
       Verdict::kAccepted},
      {"def f(a): return (a, [a])", "f", "[1]", "", "[1, [1]]",
       Verdict::kAccepted},
      {"def f(a): return {a: 1.0}", "f", "[1]", "", "{\"1\": 1}",
       Verdict::kAccepted},
      {"def f(a): return a ** 100", "f", "[10]", "",
       "1000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000",
       Verdict::kAccepted},
      {"def f(a): return 1.0 * a ** 100", "f", "[10]", "",
       "1000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000",
       Verdict::kWrongAnswer},
      {"class S:\n  def f(self, a): return a", "S.f", "[1]", "", "1",
       Verdict::kAccepted},
      {"class S:\n  @staticmethod\n  def f(a): return a", "S.f", "[1]", "", "1",
       Verdict::kAccepted},
      {"def f(a): return {a}", "f", "[1]", "", "[1]", Verdict::kWrongAnswer},
      {"def f(a): return 1 / 0", "f", "[1]", "", "1", Verdict::kRuntimeError},
      {"def f(): return None", "f", "[1]", "", "null", Verdict::kRuntimeError},
      {"def f(a): return 'x' * (1 << 40)", "f", "[1]", "", "1",
       Verdict::kMemoryLimit},
      {"def g(a): return a", "f", "[1]", "", "1", Verdict::kRuntimeError},
      {"def g(a): return a", "len", "[[1]]", "", "1", Verdict::kRuntimeError},
  };
  for (const CallRow& row : rows) {
    const Report report = Judging::Get().Calls(
        row.solution, row.entry, {{row.arguments, row.named, row.expected}});
    EXPECT_EQ(Name(report.verdict), Name(row.verdict))
        << row.solution << ": " << report.reason;
    EXPECT_EQ(EvidenceOf(report).integrity, Integrity::kIsolated);
  }
}

TEST(CodeJudge, NoReasonTellsAnExpectedValue) {
  const Report report = Judging::Get().Calls("def f(a): return a", "f",
                                             {{"[1]", "", "\"s3cr3t\""}});
  EXPECT_EQ(report.verdict, Verdict::kWrongAnswer);
  EXPECT_EQ(report.reason.find("s3cr3t"), std::string::npos);
}

TEST(CodeJudge, PythonSyntaxErrorOfASolutionIsACompileError) {
  const Report report =
      Judging::Get().Asserts("python", "def f(:", "assert f(1) == 1");
  EXPECT_EQ(report.verdict, Verdict::kCompileError);
}

TEST(CodeJudge, CancelledSamplesHaveNoVerdict) {
  Sample sample;
  sample.task = Sum("while True: pass");
  const Report report = Judging::Get().VerifyCancelled(sample);
  EXPECT_EQ(report.verdict, Verdict::kNoVerdict);
  EXPECT_EQ(report.cause, Cause::kCancelled);
  EXPECT_FALSE(report.score.has_value());
}

TEST(CodeJudge, LanguagesAreProbed) {
  const std::vector<LanguageStatus>& all = Languages(Judging::Get().world());
  EXPECT_EQ(all.size(), AllLanguages().size());
  for (const LanguageStatus& status : all) {
    // A toolchain that the host lacks is said, never hidden.
    EXPECT_NE(status.available, !status.unavailable_reason.empty());
    EXPECT_EQ(status.available, !status.version.empty()) << status.name;
  }
}

}  // namespace
}  // namespace assay::code
