#include "verifier/code/lift/altered.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "verifier/code/lift/edits.h"

namespace assay::code {
namespace {

using Kind = Token::Kind;

// What another value of the same type is written as.
std::optional<std::string> Other(const Token& token) {
  const std::string text(token.text);
  if (text == "true") return "false";
  if (text == "false") return "true";
  if (token.kind == Kind::kString && (text[0] == '`' || text[1] != '"')) {
    return absl::StrCat(text.substr(0, 1), "~", text.substr(1));
  }
  if (token.kind == Kind::kCharacter) {
    return text == "'~'" ? "'!'" : "'~'";
  }
  if (token.kind != Kind::kNumber) return std::nullopt;
  const size_t digits =
      std::min(text.find_first_not_of("0123456789"), text.size());
  const bool based =
      text[0] == '0' && digits < text.size() && text[digits] != '.';
  if (based || digits == 0 || digits > 8) return std::nullopt;
  return absl::StrCat(text[0] == '7' ? "3" : "7", text);
}

bool Expects(const BraceText& t, size_t i) {
  const std::string_view word = t.at(i);
  if (word == "==" || word == "!=") return true;
  if (t.at(i + 1) == ":") {
    return word == "expected" || word == "want" || word == "expect";
  }
  return t.at(i + 1) == "(" &&
         (word == "equals" || word == "deepEquals" || word == "DeepEqual");
}

// The last literal of what is expected at i: in a call, of its arguments.
std::optional<size_t> LiteralAfter(const BraceText& t, size_t i) {
  std::optional<size_t> found;
  const bool call = t.at(i + 1) == "(";
  size_t j = call ? i + 2 : i + 1;
  const size_t end = call ? t.Close(i + 1) : t.size();
  for (; j < end; ++j) {
    const std::string_view word = t.at(j);
    if (!call && (word == ")" || word == "}" || word == "]" || word == ";" ||
                  word == "&&" || word == "||")) {
      break;
    }
    if (Other(t.tokens[j])) {
      found = j;
      if (!call) return found;
    }
    const bool bracket = word == "(" || word == "[" || word == "{";
    if (call || !bracket) continue;
    for (size_t k = j + 1; k < t.Close(j); ++k) {
      if (Other(t.tokens[k])) return k;
    }
    j = t.Close(j) - 1;
  }
  return found;
}

// The condition of `if`: [first, last) of the tokens; the block after it
// fails the tests.
std::optional<std::pair<size_t, size_t>> Condition(
    const BraceText& t, size_t i, const std::set<std::string_view>& fails) {
  size_t open = i + 1;
  size_t begin = open;
  while (open < t.size() && t.at(open) != "{" && t.at(open) != "throw") {
    if (t.at(open) == ";") begin = open + 1;
    open = t.Close(open);
  }
  if (open >= t.size() || begin >= open) return std::nullopt;
  const size_t end = t.at(open) == "{" ? t.Close(open) : open + 1;
  for (size_t j = open; j < end; ++j) {
    if (fails.count(t.at(j))) return std::make_pair(begin, open);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> AlterBraced(const BraceText& tests, uint64_t random,
                                     const std::set<std::string_view>& fails) {
  std::vector<size_t> literals;
  std::vector<std::pair<size_t, size_t>> conditions;
  for (size_t i = 0; i < tests.size(); ++i) {
    if (Expects(tests, i)) {
      if (auto at = LiteralAfter(tests, i)) literals.push_back(*at);
    }
    if (tests.at(i) == "if") {
      if (auto c = Condition(tests, i, fails)) conditions.push_back(*c);
    }
  }
  std::vector<std::string> altered;
  if (!literals.empty()) {
    const Token& token = tests.tokens[literals[random % literals.size()]];
    Edits edits;
    edits.Replace(token.begin, token.text.size(), *Other(token));
    altered.push_back(edits.Apply(tests.text));
  }
  if (!conditions.empty()) {
    const auto [first, last] = conditions[random % conditions.size()];
    const std::string_view condition = tests.Span(first, last);
    const bool bracketed = tests.Close(first) == last;
    Edits edits;
    edits.Replace(
        tests.tokens[first].begin, condition.size(),
        absl::StrCat(bracketed ? "(!" : "!(", std::string(condition), ")"));
    altered.push_back(edits.Apply(tests.text));
  }
  return altered;
}

}  // namespace assay::code
