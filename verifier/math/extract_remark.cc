// What a response adds to its answer in brackets: "(simplified)", "(or 75%)".
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "verifier/math/extract_rules.h"

namespace assay::math {
namespace {

constexpr std::string_view kForms[] = {
    "simplified",      "simplified form",  "in simplified form",
    "simplest form",   "in simplest form", "reduced",
    "in lowest terms", "lowest terms",     "exact",
    "exactly",         "exact value",      "exact form"};
// Before the same value once more.
constexpr std::string_view kAgain[] = {"about ",      "approximately ",
                                       "approx. ",    "approx ",
                                       "roughly ",    "or about ",
                                       "or roughly ", "or approximately ",
                                       "or ",         "i.e. ",
                                       "i.e., ",      "which is ",
                                       "= ",          "=",
                                       "≈ ",          "\\approx "};

constexpr size_t kRemarkBytesMax = 60;

struct Decimal {
  double value = 0;
  double half_unit = 0;  // Of the last digit.
};

// "58.3", "58.3%", "75\%".
std::optional<Decimal> ReadDecimal(std::string_view text) {
  double scale = 1;
  if (text.ends_with('%')) {
    text.remove_suffix(text.ends_with("\\%") ? 2 : 1);
    scale = 0.01;
  }
  Decimal d;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), d.value,
                      std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  const size_t point = text.find('.');
  const size_t digits = point == text.npos ? 0 : text.size() - point - 1;
  d.value *= scale;
  d.half_unit = 0.5 * scale * std::pow(10.0, -static_cast<double>(digits));
  return d;
}

// A decimal, 7/12 or \frac{7}{12}.
std::optional<double> ReadValue(std::string_view text) {
  std::string plain;
  for (std::string_view frac : {"\\frac{", "\\dfrac{", "\\tfrac{"}) {
    if (!text.starts_with(frac) || !text.ends_with('}')) continue;
    plain = text.substr(frac.size(), text.size() - frac.size() - 1);
    const size_t middle = plain.find("}{");
    if (middle == plain.npos) return {};
    plain.replace(middle, 2, "/");
  }
  // \frac34
  constexpr std::string_view kShort = "\\frac";
  if (plain.empty() && text.size() == kShort.size() + 2 &&
      text.starts_with(kShort)) {
    plain = {text[kShort.size()], '/', text[kShort.size() + 1]};
  }
  if (plain.empty()) plain = text;
  const size_t slash = plain.find('/');
  const std::string_view whole = plain;
  const auto above = ReadDecimal(whole.substr(0, slash));
  if (slash == plain.npos || !above) {
    return above ? std::optional<double>(above->value) : std::nullopt;
  }
  const auto below = ReadDecimal(whole.substr(slash + 1));
  if (!below || below->value == 0) return {};
  return above->value / below->value;
}

// Whether the remark adds nothing to the value.
bool SaysTheSame(std::string_view value, std::string_view remark) {
  for (std::string_view form : kForms) {
    if (remark == form) return true;
  }
  for (std::string_view again : kAgain) {
    if (!remark.starts_with(again)) continue;
    const auto rounded = ReadDecimal(remark.substr(again.size()));
    const auto exact = ReadValue(value);
    return rounded && exact &&
           std::abs(rounded->value - *exact) <= rounded->half_unit * 1.000001;
  }
  return false;
}

}  // namespace

namespace {

// Without the signs that say "done": \checkmark, \blacksquare.
size_t BeforeTick(std::string_view text, size_t begin, size_t end) {
  const char last_byte = begin < end ? text[end - 1] : ' ';
  if (last_byte != 'k' && last_byte != 'e' && (last_byte & 0x80) == 0) {
    return end;
  }
  for (std::string_view tick : {"\\checkmark", "\\blacksquare", "✓", "✔", "✅",
                                "\\quad\\blacksquare", "∎"}) {
    const std::string_view answer = text.substr(begin, end - begin);
    if (!answer.ends_with(tick) || answer.size() == tick.size()) continue;
    size_t first = begin, last = end - tick.size();
    Trim(text, &first, &last);
    return first < last ? last : end;
  }
  return end;
}

// Without ", or approximately 0.583".
size_t BeforeApproximation(std::string_view text, size_t begin, size_t end) {
  const std::string_view answer = text.substr(begin, end - begin);
  const size_t comma = answer.rfind(',');
  if (comma == answer.npos || comma == 0 ||
      answer.size() - comma > kRemarkBytesMax) {
    return end;
  }
  const std::string_view said = answer.substr(comma);
  if (said.find("about") == said.npos && said.find("approx") == said.npos &&
      said.find("roughly") == said.npos) {
    return end;
  }
  std::string remark;  // \text{...} as its words.
  for (size_t i = comma + 1; i < answer.size(); ++i) {
    constexpr std::string_view kText = "\\text{";
    if (answer.substr(i, kText.size()) == kText) {
      i += kText.size() - 1;
    } else if (answer[i] != '}' && answer[i] != '$' &&
               !(answer[i] == ' ' &&
                 (remark.empty() || remark.back() == ' '))) {
      remark += answer[i];
    }
  }
  size_t first = begin, last = begin + comma;
  Trim(text, &first, &last);
  const bool same =
      first < last && SaysTheSame(text.substr(first, last - first), remark);
  return same ? last : end;
}

}  // namespace

size_t BeforeRemark(std::string_view text, size_t begin, size_t end) {
  end = BeforeTick(text, begin, end);
  end = BeforeApproximation(text, begin, end);
  const std::string_view answer = text.substr(begin, end - begin);
  const bool wrapped = answer.ends_with(")}");
  if (!wrapped && !answer.ends_with(')')) return end;
  const size_t open = answer.rfind('(');
  if (open == answer.npos || answer.size() - open > kRemarkBytesMax) return end;
  std::string_view value = answer.substr(0, open);
  if (wrapped) {
    while (value.ends_with(' ')) value.remove_suffix(1);
    if (!value.ends_with("\\text{")) return end;
    value.remove_suffix(6);
  } else if (!value.ends_with(' ') && !value.ends_with('$') &&
             !value.ends_with("\\,") && !value.ends_with("\\;")) {
    return end;  // f(exact)
  }
  while (value.ends_with("\\,") || value.ends_with("\\;"))
    value.remove_suffix(2);
  size_t first = begin, last = begin + value.size();
  Trim(text, &first, &last);
  const std::string_view remark =
      answer.substr(open + 1, answer.size() - open - (wrapped ? 3 : 2));
  const bool same =
      first < last && SaysTheSame(text.substr(first, last - first), remark);
  return same ? last : end;
}

}  // namespace assay::math
