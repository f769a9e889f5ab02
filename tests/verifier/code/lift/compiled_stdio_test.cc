// Stdio tests of go and java: each verdict once.
#include "tests/verifier/code/lift/lift_cases.h"

namespace assay::code {

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Lifts);

namespace {

// `tests` is the input; the sum of its two numbers is expected.
std::vector<LiftCase> Cases() {
  const std::string java =
      "import java.util.*; public class Sum { public static void main(String[] "
      "a) { Scanner s = new Scanner(System.in); ";
  static const std::string kJavaRight =
      java + "System.out.println(s.nextInt() + s.nextInt()); } }";
  static const std::string kJavaThrows =
      java + "System.out.println(s.nextInt() / 0); } }";
  static const std::string kJavaEats =
      java +
      "long[][] l = new long[1 << 20][]; for (int i = 0;; i++) l[i] = "
      "new long[1 << 17]; } }";
  static const std::string kJavaPrints =
      java + "for (;;) System.out.println(\"aaaaaaaaaaaaaaaaaaaaaaaa\"); } }";
  const std::string go =
      "package main\nimport \"fmt\"\nfunc main() { var a, b int; fmt.Scan(&a, "
      "&b); ";
  static const std::string kGoRight = go + "fmt.Println(a + b) }\n";
  static const std::string kGoWrong = go + "fmt.Println(a - b) }\n";
  static const std::string kGoPanics = go + "fmt.Println(a / (b - b)) }\n";
  static const std::string kGoUnused = go + "x := 1 }\n";
  static const std::string kGoEndless = go + "for { a++ } }\n";
  return {
      {"java", "JavaRight", kJavaRight.c_str(), "1 2\n"},
      {"java", "JavaThrows", kJavaThrows.c_str(), "1 2\n",
       Verdict::kRuntimeError},
      {"java", "JavaEats", kJavaEats.c_str(), "1 2\n", Verdict::kMemoryLimit},
      {"java", "JavaPrints", kJavaPrints.c_str(), "1 2\n",
       Verdict::kOutputLimit},
      {"java", "JavaNoMain", "class A {}", "1 2\n", Verdict::kRuntimeError},
      {"java", "JavaUnknown", "class A { B b; }", "1 2\n",
       Verdict::kCompileError},
      {"go", "GoRight", kGoRight.c_str(), "1 2\n"},
      {"go", "GoWrong", kGoWrong.c_str(), "1 2\n", Verdict::kWrongAnswer},
      {"go", "GoPanics", kGoPanics.c_str(), "1 2\n", Verdict::kRuntimeError},
      {"go", "GoUnused", kGoUnused.c_str(), "1 2\n", Verdict::kCompileError},
      {"go", "GoEndless", kGoEndless.c_str(), "1 2\n", Verdict::kTimeLimit},
  };
}

class CompiledStdio : public ::testing::TestWithParam<LiftCase> {};

TEST_P(CompiledStdio, AsItShould) {
  const LiftCase& c = GetParam();
  const std::string why = Unavailable(c.language);
  if (!why.empty()) GTEST_SKIP() << why;
  StdioTest test;
  test.input = c.tests;
  test.expected_output = "3\n";
  const Report report = Judging::Get().Stdio(c.language, c.solution, {test});
  EXPECT_EQ(Name(report.verdict), Name(c.verdict)) << report.reason;
}

INSTANTIATE_TEST_SUITE_P(Compiled, CompiledStdio, ::testing::ValuesIn(Cases()),
                         Named);

}  // namespace
}  // namespace assay::code
