#include "verifier/code/checkers.h"

#include <charconv>
#include <cmath>
#include <optional>

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

}  // namespace

CheckResult CheckOutput(const Checker& checker, std::string_view actual,
                        std::string_view expected) {
  if (checker.mode == Checker::Mode::kExact) {
    return CheckExact(actual, expected);
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

std::string_view ComparisonName(const Checker& checker) {
  switch (checker.mode) {
    case Checker::Mode::kExact:
      return "exact/1";
    case Checker::Mode::kTokens:
      return "tokens/1";
    case Checker::Mode::kFloat:
      return "float/1";
  }
  return "";
}

}  // namespace assay::code
