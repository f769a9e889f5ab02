// JavaScript, and TypeScript once its types are gone.
#include <cctype>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_javascript_calls.h"
#include "embedded/code_javascript_candidate.h"
#include "embedded/code_javascript_examiner.h"
#include "embedded/code_javascript_join.h"
#include "embedded/code_javascript_wire.h"
#include "embedded/code_typescript_transpile.h"
#include "verifier/code/lift/dialect.h"
#include "verifier/code/lift/script_text.h"

namespace assay::code {
namespace {

// A program that calls `start` with texts, after `parts`.
std::string Program(std::string parts, std::string_view start,
                    std::initializer_list<std::string_view> texts) {
  parts += '\n';
  parts += start;
  parts += '(';
  for (std::string_view text : texts) {
    parts += JavaScriptLiteral(text);
    parts += ", ";
  }
  return parts + "0);\n";
}

std::string Joined(std::string_view first, std::string_view second) {
  std::string text(first);
  text += '\n';
  text += second;
  return text;
}

bool IsWordByte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$';
}

std::string_view WordAt(std::string_view text, size_t at) {
  size_t end = at;
  while (end < text.size() && IsWordByte(text[end])) ++end;
  return text.substr(at, end - at);
}

size_t SkipBlanks(std::string_view text, size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at;
}

// Whether `=`, but not a comparison or an arrow, stands at `at`.
bool Assigns(std::string_view text, size_t at) {
  at = SkipBlanks(text, at);
  return at + 1 < text.size() && text[at] == '=' && text[at + 1] != '=' &&
         text[at + 1] != '>';
}

// A method that the program adds to the prototypes that it shares with the
// tests, and that they call; empty: none.
std::string_view SharedMethod(std::string_view program,
                              std::string_view tests) {
  constexpr std::string_view kBuiltins[] = {"Array",  "String",   "Number",
                                            "Object", "Function", "Map",
                                            "Set",    "Promise",  "Date"};
  for (std::string_view name : kBuiltins) {
    const std::string owner = absl::StrCat(std::string(name), ".prototype");
    for (size_t at = program.find(owner); at != program.npos;
         at = program.find(owner, at + 1)) {
      size_t begin = SkipBlanks(program, at + owner.size());
      const bool defines = program.substr(begin, 1) == ",";
      if (!defines && program.substr(begin, 1) != ".") continue;
      begin = SkipBlanks(program, begin + 1);
      if (defines) ++begin;
      const std::string_view method = WordAt(program, begin);
      if (method.empty()) continue;
      if (!defines && !Assigns(program, begin + method.size())) continue;
      if (tests.find("." + std::string(method)) != tests.npos) {
        return method;
      }
    }
  }
  return "";
}

// Whether the tests look at what the program prints.
bool CapturesOutput(std::string_view tests) {
  for (std::string_view owner : {"console.", "process.stdout."}) {
    for (size_t at = tests.find(owner); at != tests.npos;
         at = tests.find(owner, at + 1)) {
      const std::string_view name = WordAt(tests, at + owner.size());
      if (name != "assert" && Assigns(tests, at + owner.size() + name.size())) {
        return true;
      }
    }
  }
  return false;
}

absl::Status Liftable(const LiftRequest& request) {
  const std::string_view method = SharedMethod(request.program, request.tests);
  if (!method.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the program gives a builtin the method ", std::string(method)));
  }
  if (CapturesOutput(request.tests)) {
    return absl::FailedPreconditionError("the tests read what is printed");
  }
  return absl::OkStatus();
}

std::string CandidateParts() {
  return Joined(embedded::code_javascript_wire,
                embedded::code_javascript_candidate);
}

std::string ExaminerParts() {
  return Joined(embedded::code_javascript_wire,
                embedded::code_javascript_examiner);
}

absl::StatusOr<Lifted> Lift(const LiftRequest& request) {
  if (absl::Status status = Liftable(request); !status.ok()) return status;
  return Lifted{
      {{"main.js", Program(CandidateParts(), "serve", {request.program})}},
      {{"main.js",
        Program(ExaminerParts(), "examine", {request.tests, request.entry})}}};
}

absl::StatusOr<Sources> Join(std::string_view program, std::string_view tests) {
  return Sources{
      {"main.js", Program(std::string(embedded::code_javascript_join), "join",
                          {program, tests})}};
}

// The driver makes the artifact of the texts that it finds, transpiled, and
// of the frame that calls them.
absl::StatusOr<Lifted> LiftTypes(const LiftRequest& request) {
  if (absl::Status status = Liftable(request); !status.ok()) return status;
  return Lifted{
      {{"main.ts", std::string(request.program)},
       {"frame.js", Joined(CandidateParts(), "serve(TEXTS[0]);\n")}},
      {{"main.ts", std::string(request.tests)},
       {"frame.js", absl::StrCat(ExaminerParts(), "\nexamine(TEXTS[0], ",
                                 JavaScriptLiteral(request.entry), ");\n")}}};
}

absl::StatusOr<Sources> JoinTypes(std::string_view program,
                                  std::string_view tests) {
  return Sources{
      {"main.ts", std::string(program)},
      {"frame.js", absl::StrCat(std::string(embedded::code_javascript_join),
                                "\njoin(TEXTS[0], TEXTS[1]);\n")},
      {"tests.ts", std::string(tests)}};
}

Sources Answer(std::string_view program) {
  return {{"main.js",
           Program(Joined(CandidateParts(), embedded::code_javascript_calls),
                   "answerCalls", {program})}};
}

Sources AnswerTypes(std::string_view program) {
  return {{"main.ts", std::string(program)},
          {"frame.js",
           Joined(Joined(CandidateParts(), embedded::code_javascript_calls),
                  "answerCalls(TEXTS[0]);\n")}};
}

Sources Parts() {
  return {{"transpile.js", std::string(embedded::code_typescript_transpile)}};
}

}  // namespace

const Dialect& JavaScriptDialect() {
  static constexpr Dialect kDialect = {"javascript",   Lift,    Join,
                                       AlteredScripts, nullptr, Answer};
  return kDialect;
}

const Dialect& TypeScriptDialect() {
  static constexpr Dialect kDialect = {"typescript",   LiftTypes, JoinTypes,
                                       AlteredScripts, Parts,     AnswerTypes};
  return kDialect;
}

}  // namespace assay::code
