#include "verifier/code/checkers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace assay::code {
namespace {

// Numbers with more characters than this are compared as texts.
constexpr size_t kMaxNumberSize = 1024;

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Takes the next token off `rest`; empty: none is left.
std::string_view NextToken(std::string_view* rest) {
  size_t begin = 0;
  while (begin < rest->size() && IsSpace((*rest)[begin])) ++begin;
  size_t end = begin;
  while (end < rest->size() && !IsSpace((*rest)[end])) ++end;
  const std::string_view token = rest->substr(begin, end - begin);
  rest->remove_prefix(end);
  return token;
}

bool EqualText(std::string_view a, std::string_view b, bool fold) {
  if (a.size() != b.size()) return false;
  if (!fold) return a == b;
  for (size_t i = 0; i < a.size(); ++i) {
    if (Lower(a[i]) != Lower(b[i])) return false;
  }
  return true;
}

std::optional<double> Decimal(std::string_view token) {
  if (!token.empty() && token[0] == '+') {
    token.remove_prefix(1);
    if (!token.empty() && token[0] == '-') return std::nullopt;
  }
  if (token.empty() || token.size() > kMaxNumberSize) return std::nullopt;
  // from_chars would read "inf" and "nan".
  const char first = token[0] == '-' && token.size() > 1 ? token[1] : token[0];
  if (first != '.' && (first < '0' || first > '9')) return std::nullopt;
  double x = 0;
  const auto [end, error] =
      std::from_chars(token.data(), token.data() + token.size(), x);
  if (error != std::errc() || end != token.data() + token.size() ||
      !std::isfinite(x)) {
    return std::nullopt;
  }
  return x;
}

bool EqualToken(const Checker& checker, std::string_view actual,
                std::string_view expected) {
  if (EqualText(actual, expected, checker.case_insensitive)) return true;
  if (checker.mode != Checker::Mode::kFloat) return false;
  const std::optional<double> a = Decimal(actual);
  const std::optional<double> b = Decimal(expected);
  if (!a || !b) return false;
  const double distance = std::fabs(*a - *b);
  return distance <= checker.absolute_tolerance ||
         distance <= checker.relative_tolerance * std::fabs(*b);
}

CheckResult CheckExact(std::string_view actual, std::string_view expected) {
  if (actual == expected) return {true, ""};
  size_t i = 0;
  while (i < actual.size() && i < expected.size() && actual[i] == expected[i]) {
    ++i;
  }
  if (i == actual.size()) {
    return {false, "the output ends early, at byte " + std::to_string(i)};
  }
  if (i == expected.size()) {
    return {false, "the output goes on after byte " + std::to_string(i)};
  }
  return {false, "byte " + std::to_string(i + 1) + " differs"};
}

std::string_view TrimEnd(std::string_view text) {
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view TrimBegin(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  return text;
}

// Takes the next line off `rest`, which is not empty; without its end.
std::string_view NextLine(std::string_view* rest) {
  const size_t end = std::min(rest->find('\n'), rest->size());
  const std::string_view line = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return line;
}

CheckResult CheckLines(const Checker& checker, std::string_view actual,
                       std::string_view expected) {
  actual = TrimEnd(actual);
  expected = TrimEnd(expected);
  for (size_t position = 1;; ++position) {
    if (actual.empty() && expected.empty()) return {true, ""};
    const char* fault = nullptr;
    if (actual.empty()) {
      fault = " is missing";
    } else if (expected.empty()) {
      fault = " is one too many";
    } else if (!EqualText(TrimEnd(NextLine(&actual)),
                          TrimEnd(NextLine(&expected)),
                          checker.case_insensitive)) {
      fault = " differs";
    }
    if (fault) return {false, "line " + std::to_string(position) + fault};
  }
}

// Takes the next line that is not empty; empty: none is left.
std::string_view NextFullLine(std::string_view* rest) {
  while (!rest->empty()) {
    const std::string_view line = TrimBegin(TrimEnd(NextLine(rest)));
    if (!line.empty()) return line;
  }
  return {};
}

std::vector<std::string_view> SortedLines(std::string_view text, bool fold) {
  std::vector<std::string_view> lines;
  for (std::string_view line = NextFullLine(&text); !line.empty();
       line = NextFullLine(&text)) {
    lines.push_back(line);
  }
  const auto folded_less = [](char a, char b) { return Lower(a) < Lower(b); };
  std::sort(
      lines.begin(), lines.end(), [&](std::string_view a, std::string_view b) {
        return fold ? std::lexicographical_compare(
                          a.begin(), a.end(), b.begin(), b.end(), folded_less)
                    : a < b;
      });
  return lines;
}

CheckResult CheckUnordered(const Checker& checker, std::string_view actual,
                           std::string_view expected) {
  const size_t has = UnorderedLineCount(actual);
  const size_t wants = UnorderedLineCount(expected);
  // Counted first: an output of many lines is not kept.
  if (has != wants) {
    return {false, std::to_string(has) + " lines instead of another number"};
  }
  if (has > kUnorderedLinesMax) return {false, "too many lines"};
  const bool fold = checker.case_insensitive;
  const std::vector<std::string_view> a = SortedLines(actual, fold);
  const std::vector<std::string_view> b = SortedLines(expected, fold);
  for (size_t i = 0; i < a.size(); ++i) {
    if (!EqualText(a[i], b[i], fold)) return {false, "the lines differ"};
  }
  return {true, ""};
}

}  // namespace

size_t UnorderedLineCount(std::string_view text) {
  size_t count = 0;
  while (!NextFullLine(&text).empty()) ++count;
  return count;
}

CheckResult CheckOutput(const Checker& checker, std::string_view actual,
                        std::string_view expected) {
  switch (checker.mode) {
    case Checker::Mode::kExact:
      return CheckExact(actual, expected);
    case Checker::Mode::kLines:
      return CheckLines(checker, actual, expected);
    case Checker::Mode::kUnordered:
      return CheckUnordered(checker, actual, expected);
    case Checker::Mode::kTokens:
    case Checker::Mode::kFloat:
      break;
  }
  for (size_t position = 1;; ++position) {
    const std::string_view a = NextToken(&actual);
    const std::string_view b = NextToken(&expected);
    if (a.empty() && b.empty()) return {true, ""};
    const char* fault = a.empty()                    ? " is missing"
                        : b.empty()                  ? " is one too many"
                        : !EqualToken(checker, a, b) ? " differs"
                                                     : nullptr;
    if (fault) return {false, "token " + std::to_string(position) + fault};
  }
}

CheckResult CheckOutputs(const StdioTest& test, std::string_view actual) {
  CheckResult result = CheckOutput(test.checker, actual, test.expected_output);
  for (const std::string& other : test.other_outputs) {
    if (result.equal) break;
    if (CheckOutput(test.checker, actual, other).equal) result = {true, ""};
  }
  return result;
}

std::string ComparisonName(const Checker& checker) {
  const char* const name = [&] {
    switch (checker.mode) {
      case Checker::Mode::kExact:
        return "exact/1";
      case Checker::Mode::kTokens:
        return "tokens/1";
      case Checker::Mode::kFloat:
        return "float/1";
      case Checker::Mode::kLines:
        return "lines/1";
      case Checker::Mode::kUnordered:
        return "unordered/1";
    }
    return "";
  }();
  return absl::StrCat(name, checker.case_insensitive ? "+fold" : "");
}

std::string ComparisonNames(absl::Span<const StdioTest> tests) {
  std::vector<std::string> names;
  for (const StdioTest& test : tests) {
    std::string name = ComparisonName(test.checker);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  return absl::StrJoin(names, " ");
}

}  // namespace assay::code
