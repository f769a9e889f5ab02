// C: functions of arithmetic types and of texts that a NUL ends.
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_c_values.h"
#include "embedded/code_c_wire.h"
#include "verifier/code/joined_text.h"
#include "verifier/code/languages.h"
#include "verifier/code/lift/c_calls.h"
#include "verifier/code/lift/dialect.h"

namespace assay::code {
namespace {

std::string Take(const std::string& type) {
  if (type == "char*" || type == "const char*") return "assay_take_text()";
  if (type == "char") return "assay_take_char()";
  if (type == "_Bool") return "assay_take_bool()";
  if (type == "float" || type == "double") {
    return absl::StrCat("assay_take_", type, "()");
  }
  if (type == "long double") return "assay_take_long_double()";
  return absl::StrCat(
      "(", type, ")assay_take_",
      absl::StartsWith(type, "unsigned") ? "unsigned" : "signed", "(sizeof(",
      type, "))");
}

std::string Put(const std::string& type, const std::string& value) {
  const char* name = type == "char*" || type == "const char*" ? "text"
                     : type == "char"                         ? "char"
                     : type == "_Bool"                        ? "bool"
                     : type == "float" || type == "double"    ? "double"
                     : type == "long double"                  ? "long_double"
                     : absl::StartsWith(type, "unsigned")     ? "unsigned"
                                                              : "signed";
  return absl::StrCat("  assay_put_", name, "(", value, ");\n");
}

std::string Answer(const CSignature& s, size_t index) {
  std::string text =
      absl::StrCat("static void assay_call", index, "(void) {\n");
  std::string arguments, after;
  for (size_t i = 0; i < s.params.size(); ++i) {
    const std::string& type = s.params[i].type.text;
    absl::StrAppend(&text, "  ", type, " a", i, " = ", Take(type), ";\n");
    absl::StrAppend(&arguments, i == 0 ? "" : ", ", "a", i);
    if (type == "char*") after += Put(type, absl::StrCat("a", i));
  }
  const std::string call =
      absl::StrCat(std::string(s.name), "(", arguments, ");\n");
  const bool none = s.result.text == "void";
  return absl::StrCat(
      text, "  assay_end_line();\n  ",
      none ? "" : s.result.text + " r = ", call,
      "  assay_put_word(\"return\");\n",
      none ? "  assay_put_word(\"u\");\n" : Put(s.result.text, "r"), after,
      "}\n");
}

std::string Stub(const CSignature& s, size_t index) {
  std::string params, puts, takes;
  for (size_t i = 0; i < s.params.size(); ++i) {
    const std::string& type = s.params[i].type.text;
    const std::string name = absl::StrCat("a", i);
    absl::StrAppend(&params, i == 0 ? "" : ", ", type, " ", name);
    puts += Put(type, name);
    if (type == "char*") {
      absl::StrAppend(&takes, "  assay_refill(", name, ");\n");
    }
  }
  const bool none = s.result.text == "void";
  return absl::StrCat(s.result.text, " ", std::string(s.name), "(",
                      params.empty() ? "void" : params, ") {\n",
                      none ? "" : absl::StrCat("  ", s.result.text, " r;\n"),
                      "  assay_start_call(", index, ");\n", puts,
                      "  if (!assay_answered()) assay_lost();\n",
                      none ? "  assay_take('u');\n"
                           : absl::StrCat("  r = ", Take(s.result.text), ";\n"),
                      takes, "  assay_end_line();\n",
                      none ? "" : "  return r;\n", "}\n");
}

// A text that a callee may change is known to be one only where the tests
// make it from a literal: an array of a size may hold anything, and more.
absl::Status CheckTexts(const CCalls& calls) {
  bool changes = false;
  for (const CSignature& s : calls.signatures) {
    for (const CParam& p : s.params) changes |= p.type.text == "char*";
  }
  if (!changes) return absl::OkStatus();
  const std::vector<Token>& tokens = calls.tests.tokens;
  for (size_t i = 0; i + 3 < tokens.size(); ++i) {
    if (tokens[i].text == "char" && tokens[i + 2].text == "[" &&
        tokens[i + 3].text != "]") {
      return absl::FailedPreconditionError("a buffer of the tests");
    }
  }
  for (std::string_view word : {"malloc", "calloc", "realloc", "alloca"}) {
    if (calls.tests.Mentions(word)) {
      return absl::FailedPreconditionError("a buffer of the tests");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Lifted> LiftC(const LiftRequest& request) {
  const absl::StatusOr<CCalls> calls =
      ReadCCalls(request.program, request.tests, CMode::kC);
  if (!calls.ok()) return calls.status();
  if (absl::Status s = CheckTexts(*calls); !s.ok()) return s;
  const std::string runtime = absl::StrCat(
      std::string(embedded::code_c_wire), std::string(embedded::code_c_values));
  std::string candidate = absl::StrCat(calls->program_text, "\n", runtime);
  std::string examiner =
      absl::StrCat(calls->includes, "#define ASSAY_EXAMINER\n", runtime);
  std::string table;
  for (size_t i = 0; i < calls->signatures.size(); ++i) {
    candidate += Answer(calls->signatures[i], i);
    examiner += Stub(calls->signatures[i], i);
    absl::StrAppend(&table, i == 0 ? "" : ", ", "assay_call", i);
  }
  absl::StrAppend(&candidate, "static void (*const assay_table[])(void) = {",
                  table.empty() ? "0" : table,
                  "};\nint main(void) {\n  return assay_serve("
                  "assay_table, ",
                  calls->signatures.size(), ");\n}\n");
  absl::StrAppend(&examiner, "#line 1 \"tests\"\n", std::string(request.tests));
  Lifted lifted;
  lifted.candidate = {{"main.c", std::move(candidate)}};
  lifted.examiner = {{"main.c", std::move(examiner)}};
  return lifted;
}

absl::StatusOr<Sources> JoinC(std::string_view program,
                              std::string_view tests) {
  absl::StatusOr<std::string> text =
      JoinForCompletion(*FindLanguage("c"), program, tests);
  if (!text.ok()) return text.status();
  return Sources{{"main.c", *std::move(text)}, {kProofName, kProofSource}};
}

}  // namespace

const Dialect& CDialect() {
  static constexpr Dialect kDialect = {"c", LiftC, JoinC, AlteredTests};
  return kDialect;
}

}  // namespace assay::code
