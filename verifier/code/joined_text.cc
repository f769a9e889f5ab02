#include "verifier/code/joined_text.h"

#include <algorithm>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "verifier/code/c_lexer.h"
#include "verifier/code/lift/c_calls.h"

namespace assay::code {
namespace {

using Kind = Token::Kind;
using Tokens = std::vector<Token>;

constexpr char kCppDeclaration[] =
    "extern \"C\" void assay_completed(int *);\n";
constexpr char kCDeclaration[] = "void assay_completed(int *);\n";
constexpr char kCppGuard[] =
    " struct AssayEnd { int n = 0; ~AssayEnd() { assay_completed(&n); } }"
    " assay_end; (void)assay_end;";
constexpr char kCGuard[] =
    " __attribute__((cleanup(assay_completed))) int assay_end = 0;"
    " (void)assay_end;";

// The index after the bracket that closes tokens[open].
size_t Close(const Tokens& tokens, size_t open) {
  int depth = 0;
  for (size_t i = open; i < tokens.size(); ++i) {
    const std::string_view t = tokens[i].text;
    if (tokens[i].kind != Kind::kMark) continue;
    if (t == "(" || t == "{" || t == "[") ++depth;
    if (t == ")" || t == "}" || t == "]") --depth;
    if (depth == 0) return i + 1;
  }
  return tokens.size();
}

// The offset just after the brace that opens main's body.
std::optional<size_t> MainBody(const Tokens& tokens) {
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].text == "{") {
      i = Close(tokens, i) - 1;
      continue;
    }
    if (tokens[i].text != "main" || tokens[i + 1].text != "(") continue;
    const size_t body = Close(tokens, i + 1);
    if (body < tokens.size() && tokens[body].text == "{") {
      return tokens[body].begin + 1;
    }
  }
  return std::nullopt;
}

struct Assertion {
  size_t begin = 0;  // Tokens of the condition: [begin, end).
  size_t end = 0;
};

std::vector<Assertion> Assertions(const Tokens& tokens) {
  std::vector<Assertion> found;
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].text != "assert" || tokens[i + 1].text != "(") continue;
    const size_t end = Close(tokens, i + 1);
    if (end > i + 3) found.push_back({i + 2, end - 1});
  }
  return found;
}

// The first literal after the condition's only top-level ==.
std::optional<size_t> ExpectedLiteral(const Tokens& tokens,
                                      const Assertion& a) {
  std::optional<size_t> equals;
  int depth = 0;
  for (size_t i = a.begin; i < a.end; ++i) {
    const std::string_view t = tokens[i].text;
    if (tokens[i].kind != Kind::kMark) continue;
    if (t == "(" || t == "{" || t == "[") ++depth;
    if (t == ")" || t == "}" || t == "]") --depth;
    if (depth != 0) continue;
    if (t == "&&" || t == "||" || t == "?") return std::nullopt;
    if (t == "==") {
      if (equals) return std::nullopt;
      equals = i;
    }
  }
  if (!equals) return std::nullopt;
  for (size_t i = *equals + 1; i < a.end; ++i) {
    if (OtherLiteral(tokens[i])) return i;
  }
  return std::nullopt;
}

// Names of functions that say whether two values are the same.
bool IsSameness(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "issame",  "isSame",  "is_same",  "same",     "equal",    "equals",
      "isequal", "isEqual", "is_equal", "areEqual", "are_equal"};
  return std::find(std::begin(kNames), std::end(kNames), name) !=
         std::end(kNames);
}

// The first literal of the second argument of `issame(found, expected)`. A
// negation would not tell a sameness that always holds.
std::optional<size_t> ComparedLiteral(const Tokens& tokens,
                                      const Assertion& a) {
  if (!IsSameness(tokens[a.begin].text) || tokens[a.begin + 1].text != "(" ||
      Close(tokens, a.begin + 1) != a.end) {
    return std::nullopt;
  }
  int depth = 0;
  bool second = false;
  for (size_t i = a.begin + 1; i < a.end; ++i) {
    const std::string_view t = tokens[i].text;
    if (tokens[i].kind == Kind::kMark) {
      if (t == "(" || t == "{" || t == "[") ++depth;
      if (t == ")" || t == "}" || t == "]") --depth;
      second |= t == "," && depth == 1;
    }
    if (second && OtherLiteral(tokens[i])) return i;
  }
  return std::nullopt;
}

std::string Replace(std::string_view text, size_t begin, size_t size,
                    std::string_view by) {
  return absl::StrCat(std::string(text.substr(0, begin)), std::string(by),
                      std::string(text.substr(begin + size)));
}

}  // namespace

std::optional<std::string> OtherLiteral(const Token& token) {
  const std::string text(token.text);
  if (token.text == "true") return "false";
  if (token.text == "false") return "true";
  if (token.kind == Kind::kString && text[0] == '"')
    return "\"~" + text.substr(1);
  if (token.kind == Kind::kCharacter && text.size() == 3) {
    return text[1] == '~' ? "'!'" : "'~'";
  }
  if (token.kind != Kind::kNumber) return std::nullopt;
  const size_t digits =
      std::min(text.find_first_not_of("0123456789"), text.size());
  const bool octal_or_hex = text[0] == '0' && text.size() > 1 && digits > 0 &&
                            text[1] != '.' && text[1] != 'L';
  if (octal_or_hex || digits > 8) return std::nullopt;
  return "7" + text;
}

const char kProofName[] = "assay_proof.c";
const char kProofSource[] = R"(
#include <unistd.h>
#ifdef __cplusplus
extern "C" void assay_completed(int *);
#endif
void assay_completed(int *unused) {
  char secret[64];
  long size = read(3, secret, sizeof secret);
  (void)unused;
  if (size > 0 && write(4, secret, (unsigned long)size) != size) _exit(1);
}
)";

absl::StatusOr<std::string> JoinForCompletion(const Language& language,
                                              std::string_view solution,
                                              std::string_view tests) {
  const absl::StatusOr<Tokens> tokens = LexC(tests);
  if (!tokens.ok()) return tokens.status();
  const absl::StatusOr<CSource> read = ReadC(tests);
  if (read.ok() && AssertsNothing(*read)) {
    return absl::InvalidArgumentError("nothing is asserted");
  }
  const std::optional<size_t> body = MainBody(*tokens);
  if (!body) return absl::InvalidArgumentError("no main function");
  const bool cpp = language.name == "cpp";
  return absl::StrCat(WithoutMain(solution), "\n",
                      cpp ? kCppDeclaration : kCDeclaration,
                      Replace(tests, *body, 0, cpp ? kCppGuard : kCGuard));
}

std::vector<std::string> AlteredTests(std::string_view tests, uint64_t random) {
  std::vector<std::string> altered;
  const absl::StatusOr<Tokens> tokens = LexC(tests);
  if (!tokens.ok()) return altered;
  const std::vector<Assertion> all = Assertions(*tokens);
  if (all.empty()) return altered;
  const Assertion& a = all[random % all.size()];
  std::optional<size_t> i = ExpectedLiteral(*tokens, a);
  if (!i) i = ComparedLiteral(*tokens, a);
  if (i) {
    const Token& token = (*tokens)[*i];
    altered.push_back(
        Replace(tests, token.begin, token.text.size(), *OtherLiteral(token)));
  }
  const size_t begin = (*tokens)[a.begin].begin;
  const size_t end = (*tokens)[a.end].begin;
  altered.push_back(absl::StrCat(std::string(tests.substr(0, begin)), "!(",
                                 std::string(tests.substr(begin, end - begin)),
                                 ")", std::string(tests.substr(end))));
  return altered;
}

}  // namespace assay::code
