#include "verifier/code/lift/c_calls.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/lift/edits.h"

namespace assay::code {
namespace {

absl::Status NotLifted(const std::string& why) {
  return absl::FailedPreconditionError(why);
}

std::string Shown(std::string_view name) {
  return std::string(name.substr(0, 80));
}

// Words of the standard library that fail a test.
constexpr std::string_view kFailing[] = {
    "abort", "exit", "_exit",          "_Exit", "quick_exit",
    "raise", "kill", "terminate",      "throw", "__builtin_trap",
    "err",   "errx", "__builtin_abort"};

bool Fails(std::string_view word) {
  const std::string lower =
      absl::AsciiStrToLower(absl::string_view(word.data(), word.size()));
  return absl::StrContains(lower, "assert") ||
         absl::StrContains(lower, "expect") ||
         std::find(std::begin(kFailing), std::end(kFailing), word) !=
             std::end(kFailing);
}

// Functions of the library by which tests compare, measure or end. A stub of
// such a name would let the program answer where the tests mean the library.
constexpr std::string_view kLibrary[] = {
    "_Exit",       "_exit",
    "abort",       "abs",
    "accumulate",  "all_of",
    "any_of",      "atof",
    "atoi",        "atol",
    "atoll",       "bcmp",
    "begin",       "ceil",
    "cbegin",      "cend",
    "count",       "count_if",
    "data",        "distance",
    "empty",       "end",
    "equal",       "equal_range",
    "exit",        "fabs",
    "fabsf",       "fabsl",
    "find",        "find_if",
    "floor",       "fmax",
    "fmin",        "fmod",
    "free",        "hypot",
    "includes",    "is_permutation",
    "is_sorted",   "isfinite",
    "isinf",       "isnan",
    "labs",        "lexicographical_compare",
    "llabs",       "llround",
    "log",         "lround",
    "malloc",      "max",
    "max_element", "memcmp",
    "memcpy",      "min",
    "min_element", "mismatch",
    "move",        "none_of",
    "pow",         "printf",
    "puts",        "quick_exit",
    "raise",       "rand",
    "round",       "signal",
    "size",        "snprintf",
    "sort",        "sprintf",
    "sqrt",        "stable_sort",
    "stod",        "stoi",
    "stol",        "stoll",
    "strcasecmp",  "strchr",
    "strcmp",      "strcoll",
    "strcpy",      "strdup",
    "strlen",      "strncasecmp",
    "strncmp",     "strncpy",
    "strstr",      "strtod",
    "strtol",      "strtoll",
    "swap",        "terminate",
    "to_string",   "transform",
    "trunc",       "wcscmp",
    "write"};

bool IsLibrary(std::string_view name) {
  return std::find(std::begin(kLibrary), std::end(kLibrary), name) !=
         std::end(kLibrary);
}

// Every name of the declaration, before the body, that the program's own
// macros change.
bool UsesMacro(const CSource& program, const CFunction& function) {
  for (size_t i = function.begin; i < function.body; ++i) {
    if (program.macros.count(program.tokens[i].text) > 0) return true;
  }
  return false;
}

absl::Status ReadSignatures(CMode mode, CCalls* calls) {
  std::set<std::string> known;
  if (mode == CMode::kCpp) {
    auto objects = ReadObjects(calls->program, calls->tests);
    if (!objects.ok()) return objects.status();
    calls->objects = *std::move(objects);
  }
  const CTypeNames names = NamesOf(calls->objects);
  for (const CFunction& function : calls->program.functions) {
    if (!calls->tests.Mentions(function.name)) continue;
    if (function.name == "main") continue;
    if (UsesMacro(calls->program, function)) {
      return NotLifted(Shown(function.name) + ": a macro in the signature");
    }
    absl::StatusOr<CSignature> signature =
        ReadSignature(calls->program, function, mode, &names);
    if (!signature.ok()) return signature.status();
    if (!known
             .insert(absl::StrCat(std::string(function.name), "(",
                                  signature->ParamTypes(), ")"))
             .second) {
      return NotLifted(Shown(function.name) + " is defined twice");
    }
    calls->signatures.push_back(*std::move(signature));
  }
  size_t count = calls->signatures.size();
  for (const CObject& object : calls->objects) count += object.methods.size();
  if (count > kCallsMax) return NotLifted("many functions");
  return absl::OkStatus();
}

}  // namespace

std::string WithoutMain(std::string_view program) {
  const absl::StatusOr<CSource> read = ReadC(program);
  Edits edits;
  if (read.ok() && read->Find("main")) {
    for (const Token& token : read->tokens) {
      if (token.kind != Token::Kind::kWord || token.text != "main") continue;
      edits.Replace(token.begin, token.text.size(), "assay_own_main");
    }
  }
  return edits.Apply(program);
}

bool AssertsNothing(const CSource& tests) {
  for (std::string_view word : tests.words) {
    if (Fails(word)) return false;
  }
  for (std::string_view line : tests.directives) {
    if (line.find("define") != std::string_view::npos) return false;
  }
  const CFunction* main = tests.Find("main");
  if (!main) return false;
  const size_t end = CloseOf(tests.tokens, main->body);
  for (size_t i = main->body; i + 2 < end; ++i) {
    if (tests.tokens[i].text != "return") continue;
    const std::string_view value = tests.tokens[i + 1].text;
    const bool success = (value == "0" || value == "EXIT_SUCCESS") &&
                         tests.tokens[i + 2].text == ";";
    if (!success && value != ";") return false;
  }
  return true;
}

absl::StatusOr<CCalls> ReadCCalls(std::string_view program,
                                  std::string_view tests, CMode mode) {
  absl::StatusOr<CSource> read_program = ReadC(program);
  if (!read_program.ok()) {
    return NotLifted(
        absl::StrCat("the program: ", read_program.status().message()));
  }
  absl::StatusOr<CSource> read_tests = ReadC(tests);
  if (!read_tests.ok()) return NotLifted("the tests do not lex");
  CCalls calls;
  calls.program_text = WithoutMain(program);
  calls.program = *std::move(read_program);
  calls.tests = *std::move(read_tests);
  if (!calls.tests.Find("main")) return NotLifted("the tests have no main");
  if (AssertsNothing(calls.tests)) return NotLifted("nothing is asserted");
  for (std::string_view macro : calls.program.macros) {
    if (macro != "NDEBUG" && calls.tests.Mentions(macro)) {
      return NotLifted("the tests use a macro " + Shown(macro));
    }
  }
  for (const CFunction& function : calls.tests.functions) {
    if (function.name != "main" && calls.program.Find(function.name)) {
      return NotLifted(Shown(function.name) + " is defined in both");
    }
  }
  if (absl::Status s = ReadSignatures(mode, &calls); !s.ok()) return s;
  // Where such a function is all that they call, it is what they test.
  const auto& called = calls.signatures;
  const auto library = [](const CSignature& s) { return IsLibrary(s.name); };
  const bool others = !calls.objects.empty() ||
                      !std::all_of(called.begin(), called.end(), library);
  const auto hidden = std::find_if(called.begin(), called.end(), library);
  if (others && hidden != called.end()) {
    return NotLifted(Shown(hidden->name) + " is a function of the library");
  }
  for (std::string_view header : calls.program.includes) {
    absl::StrAppend(&calls.includes, "#include <", std::string(header), ">\n");
  }
  return calls;
}

}  // namespace assay::code
