// Java: classes of the program that the tests name become stubs with methods
// of the same signatures; the tests keep their text. The driver in java/
// compiles each side from files of its own, so that nothing at the end of one
// can swallow the other.
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_java_Build.h"
#include "embedded/code_java_Candidate.h"
#include "embedded/code_java_Examiner.h"
#include "embedded/code_java_Joined.h"
#include "embedded/code_java_Kinds.h"
#include "embedded/code_java_Targets.h"
#include "embedded/code_java_Warm.h"
#include "embedded/code_java_Wire.h"
#include "embedded/code_java_build.h"
#include "verifier/code/lift/altered.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/lift/edits.h"
#include "verifier/code/lift/java_source.h"

namespace assay::code {
namespace {

constexpr char kProgramFile[] = "Main.java";
constexpr char kTestsFile[] = "Tests.java";
constexpr char kRoleFile[] = "assay.role";

absl::Status Unliftable(const std::string& what) {
  return absl::FailedPreconditionError(what);
}

bool IsLibraryImport(std::string_view path) {
  constexpr std::string_view kStatic = "static ";
  if (absl::StartsWith(absl::string_view(path.data(), path.size()),
                       "static ")) {
    path.remove_prefix(kStatic.size());
  }
  return path.substr(0, 5) == "java." || path.substr(0, 6) == "javax.";
}

// Package and imports of the tests' file: its own, and the program's.
std::string TestsHead(const JavaSource* program, const JavaSource& tests) {
  std::string text;
  const std::string& package =
      tests.package.empty() && program ? program->package : tests.package;
  if (!package.empty()) absl::StrAppend(&text, "package ", package, ";\n");
  std::set<std::string> known;
  for (const std::string& import : tests.imports) {
    if (known.insert(import).second) {
      absl::StrAppend(&text, "import ", import, ";\n");
    }
  }
  if (!program) return text;
  for (const std::string& import : program->imports) {
    if (IsLibraryImport(import) && known.insert(import).second) {
      absl::StrAppend(&text, "import ", import, ";\n");
    }
  }
  return text;
}

std::string BodyOf(const JavaSource& tests) {
  return std::string(tests.lexed.text.substr(tests.body));
}

// Where System.exit says how the tests ended.
std::string JoinedBodyOf(const JavaSource& tests) {
  const BraceText& t = tests.lexed;
  Edits edits;
  edits.Replace(0, tests.body, "");
  for (size_t i = 0; i + 3 < t.size(); ++i) {
    if (t.at(i) != "System" || t.at(i + 1) != "." || t.at(i + 2) != "exit" ||
        t.at(i + 3) != "(" || t.tokens[i].begin < tests.body) {
      continue;
    }
    edits.Replace(t.tokens[i].begin, t.Span(i, i + 3).size(),
                  "assay.Joined.exit");
  }
  return edits.Apply(t.text);
}

// Writes one class of stubs, and the lines that name its targets.
class StubWriter {
 public:
  StubWriter(const JavaSource& program, const JavaSource& tests)
      : program_(program) {
    for (const Token& token : tests.lexed.tokens) named_.insert(token.text);
  }

  absl::Status Add(const JavaClass& owner) {
    if (!owner.plain || owner.has_parent || owner.is_abstract) {
      return Unliftable(
          absl::StrCat("class ", std::string(owner.name), " is not plain"));
    }
    const std::string name(owner.name);
    absl::StrAppend(&text_, "class ", name, " {\n  private int assay$self;\n");
    bool made = false;
    for (const JavaMethod& method : owner.methods) {
      made |= method.name.empty();
      if (method.is_private || method.name == "main") continue;
      if (!method.name.empty() && !named_.count(method.name)) continue;
      const auto signature = ReadSignature(program_, method);
      if (!signature.ok()) return signature.status();
      AddMethod(name, method, *signature);
    }
    if (!made) AddMethod(name, JavaMethod(), JavaSignature());
    text_ += "}\n";
    return absl::OkStatus();
  }

  const std::string& text() const { return text_; }
  const std::string& targets() const { return targets_; }

 private:
  void AddMethod(const std::string& owner, const JavaMethod& method,
                 const JavaSignature& signature) {
    std::string head, passed, raw;
    for (size_t i = 0; i < signature.types.size(); ++i) {
      const char* comma = i ? ", " : "";
      absl::StrAppend(&head, comma, signature.types[i], " p", i);
      absl::StrAppend(&passed, comma, "p", i);
      absl::StrAppend(&raw, i ? "," : "", signature.raw[i]);
    }
    const bool maker = method.name.empty();
    const std::string name = maker ? owner : std::string(method.name);
    const std::string call =
        absl::StrCat("assay.Examiner.", maker ? "make(" : "call(", count_++,
                     maker              ? ""
                     : method.is_static ? ", -1"
                                        : ", assay$self",
                     ", new Object[] {", passed, "});");
    absl::StrAppend(&text_, "  public ", method.is_static ? "static " : "",
                    signature.generic, signature.result, " ", name, "(", head,
                    ") ", signature.throws, "{ ");
    if (maker) {
      absl::StrAppend(&text_, "assay$self = ", call, " }\n");
    } else if (signature.result == "void") {
      absl::StrAppend(&text_, call, " }\n");
    } else {
      absl::StrAppend(&text_, "return (", signature.result, ") ", call, " }\n");
    }
    absl::StrAppend(
        &targets_, program_.package.empty() ? "" : program_.package + ".",
        owner, " ", maker ? "new" : name, " ", raw.empty() ? "-" : raw, "\n");
  }

  const JavaSource& program_;
  std::set<std::string_view> named_;
  int count_ = 0;
  std::string text_;
  std::string targets_;
};

absl::Status AddStubs(const JavaSource& program, const JavaSource& tests,
                      StubWriter* stubs) {
  if (!tests.package.empty() && tests.package != program.package) {
    return Unliftable("two packages");
  }
  if (absl::StartsWith(program.package, "assay")) {
    return Unliftable("a package of ours");
  }
  const std::set<std::string_view> words = tests.lexed.FreeWords();
  for (const JavaClass& c : program.classes) {
    if (tests.types.count(c.name)) {
      return Unliftable(absl::StrCat("both declare ", std::string(c.name)));
    }
    if (!words.count(c.name)) continue;
    const absl::Status status = stubs->Add(c);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

bool HasMain(const JavaClass& c) {
  for (const JavaMethod& method : c.methods) {
    if (method.name == "main") return true;
  }
  return false;
}

// The program with each class set aside, under another name, that has a main
// method and the name of such a class of the tests.
std::string WithoutMain(std::string_view text, const JavaSource& tests) {
  const absl::StatusOr<JavaSource> program = ReadJava(text);
  if (!program.ok()) return std::string(text);
  std::set<std::string_view> aside;
  for (const JavaClass& theirs : tests.classes) {
    for (const JavaClass& own : program->classes) {
      if (own.name == theirs.name && HasMain(own) && HasMain(theirs)) {
        aside.insert(own.name);
      }
    }
  }
  Edits edits;
  for (const Token& token : program->lexed.tokens) {
    if (token.kind != Token::Kind::kWord || !aside.count(token.text)) continue;
    edits.Replace(token.begin + token.text.size(), 0, "$assay");
  }
  return edits.Apply(text);
}

absl::StatusOr<Lifted> Lift(const LiftRequest& request) {
  const absl::StatusOr<JavaSource> tests = ReadJava(request.tests);
  if (!tests.ok()) return Unliftable(std::string(tests.status().message()));
  const std::string text = WithoutMain(request.program, *tests);
  const absl::StatusOr<JavaSource> program = ReadJava(text);
  if (!program.ok()) return Unliftable(std::string(program.status().message()));
  StubWriter stubs(*program, *tests);
  const absl::Status status = AddStubs(*program, *tests, &stubs);
  if (!status.ok()) return status;
  Lifted lifted;
  lifted.candidate = {
      {kProgramFile, text},
      {kRoleFile, absl::StrCat("assay.Candidate\n", stubs.targets())}};
  lifted.examiner = {
      {kProgramFile, absl::StrCat(TestsHead(&*program, *tests), BodyOf(*tests),
                                  "\n", stubs.text())},
      {kRoleFile, absl::StrCat("assay.Examiner\n", stubs.targets())}};
  return lifted;
}

absl::StatusOr<Sources> Join(std::string_view text, std::string_view with) {
  const absl::StatusOr<JavaSource> tests = ReadJava(with);
  if (!tests.ok()) return tests.status();
  const std::string own = WithoutMain(text, *tests);
  const absl::StatusOr<JavaSource> program = ReadJava(own);
  bool has_main = false;
  for (const JavaClass& c : tests->classes) has_main |= HasMain(c);
  if (!has_main) return absl::InvalidArgumentError("no main method");
  return Sources{
      {kProgramFile, own},
      {kTestsFile,
       absl::StrCat(TestsHead(program.ok() ? &*program : nullptr, *tests),
                    JoinedBodyOf(*tests))},
      {kRoleFile, "assay.Joined\n"}};
}

std::vector<std::string> Alter(std::string_view tests, uint64_t random) {
  const absl::StatusOr<BraceText> lexed = LexBraces(tests, BraceText::kJava);
  if (!lexed.ok()) return {};
  return AlterBraced(*lexed, random,
                     {"throw", "AssertionError", "exit", "fail"});
}

Sources Parts() {
  return {{"Build.java", std::string(embedded::code_java_Build)},
          {"Candidate.java", std::string(embedded::code_java_Candidate)},
          {"Examiner.java", std::string(embedded::code_java_Examiner)},
          {"Joined.java", std::string(embedded::code_java_Joined)},
          {"Kinds.java", std::string(embedded::code_java_Kinds)},
          {"Targets.java", std::string(embedded::code_java_Targets)},
          {"Warm.java", std::string(embedded::code_java_Warm)},
          {"Wire.java", std::string(embedded::code_java_Wire)},
          {"build.sh", std::string(embedded::code_java_build)}};
}

}  // namespace

const Dialect& JavaDialect() {
  static constexpr Dialect kDialect = {"java", Lift, Join, Alter, Parts};
  return kDialect;
}

}  // namespace assay::code
