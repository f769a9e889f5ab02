// Programs that talk with an interactor: who is at fault for which end.
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"

namespace assay::code {
namespace {

// Thinks of the number in the input; answers `<`, `>` or `=` to at most
// twenty guesses.
constexpr char kGuess[] =
    "import sys\n"
    "secret = int(open(sys.argv[1]).read())\n"
    "print('guess', flush=True)\n"
    "for _ in range(20):\n"
    "  line = sys.stdin.readline()\n"
    "  if not line.strip(): sys.exit(1)\n"
    "  try: x = int(line)\n"
    "  except ValueError: sys.exit(2)\n"
    "  if x == secret:\n    print('=', flush=True)\n    sys.exit(0)\n"
    "  print('<' if secret < x else '>', flush=True)\n"
    "sys.exit(1)\n";

constexpr char kBisect[] =
    "assert input() == 'guess'\nlow, high = 0, 1000\nwhile True:\n"
    "  middle = (low + high) // 2\n  print(middle, flush=True)\n"
    "  says = input()\n  if says == '=': break\n"
    "  if says == '<': high = middle\n  else: low = middle + 1\n";

struct Row {
  const char* name;
  const char* program;
  const char* interactor;
  Verdict verdict;
};

CodeSample Sample(const char* program, const char* interactor) {
  CodeSample code;
  code.language = "python";
  code.program = program;
  code.limits = ShortLimits();
  code.limits.time = absl::Milliseconds(500);
  StdioTests tests;
  tests.tests.resize(1);
  tests.tests[0].input = "617";
  tests.interactor = TestProgram{"python", interactor};
  code.tests = std::move(tests);
  return code;
}

class Interactive : public testing::TestWithParam<Row> {};

TEST_P(Interactive, EndsInTheVerdict) {
  const Report report =
      Judging::Get().Verify(Sample(GetParam().program, GetParam().interactor));
  EXPECT_EQ(Name(report.verdict), Name(GetParam().verdict)) << report.reason;
  if (report.verdict == Verdict::kNoVerdict) {
    EXPECT_EQ(report.cause, Cause::kInvalidTests);
    EXPECT_EQ(report.reason.find("code.stdio.interactor"), 0u) << report.reason;
  } else {
    EXPECT_EQ(EvidenceOf(report).comparison, "interactor/1");
  }
}

constexpr char kSpin[] = "while True: pass\n";
constexpr char kSleep[] = "import time\ntime.sleep(1000)\n";
constexpr char kEcho[] = "print(input(), flush=True)\n";

constexpr Row kRows[] = {
    {"right", kBisect, kGuess, Verdict::kAccepted},
    {"wrong_guesses", "input()\nfor _ in range(30):\n  print(1, flush=True)\n",
     kGuess, Verdict::kWrongAnswer},
    {"wrong_form", "input()\nprint('x', flush=True)\ninput()\n", kGuess,
     Verdict::kWrongAnswer},
    {"ends_early", "input()\n", kGuess, Verdict::kWrongAnswer},
    {"crashes", "input()\n1 / 0\n", kGuess, Verdict::kRuntimeError},
    {"exits_with_a_code", "input()\nraise SystemExit(3)\n", kGuess,
     Verdict::kRuntimeError},
    {"does_not_compile", "def f(:\n", kGuess, Verdict::kCompileError},
    {"spins", "input()\nwhile True: pass\n", kGuess, Verdict::kTimeLimit},
    {"never_speaks", "input()\nimport time\ntime.sleep(1000)\n", kGuess,
     Verdict::kTimeLimit},
    {"forgets_to_flush",
     "input()\nprint(500)\ninput()\nprint(1)\n"
     "import time\ntime.sleep(1000)\n",
     kGuess, Verdict::kTimeLimit},
    {"no_end_of_line",
     "import sys\ninput()\nsys.stdout.write('5')\n"
     "sys.stdout.flush()\ninput()\n",
     kGuess, Verdict::kTimeLimit},
    {"crashes_after_success",
     "input()\nprint(617, flush=True)\ninput()\n"
     "raise ValueError\n",
     kGuess, Verdict::kRuntimeError},
    {"writes_on_after_success",
     "input()\nprint(617, flush=True)\ninput()\nprint('bye' * 100)\n", kGuess,
     Verdict::kAccepted},
    {"floods", "while True: print('1' * 1000)\n",
     "import sys\nfor line in sys.stdin: pass\nsys.exit(1)\n",
     Verdict::kOutputLimit},
    {"both_write_much",
     "import sys\nsys.stdout.write('x' * 900000 + '\\n')\nsys.stdout.flush()\n"
     "sys.exit(0 if len(input()) == 900000 else 1)\n",
     "import sys\nsys.stdout.write('y' * 900000 + '\\n')\nsys.stdout.flush()\n"
     "sys.exit(0 if len(input()) == 900000 else 1)\n",
     Verdict::kTimeLimit},
    {"closes_its_streams",
     "import os\nos.close(0)\nos.close(1)\nwhile True: pass\n", kGuess,
     Verdict::kTimeLimit},
    // The interactor's own faults.
    {"interactor_hangs", kEcho, kSleep, Verdict::kNoVerdict},
    {"interactor_spins", kEcho, kSpin, Verdict::kNoVerdict},
    {"interactor_spins_after_a_line", "print(1, flush=True)\ninput()\n",
     "import sys\nsys.stdin.readline()\nwhile True: pass\n",
     Verdict::kNoVerdict},
    {"interactor_crashes", kEcho, "1 / 0\n", Verdict::kNoVerdict},
    {"interactor_fails", kEcho, "raise SystemExit(3)\n", Verdict::kNoVerdict},
    {"interactor_does_not_compile", kEcho, "def f(:\n", Verdict::kNoVerdict},
    // What the program brings the interactor to is its own fault.
    {"breaks_the_interactor", "input()\nprint('x', flush=True)\ninput()\n",
     "print(1, flush=True)\nint(input())\n", Verdict::kWrongAnswer},
    {"says_nothing_to_a_careless_one", "input()\n",
     "print(1, flush=True)\nint(input())\n", Verdict::kWrongAnswer},
};

INSTANTIATE_TEST_SUITE_P(Rows, Interactive, testing::ValuesIn(kRows),
                         [](const auto& info) { return info.param.name; });

TEST(InteractiveTest, SpeaksCppToo) {
  Judging& judging = Judging::Get();
  if (!judging.boxed()) GTEST_SKIP() << "compiles in a box";
  CodeSample code = Sample(
      "#include <iostream>\n#include <string>\nint main() {\n"
      "  std::string s;\n  std::cin >> s;\n  int low = 0, high = 1000;\n"
      "  while (true) {\n    int middle = (low + high) / 2;\n"
      "    std::cout << middle << std::endl;\n    std::cin >> s;\n"
      "    if (s == \"=\") return 0;\n    if (s == \"<\") high = middle;\n"
      "    else low = middle + 1;\n  }\n}\n",
      kGuess);
  code.language = "cpp";
  EXPECT_EQ(judging.Verify(code).verdict, Verdict::kAccepted);
  std::get<StdioTests>(code.tests).interactor = TestProgram{
      "cpp",
      "#include <cstdio>\nint main() {\n  std::puts(\"go\");\n"
      "  std::fflush(stdout);\n  int x = 0;\n"
      "  return std::scanf(\"%d\", &x) == 1 && x == 499 ? 0 : 1;\n}\n"};
  EXPECT_EQ(judging.Verify(code).verdict, Verdict::kWrongAnswer);
}

TEST(InteractiveTest, ReportsWhatTheProgramSaidWhereAsked) {
  CodeSample code = Sample(kBisect, kGuess);
  code.report_output = true;
  const Report report = Judging::Get().Verify(code);
  ASSERT_EQ(report.verdict, Verdict::kAccepted) << report.reason;
  EXPECT_EQ(EvidenceOf(report).tests[0].stdout_head.rfind("500\n750\n", 0), 0u);
}

TEST(InteractiveTest, GivesPartialCreditOfEachTest) {
  CodeSample code = Sample("print(input(), flush=True)\n",
                           "import sys\nsys.stderr.write('points 0.25')\n"
                           "print(1, flush=True)\ninput()\nsys.exit(7)\n");
  code.partial_credit = true;
  const Report report = Judging::Get().Verify(code);
  EXPECT_EQ(report.verdict, Verdict::kWrongAnswer) << report.reason;
  EXPECT_DOUBLE_EQ(report.score.value_or(-1), 0.25);
}

}  // namespace
}  // namespace assay::code
