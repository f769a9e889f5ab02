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

std::string WireOf(const std::string& type, const char* verb) {
  return absl::StrCat("::assay_lift::Wire<", type, ">::", verb, "(");
}

// A call that the candidate answers: of a function, or of an object's class.
struct Call {
  const CSignature& signature;
  const CObject* of = nullptr;
  const CMethod* method = nullptr;

  bool maker() const { return method && method->is_maker; }
  bool has_self() const {
    return method && !method->is_maker && !method->is_static;
  }
  std::string Owner() const {
    return absl::StrCat("::", std::string(of->name));
  }
};

std::vector<Call> CallsOf(const CCalls& calls) {
  std::vector<Call> made;
  for (const CSignature& s : calls.signatures) made.push_back({s});
  for (const CObject& object : calls.objects) {
    for (const CMethod& method : object.methods) {
      made.push_back({method.signature, &object, &method});
    }
  }
  return made;
}

// The headers of the signatures, and the macros that values.inc asks for.
std::string Headers(const CCalls& calls) {
  std::set<std::string> headers;
  for (const Call& call : CallsOf(calls)) {
    const CSignature& s = call.signature;
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

// What is called, up to the arguments' bracket; declares what that needs.
std::string Target(const Call& call, std::string* text) {
  const CSignature& s = call.signature;
  const std::string name(s.name);
  if (call.maker()) return absl::StrCat("new ", call.Owner());
  if (call.has_self()) {
    absl::StrAppend(text, "  ", call.method->is_const ? "const " : "",
                    call.Owner(), "& self = Held<", call.Owner(), ">();\n");
    return absl::StrCat("self.", name);
  }
  if (call.of) return absl::StrCat(call.Owner(), "::", name);
  absl::StrAppend(text, "  auto* const f = static_cast<", s.ResultDeclared(),
                  " (*)(", s.ParamTypes(), ")>(&::", name, ");\n");
  return "f";
}

// Answers call number `index`.
std::string Answer(const Call& call, size_t index) {
  const CSignature& s = call.signature;
  std::string text = absl::StrCat("static void call", index, "() {\n");
  const std::string target = Target(call, &text);
  std::string arguments, after;
  for (size_t i = 0; i < s.params.size(); ++i) {
    const CParam& p = s.params[i];
    const bool refers = p.type.is_object && p.pass != CParam::Pass::kMoved;
    absl::StrAppend(&text, "  ", p.type.text, refers ? "&" : "", " a", i, " = ",
                    refers ? absl::StrCat("Held<", p.type.text, ">(")
                           : WireOf(p.type.text, "Take"),
                    ");\n");
    absl::StrAppend(&arguments, i == 0 ? "" : ", ");
    if (!refers &&
        (p.pass == CParam::Pass::kValue || p.pass == CParam::Pass::kMoved)) {
      absl::StrAppend(&arguments, "static_cast<", p.type.text, "&&>(a", i, ")");
    } else {
      absl::StrAppend(&arguments, "a", i);
    }
    if (p.pass == CParam::Pass::kRef && !refers) {
      absl::StrAppend(&after, "  ", WireOf(p.type.text, "Put"), "a", i, ");\n");
    }
  }
  const std::string called = absl::StrCat(target, "(", arguments, ");\n");
  absl::StrAppend(&text, "  assay_end_line();\n");
  if (call.maker()) {
    absl::StrAppend(&text, "  ", call.Owner(), "* const r = ", called,
                    "  assay_put_word(\"return\");\n  Hold(r);\n");
  } else if (s.result.text == "void") {
    absl::StrAppend(&text, "  ", called,
                    "  assay_put_word(\"return\");\n"
                    "  assay_put_word(\"u\");\n");
  } else {
    absl::StrAppend(&text, "  ", s.result.text, " const& r = ", called,
                    "  assay_put_word(\"return\");\n  ",
                    WireOf(s.result.text, "Put"), "r);\n");
  }
  return absl::StrCat(text, after, "}\n");
}

std::string Dispatcher(const CCalls& calls) {
  std::string text = "namespace assay_lift {\n", table;
  for (const CObject& object : calls.objects) {
    absl::StrAppend(&text, "ASSAY_OBJECT(::", std::string(object.name), ")\n");
  }
  const std::vector<Call> all = CallsOf(calls);
  size_t count = 0;
  for (const Call& call : all) {
    absl::StrAppend(&text, Answer(call, count));
    absl::StrAppend(&table, count == 0 ? "" : ", ", "call", count);
    ++count;
  }
  // After the others, two for each class.
  for (const CObject& object : calls.objects) {
    const std::string name = absl::StrCat("<::", std::string(object.name), ">");
    absl::StrAppend(&table, count == 0 ? "" : ", ", "CopyHeld", name,
                    ", Destroy", name);
    count += 2;
  }
  return absl::StrCat(text, "static void (*const calls[])() = {",
                      table.empty() ? "nullptr" : table,
                      "};\n}\nint main() {\n  return ::assay_lift::Serve("
                      "::assay_lift::calls, ",
                      count, ");\n}\n");
}

// The head of a stub: `inside` of its class, or where it is defined.
std::string Head(const Call& call, bool inside) {
  const CSignature& s = call.signature;
  std::string params;
  for (size_t i = 0; i < s.params.size(); ++i) {
    const CParam& p = s.params[i];
    absl::StrAppend(&params, i == 0 ? "" : ", ", p.Declared(), " a", i);
    if ((inside || !call.of) && !p.fallback.empty()) {
      absl::StrAppend(&params, " = ", p.fallback);
    }
  }
  const bool as_member = inside && call.of;
  const CMethod* m = call.method;
  return absl::StrCat(
      as_member && m->is_explicit ? "explicit " : "",
      as_member && m->is_static ? "static " : "",
      call.maker() ? "" : absl::StrCat(s.ResultDeclared(), " "),
      !inside && call.of ? absl::StrCat(std::string(call.of->name), "::") : "",
      std::string(s.name), "(", params, ")", m && m->is_const ? " const" : "");
}

std::string Stub(const Call& call, size_t index) {
  const CSignature& s = call.signature;
  std::string puts, takes;
  if (call.has_self()) puts = "  assay_put_integer(0, assay_self);\n";
  for (size_t i = 0; i < s.params.size(); ++i) {
    const CParam& p = s.params[i];
    absl::StrAppend(&puts, "  ", WireOf(p.type.text, "Put"), "a", i, ");\n");
    if (p.pass == CParam::Pass::kRef && !p.type.is_object) {
      absl::StrAppend(&takes, "  a", i, " = ", WireOf(p.type.text, "Take"),
                      ");\n");
    }
  }
  const bool none = s.result.text == "void";
  const std::string take = WireOf(s.result.text, "Take") + ")";
  return absl::StrCat(
      call.of ? "inline " : "", Head(call, false), " {\n  assay_start_call(",
      index, ");\n", puts, "  if (!assay_answered()) ::assay_lift::Throw();\n",
      call.maker() ? std::string("  assay_self = ::assay_lift::Number();\n")
      : none       ? std::string("  assay_take('u');\n")
      : s.result_is_const_ref
          ? absl::StrCat("  const auto& r = *new ", s.result.text, "(", take,
                         ");\n")
          : absl::StrCat("  ", s.result.text, " r = ", take, ";\n"),
      takes, "  assay_end_line();\n", none ? "" : "  return r;\n", "}\n");
}

std::string Stubs(const CCalls& calls) {
  const std::vector<Call> all = CallsOf(calls);
  std::string forward, classes, wires, bodies;
  size_t life = all.size();
  for (const CObject& object : calls.objects) {
    const std::string name(object.name);
    absl::StrAppend(&forward, "class ", name, ";\n");
    absl::StrAppend(&classes, "class ", name, " {\n public:\n");
    for (const Call& call : all) {
      if (call.of != &object) continue;
      absl::StrAppend(&classes, "  ", Head(call, true), ";\n");
    }
    absl::StrAppend(&classes, "  ASSAY_LIFE(", name, ", ", life, ")\n};\n");
    life += 2;
    absl::StrAppend(&wires, "ASSAY_OBJECT(::", name, ")\n");
  }
  for (size_t i = 0; i < all.size(); ++i) bodies += Stub(all[i], i);
  return absl::StrCat(forward, classes, "namespace assay_lift {\n", wires,
                      "}\n", bodies);
}

std::string Runtime(const std::string& headers) {
  return absl::StrCat(headers, std::string(embedded::code_c_wire),
                      std::string(embedded::code_cpp_values));
}

absl::StatusOr<Lifted> LiftCpp(const LiftRequest& request) {
  const absl::StatusOr<CCalls> calls =
      ReadCCalls(request.program, request.tests, CMode::kCpp);
  if (!calls.ok()) return calls.status();
  const std::string headers = Headers(*calls);
  Lifted lifted;
  lifted.candidate = {
      {"main.cpp", absl::StrCat(calls->program_text,
                                "\n#include <exception>\n#include <typeinfo>\n",
                                Runtime(headers), Dispatcher(*calls))}};
  std::string examiner = absl::StrCat(
      calls->includes, calls->program.using_std ? "using namespace std;\n" : "",
      "#define ASSAY_EXAMINER\n#include <exception>\n#include <stdexcept>\n"
      "#include <string>\n",
      Runtime(headers));
  absl::StrAppend(&examiner, Stubs(*calls), "#line 1 \"tests\"\n",
                  std::string(request.tests));
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
