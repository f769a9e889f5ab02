// C++: functions of builtin types and of the standard library's, called over
// the wire of lift/c/wire.inc.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "embedded/code_c_wire.h"
#include "embedded/code_cpp_values.h"
#include "verifier/code/joined_text.h"
#include "verifier/code/languages.h"
#include "verifier/code/lift/c_calls.h"
#include "verifier/code/lift/dialect.h"

namespace assay::code {
namespace {

// The headers of the signatures, and the macros that values.inc asks for.
std::string Headers(const std::vector<CSignature>& signatures) {
  std::set<std::string> headers;
  for (const CSignature& s : signatures) {
    headers.insert(s.result.headers.begin(), s.result.headers.end());
    for (const CParam& p : s.params) {
      headers.insert(p.type.headers.begin(), p.type.headers.end());
    }
  }
  std::string text;
  for (const std::string& header : headers) {
    absl::StrAppend(&text, "#include <", header, ">\n#define ASSAY_WITH_",
                    header, "\n");
  }
  return text;
}

std::string WireOf(const std::string& type, const char* verb) {
  return absl::StrCat("::assay_lift::Wire<", type, ">::", verb, "(");
}

// Answers call number `index`.
std::string Answer(const CSignature& s, size_t index) {
  std::string text = absl::StrCat("static void call", index,
                                  "() {\n  auto* const f = static_cast<",
                                  s.ResultDeclared(), " (*)(", s.ParamTypes(),
                                  ")>(&::", std::string(s.name), ");\n");
  std::string arguments, after;
  for (size_t i = 0; i < s.params.size(); ++i) {
    const CParam& p = s.params[i];
    absl::StrAppend(&text, "  ", p.type.text, " a", i, " = ",
                    WireOf(p.type.text, "Take"), ");\n");
    absl::StrAppend(&arguments, i == 0 ? "" : ", ");
    if (p.pass == CParam::Pass::kValue || p.pass == CParam::Pass::kMoved) {
      absl::StrAppend(&arguments, "static_cast<", p.type.text, "&&>(a", i, ")");
    } else {
      absl::StrAppend(&arguments, "a", i);
    }
    if (p.pass == CParam::Pass::kRef) {
      absl::StrAppend(&after, "  ", WireOf(p.type.text, "Put"), "a", i, ");\n");
    }
  }
  absl::StrAppend(&text, "  assay_end_line();\n");
  if (s.result.text == "void") {
    absl::StrAppend(&text, "  f(", arguments,
                    ");\n  assay_put_word(\"return\");\n"
                    "  assay_put_word(\"u\");\n");
  } else {
    absl::StrAppend(&text, "  ", s.result.text, " const& r = f(", arguments,
                    ");\n  assay_put_word(\"return\");\n  ",
                    WireOf(s.result.text, "Put"), "r);\n");
  }
  return absl::StrCat(text, after, "}\n");
}

std::string Dispatcher(const std::vector<CSignature>& signatures) {
  std::string text = "namespace assay_lift {\n", table;
  for (size_t i = 0; i < signatures.size(); ++i) {
    absl::StrAppend(&text, Answer(signatures[i], i));
    absl::StrAppend(&table, i == 0 ? "" : ", ", "call", i);
  }
  return absl::StrCat(text, "static void (*const calls[])() = {",
                      table.empty() ? "nullptr" : table,
                      "};\n}\nint main() {\n  return ::assay_lift::Serve("
                      "::assay_lift::calls, ",
                      signatures.size(), ");\n}\n");
}

std::string Stub(const CSignature& s, size_t index) {
  std::string params, puts, takes;
  for (size_t i = 0; i < s.params.size(); ++i) {
    const CParam& p = s.params[i];
    absl::StrAppend(&params, i == 0 ? "" : ", ", p.Declared(), " a", i,
                    p.fallback.empty() ? "" : " = ", p.fallback);
    absl::StrAppend(&puts, "  ", WireOf(p.type.text, "Put"), "a", i, ");\n");
    if (p.pass == CParam::Pass::kRef) {
      absl::StrAppend(&takes, "  a", i, " = ", WireOf(p.type.text, "Take"),
                      ");\n");
    }
  }
  const bool none = s.result.text == "void";
  const std::string take = WireOf(s.result.text, "Take") + ")";
  return absl::StrCat(
      s.ResultDeclared(), " ", std::string(s.name), "(", params,
      ") {\n  assay_start_call(", index, ");\n", puts,
      "  if (!assay_answered()) ::assay_lift::Throw();\n",
      none ? std::string("  assay_take('u');\n")
      : s.result_is_const_ref
          ? absl::StrCat("  const auto& r = *new ", s.result.text, "(", take,
                         ");\n")
          : absl::StrCat("  ", s.result.text, " r = ", take, ";\n"),
      takes, "  assay_end_line();\n", none ? "" : "  return r;\n", "}\n");
}

std::string Runtime(const std::string& headers) {
  return absl::StrCat(headers, std::string(embedded::code_c_wire),
                      std::string(embedded::code_cpp_values));
}

absl::StatusOr<Lifted> LiftCpp(const LiftRequest& request) {
  const absl::StatusOr<CCalls> calls =
      ReadCCalls(request.program, request.tests, CMode::kCpp);
  if (!calls.ok()) return calls.status();
  const std::string headers = Headers(calls->signatures);
  Lifted lifted;
  lifted.candidate = {
      {"main.cpp",
       absl::StrCat(calls->program_text,
                    "\n#include <exception>\n#include <typeinfo>\n",
                    Runtime(headers), Dispatcher(calls->signatures))}};
  std::string examiner = absl::StrCat(
      calls->includes, calls->program.using_std ? "using namespace std;\n" : "",
      "#define ASSAY_EXAMINER\n#include <exception>\n#include <stdexcept>\n"
      "#include <string>\n",
      Runtime(headers));
  for (size_t i = 0; i < calls->signatures.size(); ++i) {
    absl::StrAppend(&examiner, Stub(calls->signatures[i], i));
  }
  absl::StrAppend(&examiner, "#line 1 \"tests\"\n", std::string(request.tests));
  lifted.examiner = {{"main.cpp", std::move(examiner)}};
  return lifted;
}

absl::StatusOr<Sources> JoinCpp(std::string_view program,
                                std::string_view tests) {
  absl::StatusOr<std::string> text =
      JoinForCompletion(*FindLanguage("cpp"), program, tests);
  if (!text.ok()) return text.status();
  return Sources{{"main.cpp", *std::move(text)}, {kProofName, kProofSource}};
}

}  // namespace

const Dialect& CppDialect() {
  static constexpr Dialect kDialect = {"cpp", LiftCpp, JoinCpp, AlteredTests};
  return kDialect;
}

}  // namespace assay::code
