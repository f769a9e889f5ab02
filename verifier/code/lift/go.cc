// Go: a program's functions become stubs of the same signatures, the tests
// keep their text, and each side is a file of package main, so that nothing
// at the end of one can swallow the other.
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_go_build.h"
#include "embedded/code_go_calls.h"
#include "embedded/code_go_wire.h"
#include "verifier/code/lift/altered.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/lift/edits.h"
#include "verifier/code/lift/go_source.h"

namespace assay::code {
namespace {

constexpr char kMainFile[] = "main.go";
constexpr char kSecondFile[] = "assay_calls.go";
constexpr char kTestsMain[] = "assay_tests_main";

bool IsStandardPath(std::string_view path) {
  return !path.empty() &&
         path.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789/") ==
             std::string_view::npos;
}

// A function of such a name would be called where the tests mean Go's own.
bool IsPredeclared(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "append", "cap",     "close", "complex", "copy",  "delete",
      "false",  "imag",    "init",  "iota",    "len",   "main",
      "make",   "new",     "nil",   "panic",   "print", "println",
      "real",   "recover", "true",  "clear"};
  return std::find(std::begin(kNames), std::end(kNames), name) !=
         std::end(kNames);
}

void MainPackage(const GoSource& source, Edits* edits) {
  if (source.package_name == 0) return;
  const Token& name = source.lexed.tokens[source.package_name];
  edits->Replace(name.begin, name.text.size(), "main");
}

// The program, in package main, a main of its own set aside; what it imports
// for the tests alone is imported blank.
std::string ProgramText(const GoSource& program, const GoSource& tests) {
  Edits edits;
  MainPackage(program, &edits);
  if (const GoFunction* own = program.Find("main")) {
    edits.Replace(own->name_at, own->name.size(), "assay_own_main");
  }
  for (const GoImport& import : program.imports) {
    const std::string_view name = import.name();
    if (import.alias == "_" || import.alias == "." ||
        program.selects.count(name) || !tests.selects.count(name)) {
      continue;
    }
    edits.Replace(import.begin, import.end - import.begin,
                  absl::StrCat("_ \"", import.path, "\""));
  }
  return edits.Apply(program.lexed.text);
}

void AddImport(const GoImport& import, std::string* text) {
  absl::StrAppend(text, "import ", std::string(import.alias), " \"",
                  import.path, "\"\n");
}

// Package clause and imports of the tests' file: its own, and those of the
// program that it uses.
std::string TestsHead(const GoSource* program, const GoSource& tests) {
  std::string text = "package main\nimport \"assaywire\"\n";
  std::set<std::string> known;
  for (const GoImport& import : tests.imports) {
    AddImport(import, &text);
    known.insert(std::string(import.name()));
  }
  if (!program) return text;
  for (const GoImport& import : program->imports) {
    const std::string name(import.name());
    if (name != "_" && tests.selects.count(name) &&
        IsStandardPath(import.path) && known.insert(name).second) {
      AddImport(import, &text);
    }
  }
  return text;
}

// What a function of Go's own, by which tests end, becomes, so that the wire
// can say how they ended; empty: itself.
std::string EndOf(std::string_view package, std::string_view name,
                  bool examiner) {
  if (package == "os" && name == "Exit") {
    return examiner ? "assaywire.Exit" : "assaywire.JoinedExit";
  }
  if (examiner || package != "log") return "";
  if (name == "Fatal") return "assaywire.Fatal(log.Print)";
  if (name == "Fatalln") return "assaywire.Fatal(log.Println)";
  return name == "Fatalf" ? "assaywire.Fatalf(log.Printf)" : "";
}

// The tests' declarations, their main renamed.
std::string TestsBody(const GoSource& tests, bool examiner) {
  Edits edits;
  edits.Replace(0, tests.body, "");
  if (const GoFunction* own = tests.Find("main")) {
    edits.Replace(own->name_at, own->name.size(), kTestsMain);
  }
  const BraceText& t = tests.lexed;
  bool exits = false;
  for (size_t i = 0; i + 2 < t.size(); ++i) {
    if (t.at(i + 1) != ".") continue;
    const std::string end = EndOf(t.at(i), t.at(i + 2), examiner);
    if (end.empty()) continue;
    exits |= t.at(i) == "os";
    edits.Replace(t.tokens[i].begin, t.Span(i, i + 3).size(), end);
  }
  return absl::StrCat(edits.Apply(t.text), "\n",
                      exits ? "var _ = os.Getpid\n" : "");
}

// A function that runs the tests: their main, or their Test functions.
// Empty: they have neither.
std::string TestsRunner(const GoSource& tests) {
  if (tests.Find("main")) return kTestsMain;
  std::string list;
  for (const GoFunction& f : tests.functions) {
    if (f.name.substr(0, 4) != "Test" || f.name == "TestMain") continue;
    absl::StrAppend(&list, "{\"", std::string(f.name), "\", ",
                    std::string(f.name), "},");
  }
  if (list.empty()) return "";
  return absl::StrCat("func() { assay_run_tests([]testing.InternalTest{", list,
                      "}) }");
}

// What runs Test functions, where there is no main: a file of its own.
Sources TestsRunnerFile(const GoSource& tests) {
  if (tests.Find("main")) return {};
  return {{"assay_testing.go",
           "package main\nimport (\n\t\"testing\"\n"
           "\t\"testing/internal/testdeps\"\n)\n"
           "func assay_run_tests(all []testing.InternalTest) {\n"
           "\tm := testing.MainStart(testdeps.TestDeps{}, all, nil, nil, nil)\n"
           "\tif m.Run() != 0 {\n\t\tpanic(\"a test failed\")\n\t}\n}\n"}};
}

absl::StatusOr<Lifted> Lift(const LiftRequest& request) {
  const absl::StatusOr<GoSource> program = ReadGo(request.program);
  if (!program.ok()) {
    return absl::FailedPreconditionError(program.status().message());
  }
  const absl::StatusOr<GoSource> tests = ReadGo(request.tests);
  if (!tests.ok()) {
    return absl::FailedPreconditionError(tests.status().message());
  }
  for (const std::string_view name : tests->names) {
    if (name != "init" && name != "main" && name != "_" &&
        program->names.count(name)) {
      return absl::FailedPreconditionError(
          absl::StrCat("both declare ", std::string(name)));
    }
  }
  const std::set<std::string_view> words = tests->lexed.FreeWords();
  std::string stubs, served;
  size_t count = 0;
  for (const GoFunction& f : program->functions) {
    if (!words.count(f.name) || IsPredeclared(f.name)) continue;
    const absl::StatusOr<std::string> stub = GoStub(*program, f, count++);
    if (!stub.ok()) return stub.status();
    absl::StrAppend(&stubs, *stub);
    absl::StrAppend(&served, count > 1 ? ", " : "", std::string(f.name));
  }
  const std::string run = TestsRunner(*tests);
  if (run.empty()) return absl::FailedPreconditionError("no main function");
  Lifted lifted;
  lifted.candidate = {
      {kMainFile, ProgramText(*program, *tests)},
      {kSecondFile,
       absl::StrCat("package main\nimport \"assaywire\"\nfunc main() { "
                    "assaywire.Serve(",
                    served, ") }\n")}};
  lifted.examiner = {
      {kMainFile,
       absl::StrCat(TestsHead(&*program, *tests), TestsBody(*tests, true),
                    stubs, "func main() { assaywire.Examine(", run, ") }\n")}};
  for (auto& source : TestsRunnerFile(*tests)) {
    lifted.examiner.push_back(std::move(source));
  }
  return lifted;
}

absl::StatusOr<Sources> Join(std::string_view text, std::string_view with) {
  const absl::StatusOr<GoSource> program = ReadGo(text);
  const absl::StatusOr<GoSource> tests = ReadGo(with);
  if (!tests.ok()) return tests.status();
  const std::string run = TestsRunner(*tests);
  if (run.empty()) return absl::InvalidArgumentError("no main function");
  Sources joined = {
      {kMainFile,
       program.ok() ? ProgramText(*program, *tests) : std::string(text)},
      {kSecondFile,
       absl::StrCat(TestsHead(program.ok() ? &*program : nullptr, *tests),
                    TestsBody(*tests, false), "func main() { assaywire.Joined(",
                    run, ") }\n")}};
  for (auto& source : TestsRunnerFile(*tests)) {
    joined.push_back(std::move(source));
  }
  return joined;
}

std::vector<std::string> Alter(std::string_view tests, uint64_t random) {
  const absl::StatusOr<BraceText> lexed = LexBraces(tests, BraceText::kGo);
  if (!lexed.ok()) return {};
  return AlterBraced(*lexed, random,
                     {"panic", "Fatal", "Fatalf", "Error", "Errorf", "Exit"});
}

Sources Parts() {
  return {{"build.sh", std::string(embedded::code_go_build)},
          {"calls.go", std::string(embedded::code_go_calls)},
          {"wire.go", std::string(embedded::code_go_wire)}};
}

}  // namespace

const Dialect& GoDialect() {
  static constexpr Dialect kDialect = {"go", Lift, Join, Alter, Parts};
  return kDialect;
}

}  // namespace assay::code
