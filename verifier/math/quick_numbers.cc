#include "verifier/math/quick_numbers.h"

#include <numeric>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"

namespace assay::math {
namespace {

constexpr size_t kDigitsMax = 15;
constexpr size_t kPlainBytesMax = 400;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Takes a natural number without leading zeros from the front of `text`.
bool TakeNatural(std::string_view* text, int64_t* n) {
  size_t end = 0;
  *n = 0;
  while (end < text->size() && IsDigit((*text)[end])) {
    *n = 10 * *n + ((*text)[end] - '0');
    if (++end > kDigitsMax) return false;
  }
  if (end == 0 || (end > 1 && (*text)[0] == '0')) return false;
  text->remove_prefix(end);
  return true;
}

bool Take(std::string_view* text, std::string_view s) {
  if (text->substr(0, s.size()) != s) return false;
  text->remove_prefix(s.size());
  return true;
}

bool TakeFraction(std::string_view* text, QuickNumber* q) {
  return (Take(text, "\\frac{") || Take(text, "\\dfrac{") ||
          Take(text, "\\tfrac{")) &&
         TakeNatural(text, &q->numerator) && Take(text, "}{") &&
         TakeNatural(text, &q->denominator) && Take(text, "}");
}

bool TakeDecimals(std::string_view* text, QuickNumber* q) {
  size_t places = 0;
  while (places < text->size() && IsDigit((*text)[places])) {
    q->numerator = 10 * q->numerator + ((*text)[places] - '0');
    q->denominator *= 10;
    if (++places > 6 || q->numerator > int64_t{1} << 52) return false;
  }
  q->decimal = true;
  text->remove_prefix(places);
  return places > 0;
}

std::string Text(const QuickNumber& q) {
  const int64_t g = std::gcd(q.numerator, q.denominator);
  if (q.denominator == g) return absl::StrCat(q.numerator / g);
  return absl::StrCat(q.numerator / g, "/", q.denominator / g);
}

bool IsPlainCommand(std::string_view name) {
  return name == "frac" || name == "dfrac" || name == "sqrt" || name == "pi" ||
         name == "cdot" || name == "tfrac";
}

}  // namespace

std::optional<QuickNumber> ReadQuickNumber(std::string_view text) {
  if (text.empty() || text.size() > 48) return std::nullopt;
  QuickNumber q;
  const bool negative = Take(&text, "-");
  if (!text.empty() && text[0] == '\\') {
    if (!TakeFraction(&text, &q)) return std::nullopt;
  } else {
    if (!TakeNatural(&text, &q.numerator)) return std::nullopt;
    if (Take(&text, "/")) {
      if (!TakeNatural(&text, &q.denominator)) return std::nullopt;
    } else if (Take(&text, ".") && !TakeDecimals(&text, &q)) {
      return std::nullopt;
    }
  }
  if (!text.empty() || q.denominator == 0) return std::nullopt;
  if (negative) q.numerator = -q.numerator;
  return q;
}

std::optional<Finding> DifferentNumbers(std::string_view gold,
                                        std::string_view answer) {
  const std::optional<QuickNumber> g = ReadQuickNumber(gold);
  if (!g || g->decimal) return std::nullopt;
  const std::optional<QuickNumber> a = ReadQuickNumber(answer);
  if (!a) return std::nullopt;
  __extension__ using Wide = __int128;
  if (Wide{g->numerator} * a->denominator ==
      Wide{a->numerator} * g->denominator) {
    return std::nullopt;
  }
  Finding f = Finding::Different("the exact values differ");
  f.proof = Proof::kWitness;
  f.rung = "exact";
  f.witness = Witness{"", Text(*g), Text(*a)};
  return f;
}

bool IsPlainAnswer(std::string_view text) {
  if (text.empty() || text.size() > kPlainBytesMax) return false;
  const char first = text.front(), last = text.back();
  if (!IsDigit(last) && !IsLetter(last) && last != ')' && last != '}') {
    return false;
  }
  if (!IsDigit(first) && !IsLetter(first) && first != '(' && first != '\\' &&
      first != '-') {
    return false;
  }
  bool letter = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      size_t end = i + 1;
      while (end < text.size() && IsLetter(text[end])) ++end;
      if (!IsPlainCommand(text.substr(i + 1, end - i - 1))) return false;
      i = end - 1;
      letter = false;
      continue;
    }
    if (IsLetter(c)) {
      // Two side by side may be a word.
      if (letter) return false;
      letter = true;
      continue;
    }
    letter = false;
    if (!IsDigit(c) &&
        std::string_view("+-/^(){}, ").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace assay::math
