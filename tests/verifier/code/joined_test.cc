// Joined programs: a pass is proved by a secret and an altered expectation.
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"

namespace assay::code {
namespace {

// A macro of the program in the tests: the two cannot be told apart.
constexpr char kMacro[] = "#define TWO 2\n";
constexpr char kTests[] =
    "#undef NDEBUG\n#include <assert.h>\nint main() {\n  assert(twice(TWO) "
    "== 4);\n  assert(twice(-3) == -6);\n}\n";

constexpr char kSameTests[] =
    "#undef NDEBUG\n#include <assert.h>\n#include <vector>\nusing namespace "
    "std;\nbool issame(vector<int> a, vector<int> b) { return a == b; }\n"
    "int main() {\n  assert(issame(f(TWO), {2, 2}));\n}\n";

struct Row {
  const char* name;
  const char* language;
  const char* solution;
  const char* tests;
  Verdict verdict;
};

constexpr Row kRows[] = {
    {"right", "cpp", "int twice(int x) { return 2 * x; }", kTests,
     Verdict::kAccepted},
    {"right_in_c", "c", "int twice(int x) { return 2 * x; }", kTests,
     Verdict::kAccepted},
    {"wrong", "cpp", "int twice(int x) { return x * x; }", kTests,
     Verdict::kWrongAnswer},
    {"wrong_in_c", "c", "int twice(int x) { return x * x; }", kTests,
     Verdict::kWrongAnswer},
    {"exit_zero", "cpp", "#include <stdlib.h>\nint twice(int x) { exit(0); }",
     kTests, Verdict::kRuntimeError},
    {"underscore_exit", "c",
     "#include <unistd.h>\nint twice(int x) { _exit(0); }", kTests,
     Verdict::kRuntimeError},
    {"exit_in_constructor", "cpp",
     "#include <unistd.h>\nstruct S { S() { _exit(0); } } s; int twice(int "
     "x) { return 0; }",
     kTests, Verdict::kRuntimeError},
    {"abort_handler", "cpp",
     "#include <signal.h>\n#include <unistd.h>\nvoid h(int) { _exit(0); } "
     "struct S { S() { signal(SIGABRT, h); } } s; int twice(int x) { return "
     "0; }",
     kTests, Verdict::kRuntimeError},
    {"always_equal", "cpp",
     "struct E { template <class T> bool operator==(const T&) const { return "
     "true; } };\nE twice(int x) { return E(); }",
     kTests, Verdict::kWrongAnswer},
    {"swallows_tests", "cpp", "int main() { return 0; } /*", kTests,
     Verdict::kCompileError},
    {"throws", "cpp", "int twice(int x) { throw 1; }", kTests,
     Verdict::kRuntimeError},
    {"segfault", "cpp", "int twice(int x) { return *(volatile int*)0; }",
     kTests, Verdict::kRuntimeError},
    {"does_not_compile", "cpp", "int twice(int x) { return y; }", kTests,
     Verdict::kCompileError},
    {"missing", "cpp", "int thrice(int x) { return x; }", kTests,
     Verdict::kCompileError},
    {"status_of_main", "cpp", "int twice(int x) { return x; }",
     "int main() { return twice(TWO) == 4 ? 0 : 1; }", Verdict::kWrongAnswer},
    {"status_of_main_right", "cpp", "int twice(int x) { return 2 * x; }",
     "int main() { return twice(TWO) == 4 ? 0 : 1; }", Verdict::kAccepted},
    {"same_right", "cpp",
     "#include <vector>\nstd::vector<int> f(int x) { return {x, x}; }",
     kSameTests, Verdict::kAccepted},
    {"same_overloaded", "cpp",
     "#include <vector>\nstd::vector<int> f(int x) { return {}; }\nbool "
     "issame(std::vector<int>&&, std::initializer_list<int>) { return true; }",
     kSameTests, Verdict::kWrongAnswer},
    {"same_as_a_macro", "cpp",
     "#include <vector>\n#define issame(...) true\nstd::vector<int> f(int x) "
     "{ return {}; }",
     kSameTests, Verdict::kCompileError},
    {"assert_as_a_function", "c",
     "void __assert_fail(const char* a, const char* b, unsigned c, const "
     "char* d) {}\nint twice(int x) { return 0; }",
     kTests, Verdict::kRuntimeError},
    {"assert_as_a_macro", "cpp",
     "#define _ASSERT_H 1\n#define assert(x)\nint twice(int x) { return 0; }",
     kTests, Verdict::kWrongAnswer},
    {"main_as_a_macro", "cpp",
     "#define main other\nint twice(int x) { return 0; }", kTests,
     Verdict::kCompileError},
    {"tests_in_a_raw_string", "cpp",
     "int twice(int x) { return 0; }\nint main() {}\nconst char* s = R\"(",
     kTests, Verdict::kCompileError},
    {"tests_in_a_false_branch", "c",
     "int twice(int x) { return 0; }\nint main() { return 0; }\n#if 0\n",
     kTests, Verdict::kCompileError},
    {"exit_at_exit", "c",
     "#include <stdlib.h>\n#include <unistd.h>\nstatic void g(void) { "
     "_exit(0); }\n__attribute__((constructor)) static void c(void) { "
     "atexit(g); }\nint twice(int x) { return 0; }",
     kTests, Verdict::kWrongAnswer},
    {"program_replaced", "c",
     "#include <unistd.h>\nint twice(int x) { execl(\"/bin/true\", \"true\", "
     "(char*)0); return 0; }",
     kTests, Verdict::kRuntimeError},
    {"parent_leaves", "c",
     "#include <unistd.h>\nint twice(int x) { if (fork()) _exit(0); return 0; "
     "}",
     kTests, Verdict::kRuntimeError},
    {"template_without_end", "cpp",
     "template <int N> struct B { static const int v = B<N + 1>::v; };\nint "
     "twice(int x) { return B<0>::v; }",
     kTests, Verdict::kCompileError},
    {"forges_the_secret", "c",
     "#include <unistd.h>\nint twice(int x) { char s[64]; write(4, s, read(3, "
     "s, 64)); _exit(0); }",
     kTests, Verdict::kWrongAnswer},
    {"asserts_nothing", "c", "int twice(int x) { return 2 * x; }",
     "int main(void) { twice(TWO); return 0; }", Verdict::kNoVerdict},
    {"no_main", "cpp", "int twice(int x) { return 2 * x; }",
     "static_assert(true);", Verdict::kNoVerdict},
};

class Joined : public testing::TestWithParam<Row> {};

TEST_P(Joined, GivesTheVerdict) {
  const Row& row = GetParam();
  const Report report = Judging::Get().Asserts(
      row.language, std::string(kMacro) + row.solution, row.tests);
  EXPECT_EQ(Name(report.verdict), Name(row.verdict)) << report.reason;
  if (report.verdict == Verdict::kNoVerdict) {
    EXPECT_EQ(report.cause, Cause::kInvalidTests);
  }
  // Nothing was run, so nothing was forged.
  const bool ran = report.verdict != Verdict::kNoVerdict &&
                   report.verdict != Verdict::kCompileError;
  EXPECT_EQ(EvidenceOf(report).integrity,
            ran ? Integrity::kShared : Integrity::kIsolated);
}

INSTANTIATE_TEST_SUITE_P(Rows, Joined, testing::ValuesIn(kRows),
                         [](const auto& info) { return info.param.name; });

// Without an expectation to alter, the secret is all there is: the report
// says so.
TEST(Joined, SaysThatNothingCouldBeAltered) {
  const Report report = Judging::Get().Asserts(
      "c", std::string(kMacro) + "int twice(int x) { return 2 * x; }",
      "int main(void) { return twice(TWO) == 4 ? 0 : 1; }");
  EXPECT_EQ(report.verdict, Verdict::kAccepted);
  EXPECT_EQ(report.reason, "the tests ended; no expectation could be altered");
}

TEST(Joined, IsRefusedWhereIsolationIsAsked) {
  CodeSample code;
  code.language = "cpp";
  code.program = std::string(kMacro) + "int twice(int x) { return 2 * x; }";
  code.tests = AssertTests{kTests, ""};
  code.limits = ShortLimits();
  code.min_integrity = Integrity::kIsolated;
  const Report report = Judging::Get().Verify(code);
  EXPECT_EQ(report.cause, Cause::kIntegrity);
  EXPECT_FALSE(report.score.has_value());
}

}  // namespace
}  // namespace assay::code
