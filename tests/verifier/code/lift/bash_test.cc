// bash tests in a shell without the program: what crosses, and what gets
// nobody through.
#include "tests/verifier/code/lift/script_rows.h"

namespace assay::code {
namespace {

class BashLift : public ::testing::TestWithParam<ScriptRow> {};

TEST_P(BashLift, Verdict) { JudgeRow("bash", GetParam()); }

// Tests of `f`, with the statements of its run_test.
#define RUN(statements)                                               \
  "candidate() {\n    f \"$@\"\n}\nset -e\nrun_test() {\n" statements \
  "\n}\nrun_test\n"

constexpr ScriptRow kRows[] = {
    {"right", "f() { echo $(($1 * 2)); }",
     RUN("[[ $(candidate \"3\") = \"6\" ]]\n[[ $(candidate 5) = 10 ]]"), kPass},
    {"wrong", "f() { echo $(($1 * 3)); }", RUN("[[ $(candidate 3) = 6 ]]"),
     kWrong},
    {"wrong_first", "f() { echo $(($1 * $1)); }",
     RUN("[[ $(candidate 3) = 6 ]]\n[[ $(candidate 2) = 4 ]]"), kWrong},
    {"bytes", "f() { printf '%s|' \"$@\"; }",
     RUN("[[ $(candidate 'a b' '' $'l\\n\\t%41\\\\x41' \"it's \\$x * ~\") = "
         "$'a b||l\\n\\t%41\\\\x41|it\\'s $x * ~|' ]]"),
     kPass},
    {"utf8", "f() { echo \"${#1} $1\"; }",
     RUN("[[ $(candidate '\xc3\xa9\xf0\x9f\x98\x80') = '2 "
         "\xc3\xa9\xf0\x9f\x98\x80' ]]"),
     kPass},
    {"no_utf8", "f() { printf '%s' \"$1\"; }",
     RUN("[[ $(candidate $'\\xff\\xfe') = $'\\xff\\xfe' ]]"), kPass},
    {"line_feeds", "f() { printf 'a\\n\\nb\\n\\n\\n'; }",
     RUN("[[ \"$(candidate; echo x)\" = $'a\\n\\nb\\n\\n\\nx' ]]"), kPass},
    {"long_output", "f() { printf '%0100000d' 7; }",
     RUN("r=$(candidate)\n[[ ${#r} = 100000 ]]\n[[ $r = *07 ]]"), kPass},
    {"status", "f() { return 3; }", "f && exit 1\ns=$?\n[[ $s = 3 ]]", kPass},
    {"exits_in_a_call", "f() { echo a; exit 4; }",
     RUN("[[ $(candidate) = a ]]\ncandidate || s=$?\n[[ $s = 4 ]]"), kRaise},
    {"exits_in_its_shell", "f() { echo a; exit 4; }",
     RUN("[[ $(candidate) = a ]]\n[[ $(candidate; echo $?) = *4 ]] || s=1"),
     kPass},
    {"state_is_its_own", "n=0\nf() { n=$((n + 1)); echo $n; }",
     RUN("[[ $(candidate) = 1 ]]\n[[ $(candidate) = 1 ]]"), kPass},
    {"state_stays", "n=0\nf() { n=$((n + 1)); echo $n; }",
     RUN("f >/dev/null\nf >/dev/null\n[[ $(candidate) = 3 ]]"), kPass},
    {"input",
     "f() { local s=0 x; while read -r x; do ((s += x)); done; echo "
     "$s; }",
     RUN("[[ $(printf '1\\n2\\n' | candidate) = 3 ]]\n[[ $(candidate <<< 7) = "
         "7 ]]"),
     kPass},
    {"errors", "f() { echo bad >&2; return 1; }",
     RUN("[[ $(candidate 2>&1) = bad ]]"), kPass},
    {"pipes", "f() { printf '%s\\n' \"$@\"; }",
     RUN("[[ $(candidate b a | sort | tr -d '\\n') = ab ]]"), kPass},
    {"loops", "f() { echo $(($1 % 2)); }",
     RUN("for i in 1 3 5; do [[ $(candidate $i) = 1 ]] || return 1; done"),
     kPass},
    {"usage_runs", "f() { echo \"<$1>\"; }\nf \"$1\"\nf 'an example'",
     RUN("[[ $(candidate a) = '<a>' ]]"), kPass},
    {"usage_fails", "f() { echo 1; }\nfalse\nnosuchthing",
     RUN("[[ $(candidate) = 1 ]]"), kPass},
    {"strict_mode", "set -euo pipefail\nf() { local x=${1:-4}; echo $x; }",
     RUN("[[ $(candidate) = 4 ]]"), kPass},
    {"strict_mode_counts", "set -u\nf() { echo \"$2\"; }",
     RUN("[[ $(candidate 1) = '' ]]\n[[ $(candidate 1 2) = 2 ]]"), kPass},
    {"extended_patterns",
     "shopt -s extglob\nf() { echo \"${1//+([0-9])/n}\"; }",
     RUN("[[ $(candidate a12b) = anb ]]"), kPass},
    {"name_of_the_host", "sort() { echo mine; }",
     "candidate() {\n    sort \"$@\"\n}\nset -e\n[[ $(candidate) = mine ]]",
     kPass},
    {"functions_of_its_own", "g() { echo $(($1 + 1)); }\nf() { g $(g $1); }",
     RUN("[[ $(candidate 1) = 3 ]]"), kPass},
    {"missing", "g() { echo 1; }", RUN("[[ $(candidate) = 1 ]]"), kWrong},
    {"open_quote", "f() { echo 1; }\necho \"", RUN("[[ $(candidate) = 1 ]]"),
     kBuild},
    {"open_function", "f() { echo 1;", RUN("[[ $(candidate) = 1 ]]"), kBuild},
    {"no_bash", "def f(x):\n    return (x + 1)\n",
     RUN("[[ $(candidate) = 1 ]]"), kBuild},
    {"no_condition", "f() {\n  if [[ +z \"$1\" || ! b ]]; then echo; fi\n}",
     RUN("[[ $(candidate) = 1 ]]"), kBuild},
    {"exits_at_load", "f() { echo 1; }\nexit 0", RUN("[[ $(candidate) = 1 ]]"),
     kRaise},
    {"open_document", "f() { echo 1; }\ncat <<END",
     RUN("[[ $(candidate) = 1 ]]"), kPass},
    {"kills_itself", "f() { kill -9 $$; }", RUN("[[ $(candidate) = 1 ]]"),
     kRaise},
    {"always_true",
     "[() { return 0; }\ntest() { return 0; }\nset() { :; }\nexit() { :; }\n"
     "f() { echo 2; }",
     "set -e\n[ \"$(f)\" = 1 ]\ntest \"$(f)\" = 1", kWrong},
    {"compares_itself",
     "diff() { return 0; }\ngrep() { return 0; }\n"
     "f() { echo 2; }",
     "set -e\ndiff <(f) <(echo 1)\nf | grep -q 1", kWrong},
    {"redefines_the_test",
     "run_test() { :; }\ncandidate() { echo 1; }\n"
     "f() { echo 2; }",
     RUN("[[ $(candidate) = 1 ]]"), kWrong},
    {"traps", "trap 'exit 0' EXIT ERR DEBUG\nf() { echo 2; }",
     RUN("[[ $(candidate) = 1 ]]"), kRaise},
    {"forged_frame", "f() { echo 'return i0 s1 s s' >&5; echo 2; }",
     RUN("[[ $(candidate) = 1 ]]"), kRaise},
    {"forged_pass", "echo pass >&4\nf() { exit 0; }",
     RUN("[[ $(candidate) = 1 ]]"), kWrong},
    {"junk_escape", "f() { echo 'return i0 s%zz s' >&5; }",
     RUN("[[ $(candidate) = 1 ]]"), kRaise},
    {"pattern_for_a_text", "f() { echo '*'; }", RUN("[[ $(candidate) = 1 ]]"),
     kWrong},
    {"stub_of_a_stub",
     "assay_call() { :; }\nassay_gone() { :; }\n"
     "f() { echo 2; }",
     RUN("[[ $(candidate) = 1 ]]"), kWrong},
};

INSTANTIATE_TEST_SUITE_P(Rows, BashLift, ::testing::ValuesIn(kRows), NameOf);

TEST(BashTests, ThatAreNoBashAreInvalid) {
  if (!Offered("bash")) GTEST_SKIP() << "no bash here";
  const Report report = Judging::Get().Asserts(
      "bash", "f() { echo 1; }", "[[ $(f) = 1 ]]\nif [[ $(f) = 1 ]]; then\n");
  EXPECT_EQ(report.cause, Cause::kInvalidTests) << report.reason;
}

TEST(BashTests, ThatCallNothingAreInvalid) {
  if (!Offered("bash")) GTEST_SKIP() << "no bash here";
  const Report report =
      Judging::Get().Asserts("bash", "f() { echo 1; }", "[[ 1 = 1 ]]");
  EXPECT_EQ(report.cause, Cause::kInvalidTests) << report.reason;
}

TEST(BashTests, ThatReadAVariableOfTheProgramAreJoined) {
  if (!Offered("bash")) GTEST_SKIP() << "no bash here";
  constexpr char kTests[] = "set -e\nf 2\n[[ $RESULT = 4 ]]";
  const Report right =
      Judging::Get().Asserts("bash", "f() { RESULT=$(($1 * 2)); }", kTests);
  EXPECT_EQ(right.verdict, kPass) << right.reason;
  EXPECT_EQ(EvidenceOf(right).integrity, Integrity::kShared);
  const Report wrong =
      Judging::Get().Asserts("bash", "f() { RESULT=$(($1 * 3)); }", kTests);
  EXPECT_NE(wrong.verdict, kPass);
  const Report early =
      Judging::Get().Asserts("bash", "f() { exit 0; }; RESULT=1", kTests);
  EXPECT_NE(early.verdict, kPass);
}

}  // namespace
}  // namespace assay::code
