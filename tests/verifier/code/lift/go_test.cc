// Go tests, lifted: values of all shapes, ways to assert, and candidates that
// would rather not be judged.
#include "tests/verifier/code/lift/lift_cases.h"

namespace assay::code {
namespace {

#define GO_MAIN(body) "func main() {\n" body "\n}\n"
#define CHECK_GO(condition) "if !(" condition ") { panic(`" #condition "`) }\n"

constexpr char kAdd[] =
    "package main\nfunc add(a, b int) int { return a + b }\n";
constexpr char kAddTests[] =
    GO_MAIN(CHECK_GO("add(1, 2) == 3") CHECK_GO("add(-4, 2) == -2"));

std::vector<LiftCase> Values() {
  return {
      {"go", "Scalars",
       "package main\n"
       "func f(a int8, b uint64, c rune, d byte, e bool) (int8, uint64, rune, "
       "byte, bool) { return -a, b, c + 1, d, !e }\n"
       "func g(x float64, y float32) (float64, float32) { return x / 3, y }\n"
       "func z(x float64) float64 { return x * 0 }\n"
       "func s(t string) string { return t + t }\n",
       "package main\nimport \"math\"\n" GO_MAIN(
           "a, b, c, d, e := f(127, math.MaxUint64, 'y', 255, true)\n" CHECK_GO(
               "a == -127 && b == math.MaxUint64 && c == 'z'")
               CHECK_GO("d == 255 && !e") "x, y := g(1, 0.1)\n" CHECK_GO(
                   "x == 1.0/3 && y == 0.1") CHECK_GO("math.IsNaN(z("
                                                      "math.Inf(1)))")
                   CHECK_GO("math.Signbit(z(-1))")
                       CHECK_GO("s(\"a\\x00 \\n\\xff%\") == "
                                "\"a\\x00 \\n\\xff%a\\x00 \\n\\xff%\""))},
      {"go", "Slices",
       "package main\nimport \"sort\"\n"
       "func up(a []int) []int { sort.Ints(a); return a }\n"
       "func grid(g [][]string) [][]string { g[0][1] = \"x\"; return g }\n"
       "func none(a []int) []int { if len(a) == 0 { return nil }; return a }\n"
       "func arr(a [3]int) [3]int { a[0] = 9; return a }\n",
       "import \"reflect\"\n" GO_MAIN(
           "a := []int{3, 1, 2}\nb := up(a)\n" CHECK_GO(
               "reflect.DeepEqual(b, []int{1, 2, 3})")
               CHECK_GO("reflect.DeepEqual(a, b)")  // Sorted in place.
           "g := [][]string{{\"a\", \"b\"}, {}}\nrow := "
           "g[0]\ngrid(g)\n" CHECK_GO("g[0][1] == \"x\" && row[1] == \"x\"")
               CHECK_GO(
                   "none([]int{}) "
                   "== nil") "c := [3]int{1, 2, 3}\n" CHECK_GO("arr(c) == "
                                                               "[3]int{9, 2, "
                                                               "3} && c[0] == "
                                                               "1"))},
      {"go", "Maps",
       "package main\n"
       "func count(words []string) map[string]int { m := map[string]int{}\n"
       "for _, w := range words { m[w]++ }; return m }\n"
       "func drop(m map[int][]bool) { delete(m, 1); m[5] = []bool{true} }\n",
       "package main\nimport (\n\"fmt\"\n\"reflect\"\n)\n" GO_MAIN(
           CHECK_GO("fmt.Sprint(count([]string{\"b\", \"a\", \"b\"})) == "
                    "\"map[a:1 b:2]\"") "m := map[int][]bool{1: nil, 2: {}}\n"
                                        "drop(m)\n" CHECK_GO(
                                            "reflect.DeepEqual(m, map[int][]"
                                            "bool{2: {}, 5: {true}})"))},
      {"go", "Interfaces",
       "package main\n"
       "func pair(x int) []interface{} { return []interface{}{x, \"a\", 1.5, "
       "nil, []int{x}, map[string]interface{}{\"k\": int64(2)}, 'c'} }\n"
       "func same(x interface{}) interface{} { return x }\n"
       "func first(l []any) any { return l[0] }\n",
       "import (\"fmt\"; \"reflect\")\n" GO_MAIN(
           CHECK_GO("reflect.DeepEqual(pair(4), []interface{}{4, \"a\", 1.5, "
                    "nil, []int{4}, map[string]interface{}{\"k\": int64(2)}, "
                    "'c'})")
               CHECK_GO("fmt.Sprintf(\"%T\", same(uint8(3))) == \"uint8\"")
                   CHECK_GO("first([]any{[2]bool{true}}) == [2]bool{true}"))},
      {"go", "ErrorsAndPointers",
       "package main\nimport (\"errors\"; \"fmt\")\n"
       "func div(a, b int) (q int, err error) { if b == 0 { return 0, "
       "errors.New(\"by zero\") }; return a / b, nil }\n"
       "func swap(a, b *int) { *a, *b = *b, *a }\n"
       "func maybe(x int) *string { if x == 0 { return nil }; s := "
       "fmt.Sprint(x); return &s }\n"
       "func sum(xs ...int) (t int) { for _, x := range xs { t += x }; return "
       "}\n",
       GO_MAIN("q, err := div(7, 2)\n" CHECK_GO(
           "q == 3 && err == nil") "_, "
                                   "err = div(1, 0)\n" CHECK_GO(
                                       "err != nil && err.Error() == \"by "
                                       "zero\"") "x, y := 1, 2\n"
                                                 "swap(&x, "
                                                 "&y)\n" CHECK_GO("x == 2 && "
                                                                  "y == 1")
                                                     CHECK_GO("maybe(0) == nil "
                                                              "&& *maybe(7) == "
                                                              "\"7\"")
                                                         CHECK_GO("sum() == 0 "
                                                                  "&& sum(1, "
                                                                  "2) == 3 && "
                                                                  "sum([]int{4,"
                                                                  " 5}...) "
                                                                  "== 9"))},
  };
}

std::vector<LiftCase> Forms() {
  return {
      {"go", "TestFunctions",
       "package add_test\nimport (\n\"testing\"\n\"fmt\"\n)\n"
       "func add(a, b int) int { return a + b }\n",
       "func TestAdd(t *testing.T) {\n  candidate := add\n"
       "  if fmt.Sprint(candidate(1, 2)) != \"3\" { t.Errorf(\"no\") }\n}\n"
       "func TestMore(t *testing.T) { t.Run(\"sub\", func(t *testing.T) {\n"
       "  if add(2, 2) != 4 { t.Fatal(\"no\") } }) }\n"},
      {"go", "TestFunctionsFail",
       "package add_test\nimport \"testing\"\n"
       "func add(a, b int) int { return a - b }\n",
       "func TestAdd(t *testing.T) { if add(1, 2) != 3 { t.Errorf(\"no\") } "
       "}\n",
       Verdict::kWrongAnswer},
      {"go", "WrongAnswer",
       "package main\nfunc add(a, b int) int { return a | b }\n",
       GO_MAIN(CHECK_GO("add(1, 2) == 3") CHECK_GO("add(1, 1) == 2")),
       Verdict::kWrongAnswer},
      {"go", "OwnMain",
       "package main\nimport \"fmt\"\n"
       "func add(a, b int) int { return a + b }\n"
       "func main() { fmt.Println(add(1, 2)) }\n",
       kAddTests},
      {"go", "OwnMainIsNotRun",
       "package main\nimport \"os\"\n"
       "func add(a, b int) int { return a - b }\n"
       "func main() { os.Exit(0) }\n",
       kAddTests, Verdict::kWrongAnswer},
      {"go", "OwnMainJoined",
       "package main\ntype P struct { X chan int }\nfunc mk(x int) *P { "
       "return nil }\nfunc main() { mk(1) }\n",
       GO_MAIN(CHECK_GO("mk(3) == nil")), Verdict::kAccepted, Lift::kNo},
      {"go", "NeverCalled", kAdd, GO_MAIN("x := 1\n" CHECK_GO("x + 1 == 2")),
       Verdict::kNoVerdict},
      {"go", "Missing", kAdd, GO_MAIN(CHECK_GO("sum(1, 2) == 3")),
       Verdict::kCompileError, Lift::kNo},
      {"go", "TestsExitZero", kAdd,
       "import \"os\"\n" GO_MAIN(
           "if add(1, 2) != 3 { os.Exit(1) }\nos.Exit(0)")},
      {"go", "TestsExitOne", kAdd,
       "import \"os\"\n" GO_MAIN("if add(1, 2) == 3 { os.Exit(1) }"),
       Verdict::kWrongAnswer},
      {"go", "ExpectsAPanic",
       "package main\nfunc at(a []int, i int) int { if i < 0 { "
       "panic(\"negative\") }; return a[i] }\n",
       "import \"strings\"\n"
       "func caught(f func()) (r interface{}) { defer func() { r = recover() "
       "}(); f(); return nil }\n" GO_MAIN(
           "r := caught(func() { at([]int{1}, -1) })\n" CHECK_GO(
               "r == \"negative\"") "r = caught(func() { at([]int{1}, 5) })\n"
                                    "err, ok := r.(error)\n" CHECK_GO(
                                        "ok && strings.Contains(err.Error(), "
                                        "\"out of range\")"))},
      {"go", "Panics",
       "package main\nfunc add(a, b int) int { var m map[int]int; m[a] = b; "
       "return a }\n",
       kAddTests, Verdict::kRuntimeError},
      {"go", "Deadlock",
       "package main\nfunc add(a, b int) int { c := make(chan int); return <-c "
       "}\n",
       kAddTests, Verdict::kRuntimeError},
      {"go", "Endless",
       "package main\nfunc add(a, b int) int { for { a++ } }\n", kAddTests,
       Verdict::kTimeLimit},
      {"go", "EatsMemory",
       "package main\nvar all [][]byte\nfunc add(a, b int) int { for { m := "
       "make([]byte, 1<<24); for i := range m { m[i] = 1 }; all = append(all, "
       "m) } }\n",
       kAddTests, Verdict::kMemoryLimit},
      {"go", "PrintsMuch",
       "package main\nimport \"fmt\"\nfunc add(a, b int) int { for { "
       "fmt.Println(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\") } }\n",
       kAddTests, Verdict::kOutputLimit},
      {"go", "UnusedImport",
       "package main\nimport (\"fmt\"; \"os\")\nfunc add(a, b int) int { "
       "return "
       "a + b }\n",
       GO_MAIN("fmt.Println(add(1, 2))"), Verdict::kCompileError, Lift::kNo},
      {"go", "WrongSignature",
       "package main\nfunc add(a, b string) string { return a + b }\n",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"go", "OwnTypeIsJoined",
       "package main\ntype P struct { X int }\nfunc mk(x int) P { return P{x} "
       "}\n",
       GO_MAIN(CHECK_GO("mk(3) == P{3}")), Verdict::kAccepted, Lift::kNo},
      {"go", "OwnTypeIsJoinedAndWrong",
       "package main\ntype P struct { X int }\nfunc mk(x int) P { return "
       "P{x+1} }\n",
       GO_MAIN(CHECK_GO("mk(3) == P{3}")), Verdict::kWrongAnswer, Lift::kNo},
      {"go", "JoinedAndPanics",
       "package main\ntype P struct { X int }\nfunc mk(x int) P { "
       "var p *P\nreturn *p }\n",
       GO_MAIN(CHECK_GO("mk(3) == P{3}")), Verdict::kRuntimeError, Lift::kNo},
      {"go", "JoinedAndFatal",
       "package main\ntype P struct { X int }\nfunc mk(x int) P { return "
       "P{x+1} }\n",
       "import \"log\"\n" GO_MAIN("if mk(3) != (P{3}) { log.Fatalf(\"%v\", "
                                  "1) }"),
       Verdict::kWrongAnswer, Lift::kNo},
      {"go", "JoinedAndExits",
       "package main\ntype P struct { X int }\nfunc mk(x int) P { return "
       "P{x} }\n",
       "import \"os\"\n" GO_MAIN("if mk(3) != (P{3}) { os.Exit(1) }\n"
                                 "os.Exit(0)"),
       Verdict::kAccepted, Lift::kNo},
      {"go", "JoinedTestFunctionsFail",
       "package main\ntype P struct { X int }\nfunc mk(x int) P { return "
       "P{x+1} }\n",
       "import \"testing\"\nfunc TestMk(t *testing.T) { if mk(3) != (P{3}) { "
       "t.Errorf(\"no\") } }\n",
       Verdict::kWrongAnswer, Lift::kNo},
      {"go", "ShadowedBuiltin",
       "package main\ntype int string\nfunc add(a, b int) int { return a + b "
       "}\n",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"go", "StateIsKept",
       "package main\nvar n int\nfunc next() int { n++; return n }\n"
       "func init() { n = 10 }\n",
       GO_MAIN(CHECK_GO("next() == 11") CHECK_GO("next() == 12"))},
      {"go", "FunctionsOfTheSolution",
       "package main\nfunc equal(a, b []string) bool { return len(a) == len(b) "
       "}\nfunc copy(a int) int { return a }\nfunc add(a, b int) int { return "
       "copy(a) + b }\n",
       kAddTests},
  };
}

std::vector<LiftCase> Hostile() {
  return {
      {"go", "UnclosedComment",
       "package main\nfunc add(a, b int) int { return 3 }\n/*", kAddTests,
       Verdict::kCompileError, Lift::kNo},
      {"go", "UnclosedRawText",
       "package main\nfunc add(a, b int) int { return 3 }\nvar s = `",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"go", "UnclosedBrace",
       "package main\nfunc add(a, b int) int { return 3 }\nfunc g() {",
       kAddTests, Verdict::kCompileError, Lift::kNo},
      {"go", "SwallowsPanic",
       "package main\nfunc panic(x interface{}) {}\n"
       "func add(a, b int) int { return 0 }\n",
       kAddTests, Verdict::kWrongAnswer},
      {"go", "ExitsZeroAtLoad",
       "package main\nimport \"os\"\nfunc init() { os.Exit(0) }\n"
       "func add(a, b int) int { return a + b }\n",
       kAddTests, Verdict::kRuntimeError},
      {"go", "ExitsZeroInACall",
       "package main\nimport \"os\"\nfunc add(a, b int) int { os.Exit(0); "
       "return a + b }\n",
       kAddTests, Verdict::kRuntimeError},
      {"go", "WritesTheVerdict",
       "package main\nimport (\"os\"; \"syscall\")\nfunc init() { "
       "syscall.Write(4, []byte(\"pass\\n\")); syscall.Write(5, "
       "[]byte(\"pass\\n\")); os.Exit(0) }\nfunc add(a, b int) int { return 0 "
       "}\n",
       kAddTests, Verdict::kRuntimeError},
      {"go", "AnswersBeforeItIsAsked",
       "package main\nimport \"syscall\"\nfunc init() { syscall.Write(5, "
       "[]byte(\"ready\\nreturn i3\\nreturn i7\\n\")) }\nfunc add(a, b int) "
       "int { return 0 }\n",
       kAddTests, Verdict::kWrongAnswer},
      {"go", "ForgedFrames",
       "package main\nimport \"syscall\"\nfunc add(a, b int) int { "
       "syscall.Write(5, []byte(\"return l1000000000 i1\\n\")); return 3 }\n",
       kAddTests, Verdict::kRuntimeError},
      {"go", "EndlessLine",
       "package main\nimport \"syscall\"\nfunc add(a, b int) int { for { "
       "syscall.Write(5, make([]byte, 1<<20)) } }\n",
       kAddTests, Verdict::kRuntimeError},
      {"go", "DeepValue",
       "package main\nfunc add(a, b int) interface{} { var x interface{} = 1; "
       "for i := 0; i < 100000; i++ { x = []interface{}{x} }; return x }\n",
       GO_MAIN(CHECK_GO("add(1, 2) == 3")), Verdict::kRuntimeError},
      {"go", "ThreadsGoOn",
       "package main\nfunc add(a, b int) int { go func() { select {} }(); "
       "return a + b }\n",
       kAddTests},
      {"go", "ReadsStdin",
       "package main\nimport \"fmt\"\nfunc add(a, b int) int { var s string; "
       "fmt.Scan(&s); return a + b + len(s) }\n",
       kAddTests},
      {"go", "PrintsToStdout",
       "package main\nimport \"fmt\"\nfunc add(a, b int) int { "
       "fmt.Println(\"return i9\"); return a + b }\n",
       kAddTests},
      {"go", "PanicsWithOurText",
       "package main\nfunc add(a, b int) int { panic(\"pass\\n\\npass\") }\n",
       kAddTests, Verdict::kRuntimeError},
      {"go", "RecoversNothing",
       "package main\nimport \"runtime\"\nfunc add(a, b int) int { "
       "runtime.Goexit(); return 3 }\n",
       kAddTests, Verdict::kRuntimeError},
  };
}

std::vector<LiftCase> Cases() {
  std::vector<LiftCase> all = Values();
  for (auto* more : {&Forms, &Hostile}) {
    for (const LiftCase& c : (*more)()) all.push_back(c);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Go, Lifts, ::testing::ValuesIn(Cases()), Named);

}  // namespace
}  // namespace assay::code
