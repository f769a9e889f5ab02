// C++ tests, lifted: values of all shapes, ways to assert, and candidates
// that would rather not be judged.
#include "tests/verifier/code/lift/lift_cases.h"

namespace assay::code {
namespace {

#define ASSERTS "#undef NDEBUG\n#include <cassert>\n"
#define MAIN(body) ASSERTS "int main() {\n" body "\n}\n"

constexpr char kAddTests[] =
    MAIN("assert(add(1, 2) == 3); assert(add(-4, 2) == -2);");
constexpr char kAdd[] = "int add(int a, int b) { return a + b; }\n";

std::vector<LiftCase> Values() {
  return {
      {"cpp", "Scalars",
       "#include <climits>\n"
       "signed char a(signed char x) { return -x; }\n"
       "unsigned long long b(unsigned long long x) { return x; }\n"
       "long long c(long long x) { return x; }\n"
       "char d(char x) { return x + 1; }\n"
       "bool e(bool x) { return !x; }\n"
       "float f(float x) { return x / 3; }\n"
       "long double g(long double x) { return x / 3; }\n"
       "double h(double x) { return x * 0; }\n"
       "unsigned char i(unsigned char x) { return x; }\n",
       "#include <climits>\n#include <cmath>\n" MAIN(
           "assert(a(127) == -127 && a(-127) == 127);\n"
           "assert(b(ULLONG_MAX) == ULLONG_MAX);\n"
           "assert(c(LLONG_MIN) == LLONG_MIN && c(LLONG_MAX) == LLONG_MAX);\n"
           "assert(d('y') == 'z' && d('\\xfe') == '\\xff');\n"
           "assert(e(false) && !e(true));\n"
           "assert(f(1) == 1.0f / 3 && g(1) == 1.0L / 3);\n"
           "assert(std::isnan(h(INFINITY)) && std::signbit(h(-1)));\n"
           "assert(i(255) == 255);")},
      {"cpp", "Texts",
       "#include <string>\n#include <string_view>\n"
       "std::string twice(const std::string& s) { return s + s; }\n"
       "const char* name(const char* s) { return s ? s : \"none\"; }\n"
       "std::string cut(std::string_view s) { return "
       "std::string(s.substr(1)); }\n",
       MAIN("std::string odd(\"a\\0 \\n\\xff%\", 6);\n"
            "assert(twice(odd) == odd + odd);\n"
            "assert(twice(\"\") == \"\");\n"
            "assert(std::string(name(\"x\")) == \"x\");\n"
            "assert(std::string(name(nullptr)) == \"none\");\n"
            "assert(cut(\"abc\") == \"bc\");")},
      {"cpp", "Sequences",
       "#include <bits/stdc++.h>\nusing namespace std;\n"
       "vector<vector<int>> grid(vector<vector<int>> g) { g[0].push_back(7); "
       "return g; }\n"
       "vector<bool> flip(vector<bool> v) { v.flip(); return v; }\n"
       "deque<string> back(list<string> l) { l.reverse(); return "
       "deque<string>(l.begin(), l.end()); }\n"
       "array<int, 3> turn(array<int, 3> a) { swap(a[0], a[2]); return a; }\n",
       MAIN("assert((grid({{1}, {}}) == vector<vector<int>>{{1, 7}, {}}));\n"
            "assert((flip({true, false}) == vector<bool>{false, true}));\n"
            "assert((back({\"a\", \"\"}) == deque<string>{\"\", \"a\"}));\n"
            "assert((turn({1, 2, 3}) == array<int, 3>{3, 2, 1}));")},
      {"cpp", "MapsSetsTuples",
       "#include <bits/stdc++.h>\nusing namespace std;\n"
       "map<string, vector<int>> byName(vector<pair<string, int>> v) {\n"
       "  map<string, vector<int>> m;\n"
       "  for (auto& [k, x] : v) m[k].push_back(x);\n  return m;\n}\n"
       "unordered_map<char, int> letters(string s) {\n"
       "  unordered_map<char, int> m;\n  for (char c : s) ++m[c];\n"
       "  return m;\n}\n"
       "set<int> uniq(vector<int> v) { return {v.begin(), v.end()}; }\n"
       "unordered_set<string> same(unordered_set<string> s) { return s; }\n"
       "optional<tuple<int, string, double>> lookup(int x) {\n"
       "  if (x < 0) return nullopt;\n  return make_tuple(x, \"y\", 0.5);\n}\n",
       MAIN("assert((byName({{\"a\", 1}, {\"b\", 2}, {\"a\", 3}}) == "
            "map<string, vector<int>>{{\"a\", {1, 3}}, {\"b\", {2}}}));\n"
            "assert((letters(\"aba\") == unordered_map<char, int>{{'a', 2}, "
            "{'b', 1}}));\n"
            "assert((uniq({2, 1, 2}) == set<int>{1, 2}));\n"
            "assert((same({\"x\"}) == unordered_set<string>{\"x\"}));\n"
            "assert(!lookup(-1));\n"
            "assert((lookup(3) == make_tuple(3, string(\"y\"), 0.5)));")},
      {"cpp", "ArgumentsComeBack",
       "#include <algorithm>\n#include <string>\n#include <vector>\n"
       "void sortThem(std::vector<int>& v) { std::sort(v.begin(), v.end()); }\n"
       "int bump(int& x, const int& y, std::string&& s) { x += y; return "
       "s.size(); }\n",
       MAIN("std::vector<int> v = {3, 1, 2}; sortThem(v);\n"
            "assert((v == std::vector<int>{1, 2, 3}));\n"
            "int x = 1; assert(bump(x, 4, \"ab\") == 2); assert(x == 5);")},
      {"cpp", "ArgumentsComeBackWrong",
       "#include <vector>\nvoid sortThem(std::vector<int>& v) {}\n",
       MAIN("std::vector<int> v = {3, 1}; sortThem(v);\n"
            "assert((v == std::vector<int>{1, 3}));"),
       Verdict::kWrongAnswer},
  };
}

std::vector<LiftCase> Forms() {
  return {
      {"cpp", "CandidateVariable", kAdd,
       MAIN("auto candidate = add; assert(candidate((1), (2)) == (3));")},
      {"cpp", "ConstTemplatesByReference",
       "#include <vector>\nint first(const std::vector<int>& v) { return v[0]; "
       "}\nint last(std::vector<int> const& v) { return v.back(); }\n",
       MAIN("assert(first({4, 5}) == 4 && last({4, 5}) == 5);")},
      {"cpp", "Overloads",
       "int f(int x) { return 1; }\nint f(double x) { return 2; }\n",
       MAIN("assert(f(1) == 1 && f(1.0) == 2);")},
      {"cpp", "Defaults", "int add(int a, int b = 40) { return a + b; }\n",
       MAIN("assert(add(2) == 42); assert(add(2, 3) == 5);")},
      {"cpp", "SamenessWithTolerance",
       "#include <math.h>\n#include <vector>\nusing namespace std;\n"
       "vector<float> half(vector<float> v) { for (float& x : v) x /= 2; "
       "return v; }\n",
       ASSERTS
       "bool issame(vector<float> a, vector<float> b) {\n"
       "  if (a.size() != b.size()) return false;\n"
       "  for (int i = 0; i < a.size(); i++)\n"
       "    if (abs(a[i] - b[i]) > 1e-4) return false;\n  return true;\n}\n"
       "int main() { assert(issame(half({1, 3}), {0.5, 1.5})); }\n"},
      {"cpp", "Loops", "long sq(long x) { return x * x; }\n",
       MAIN("for (long i = -50; i < 50; ++i) assert(sq(i) == i * i);")},
      {"cpp", "ReturnsItsVerdict", kAdd,
       "int main() { return add(1, 1) == 2 ? 0 : 1; }\n"},
      {"cpp", "ReturnsItsVerdictWrong",
       "int add(int a, int b) { return a * b; }\n",
       "int main() { return add(1, 1) == 2 ? 0 : 1; }\n",
       Verdict::kWrongAnswer},
      {"cpp", "ExpectsAnException",
       "#include <stdexcept>\nint root(int x) { if (x < 0) throw "
       "std::invalid_argument(\"below zero\"); return x; }\n",
       "#include <stdexcept>\n#include <string>\n" MAIN(
           "bool thrown = false;\n"
           "try { root(-1); } catch (const std::invalid_argument& e) {\n"
           "  thrown = std::string(e.what()) == \"below zero\"; }\n"
           "assert(thrown); assert(root(4) == 4);")},
      {"cpp", "ThrowsUnexpectedly", "int add(int a, int b) { throw 1; }\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "Macros",
       "#define ll long long\n"
       "int add(int a, int b) { ll c "
       "= a; return c + b; }\n",
       kAddTests},
      {"cpp", "TrailingResult",
       "auto add(int a, int b) -> int { return a + b; }\n", kAddTests},
      {"cpp", "BracesInTexts",
       "// } int add(\nconst char* s = \"}{(\\\"\"; char c = '{';\n"
       "const char* r = R\"x(}})\")x\";\nint add(int a, int b) { return a + b; "
       "}\n",
       kAddTests},
      // What cannot be told apart is joined.
      {"cpp", "TypeOfItsOwn",
       "struct P { int x; };\nP make(int x) { return {x}; }\n",
       MAIN("assert(make(2).x == 2);"), Verdict::kAccepted, Lift::kNo},
      {"cpp", "Template", "template <class T> T same(T x) { return x; }\n",
       MAIN("assert(same(2) == 2);"), Verdict::kAccepted, Lift::kNo},
      {"cpp", "GlobalOfTheProgram",
       "int calls = 0;\nint add(int a, int b) { ++calls; return a + b; }\n",
       MAIN("assert(add(1, 2) == 3); assert(calls == 1);"), Verdict::kAccepted,
       Lift::kNo},
      {"cpp", "MainOfItsOwn",
       "int add(int a, int b) { return a + b; }\nint main() { return add(1, "
       "1); "
       "}\n",
       kAddTests},
      {"cpp", "MainOfItsOwnIsNotRun",
       "#include <cstdlib>\nint add(int a, int b) { return a - b; }\n"
       "int main(int, char** argv) { exit(argv[0] == nullptr); }\n",
       kAddTests, Verdict::kWrongAnswer},
      {"cpp", "MainOfItsOwnIsCalled",
       "#include <cstdlib>\nint main() { exit(0); }\n"
       "int add(int a, int b) { return main(); }\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "MainOfItsOwnJoined",
       "int calls = 0;\nint add(int a, int b) { ++calls; return a + b; }\n"
       "int main() { return 0; }\n",
       MAIN("assert(add(1, 2) == 3); assert(calls == 1);"), Verdict::kAccepted,
       Lift::kNo},
      {"cpp", "MainOfItsOwnJoinedIsNotRun",
       "int calls = 0;\nint add(int a, int b) { return a + b; }\n"
       "int main() { return 0; }\n",
       MAIN("assert(add(1, 2) == 3); assert(calls == 1);"),
       Verdict::kWrongAnswer, Lift::kNo},
      {"cpp", "TwoMainsOfItsOwn",
       "int add(int a, int b) { return a + b; }\nint main() { return 0; }\n"
       "#define M main\nint M() { return 0; }\n",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"cpp", "NeverCalled", kAdd, MAIN("int x = 1; assert(x + 1 == 2);"),
       Verdict::kNoVerdict},
      {"cpp", "Missing", "int sum(int a, int b) { return a + b; }\n", kAddTests,
       Verdict::kCompileError, Lift::kNo},
      {"cpp", "MissingHeader", "int add(int a, int b) { return a + b; }\n",
       MAIN("std::vector<int> v = {add(1, 2)}; assert(v[0] == 3);"),
       Verdict::kCompileError, Lift::kNo},
      {"cpp", "AssertsNothing", kAdd, "int main() { add(1, 2); return 0; }\n",
       Verdict::kNoVerdict, Lift::kNo},
  };
}

std::vector<LiftCase> Hostile() {
  return {
      {"cpp", "Exits",
       "#include <cstdlib>\nint add(int a, int b) { exit(0); "
       "}\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "ExitsBeforeMain",
       "#include <cstdlib>\nstruct S { S() { _Exit(0); } } s;\nint add(int a, "
       "int b) { return 3; }\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "AlwaysEqual",
       "#include <string>\nbool operator==(const std::string&, int) { return "
       "true; }\nstruct E { template <class T> bool operator==(const T&) const "
       "{ return true; } };\nE add(int a, int b) { return E(); }\n",
       kAddTests, Verdict::kWrongAnswer, Lift::kNo},
      {"cpp", "AssertAsAMacro",
       "#define NDEBUG\n#define assert(x)\nint add(int a, int b) { return 9; "
       "}\n",
       kAddTests, Verdict::kWrongAnswer, Lift::kNo},
      {"cpp", "NoDebug",
       "#define NDEBUG\nint add(int a, int b) { return 9; }\n",
       "#include <cassert>\nint main() { assert(add(1, 2) == 3); }\n",
       Verdict::kWrongAnswer},
      {"cpp", "ComparesForTheTests",
       "double abs(double x) { return 0; }\ndouble half(double x) { return 9; "
       "}\n",
       MAIN("assert(abs(half(1.0) - 0.5) < 1e-9);"), Verdict::kAccepted,
       Lift::kNo},
      {"cpp", "OfTheLibrarysNameAlone",
       "int max(int a, int b) { return a < b ? b : a; }\n",
       MAIN("assert(max(1, 2) == 2); assert(max(4, 2) == 4);")},
      {"cpp", "SaysPassItself",
       "#include <unistd.h>\nint add(int a, int b) { write(4, \"pass\\n\", 5); "
       "write(5, \"pass\\n\", 5); return 9; }\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "AnswersAhead",
       "#include <unistd.h>\nstruct S { S() { write(5, \"ready\\nreturn "
       "i3\\nreturn i3\\n\", 26); } } s;\nint add(int a, int b) { return 9; "
       "}\n",
       kAddTests, Verdict::kWrongAnswer},
      {"cpp", "WrongType",
       "#include <unistd.h>\nint add(int a, int b) { write(5, \"return "
       "s3\\n\", 10); pause(); return 3; }\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "TooLargeAnInteger",
       "#include <unistd.h>\nint add(int a, int b) { write(5, \"return "
       "i4294967299\\n\", 19); pause(); return 3; }\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "ManyItems",
       "#include <unistd.h>\n#include <vector>\nstd::vector<int> f() { "
       "write(5, \"return l999999\\n\", 15); pause(); return {}; }\n",
       MAIN("assert(f().empty());"), Verdict::kRuntimeError},
      {"cpp", "EndlessLine",
       "#include <unistd.h>\nint add(int a, int b) { char t[4096] = {'a'}; for "
       "(char& c : t) c = 'a'; for (;;) if (write(5, t, 4096) < 0) return 3; "
       "}\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "ReadsTheWire",
       "#include <unistd.h>\nint add(int a, int b) { char t[99]; read(5, t, "
       "99); return 3; }\n",
       kAddTests, Verdict::kTimeLimit},
      {"cpp", "Loops2",
       "int add(int a, int b) { for (volatile int i = 0;; ++i) "
       "{} }\n",
       kAddTests, Verdict::kTimeLimit},
      {"cpp", "Segfaults",
       "int add(int a, int b) { return *(volatile int*)8; "
       "}\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "RecursesForEver",
       "int add(int a, int b) { volatile int x = a; return add(x, b + 1) + x; "
       "}\n",
       kAddTests, Verdict::kRuntimeError},
      {"cpp", "PrintsAndReads",
       "#include <iostream>\nint add(int a, int b) { int x = 0; std::cin >> x; "
       "std::cout << \"return i9\\n\" << std::flush; return a + b + x; }\n",
       kAddTests},
      {"cpp", "LeavesAThread",
       "#include <thread>\nint add(int a, int b) { std::thread([] { for (;;) "
       "std::this_thread::yield(); }).detach(); return a + b; }\n",
       MAIN("assert(add(1, 2) == 3);")},
      {"cpp", "UnclosedComment", "int add(int a, int b) { return a + b; } /*",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"cpp", "UnclosedText",
       "int add(int a, int b) { return a + b; }\nconst char* s = R\"(",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"cpp", "FalseBranch", "int add(int a, int b) { return a + b; }\n#if 0\n",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"cpp", "SamenessOfItsOwn",
       "#include <vector>\nusing namespace std;\nvector<int> f(int x) { return "
       "{}; }\nbool issame(vector<int>&&, initializer_list<int>) { return "
       "true; }\n",
       ASSERTS "bool issame(vector<int> a, vector<int> b) { return a == b; }\n"
               "int main() { assert(issame(f(2), {2, 2})); }\n",
       Verdict::kWrongAnswer, Lift::kNo},
  };
}

std::vector<LiftCase> Cases() {
  std::vector<LiftCase> all = Values();
  for (auto* more : {&Forms, &Hostile}) {
    for (const LiftCase& c : (*more)()) all.push_back(c);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Cpp, Lifts, ::testing::ValuesIn(Cases()), Named);

}  // namespace
}  // namespace assay::code
