#include "verifier/math/parts.h"

#include <algorithm>
#include <array>

namespace assay::math {
namespace {

using Names = std::array<std::string_view, kPartsMax>;

constexpr Names kSystems[] = {
    {"1", "2", "3", "4", "5", "6", "7", "8", "9"},
    {"a", "b", "c", "d", "e", "f", "g", "h", "i"},
    {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"},
    {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"},
};
constexpr Names kCircled = {"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"};
constexpr Names kRomanSigns = {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ"};

struct Brackets {
  std::string_view open;
  std::string_view close;
};
constexpr Brackets kBrackets[] = {
    {"(", ")"}, {"（", "）"}, {"\\text{(", ")}"}, {"\\text{(", ") }"}};

// The length of the mark of part `name` at the front, 0 for none.
size_t MarkLength(std::string_view text, std::string_view name,
                  const Brackets& brackets) {
  if (!text.starts_with(brackets.open)) return 0;
  std::string_view rest = text.substr(brackets.open.size());
  if (!rest.starts_with(name)) return 0;
  rest.remove_prefix(name.size());
  return rest.starts_with(brackets.close)
             ? text.size() - rest.size() + brackets.close.size()
             : 0;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty()) {
    bool cut = false;
    for (std::string_view s : {" ", "\n", ";", ",", ".", "；", "，", "。",
                               "\\quad", "\\qquad", "\\,", "\\;", "\\\\"}) {
      if (text.ends_with(s)) text.remove_suffix(s.size()), cut = true;
    }
    for (std::string_view s : {" ", "\n", ":", "\\quad", "\\,", "\\;"}) {
      if (text.starts_with(s)) text.remove_prefix(s.size()), cut = true;
    }
    if (!cut) break;
  }
  return text;
}

// Marks stand at the start of the text or behind a space, a separator or the
// end of a formula: the (2) of f(2) is none.
bool MayStandAt(std::string_view text, size_t at) {
  if (at == 0) return true;
  if (std::string_view(" ;,.$}\n").find(text[at - 1]) != text.npos) return true;
  return (text[at - 1] & 0x80) != 0;
}

std::vector<std::string_view> Split(std::string_view text, const Names& names,
                                    const Brackets& brackets) {
  std::vector<std::string_view> parts;
  size_t length = MarkLength(text, names[0], brackets);
  if (length == 0) return parts;
  size_t begin = length;
  for (size_t i = begin; i < text.size() && parts.size() + 1 < kPartsMax; ++i) {
    length = MarkLength(text.substr(i), names[parts.size() + 1], brackets);
    if (length == 0 || !MayStandAt(text, i)) continue;
    parts.push_back(Trimmed(text.substr(begin, i - begin)));
    begin = i + length;
    i = begin - 1;
  }
  parts.push_back(Trimmed(text.substr(begin)));
  for (std::string_view part : parts) {
    if (part.empty()) return {};
  }
  return parts.size() > 1 ? parts : std::vector<std::string_view>();
}

// Whether a mark may begin the text: most brackets are of formulas.
bool MayBeginMarked(std::string_view text) {
  if (text.empty()) return false;
  if ((text[0] & 0x80) != 0) return true;
  if (text[0] == '\\') return text.starts_with("\\text{");
  if (text[0] != '(' || text.size() < 2) return false;
  const char c = text[1];
  return (c >= '1' && c <= '9') || c == 'a' || c == 'i' || c == 'I' ||
         (c & 0x80) != 0;
}

}  // namespace

std::vector<std::string_view> NumberedParts(std::string_view text) {
  constexpr size_t kBytesMax = 2048;
  while (text.starts_with(' ') || text.starts_with('$')) text.remove_prefix(1);
  if (text.size() > kBytesMax || !MayBeginMarked(text)) return {};
  for (const Names& names : kSystems) {
    for (const Brackets& brackets : kBrackets) {
      auto parts = Split(text, names, brackets);
      if (!parts.empty()) return parts;
    }
  }
  for (const Names& names : {kCircled, kRomanSigns}) {
    for (const Brackets& brackets :
         {Brackets{"", ""}, kBrackets[0], kBrackets[1]}) {
      auto parts = Split(text, names, brackets);
      if (!parts.empty()) return parts;
    }
  }
  return {};
}

std::string StatementNumbers(std::string_view text) {
  constexpr size_t kBytesMax = 80;
  while (text.starts_with(' ') || text.starts_with('$')) text.remove_prefix(1);
  if (text.size() > kBytesMax || !MayBeginMarked(text)) return "";
  std::string result;
  size_t count = 0;
  while (!text.empty()) {
    size_t length = 0;
    for (size_t n = 0; n < kPartsMax && length == 0; ++n) {
      for (std::string_view mark : {kCircled[n], kSystems[0][n]}) {
        const bool circled = mark == kCircled[n];
        for (const Brackets& b :
             {Brackets{"", ""}, kBrackets[0], kBrackets[1], kBrackets[2]}) {
          if (!circled && b.open.empty()) continue;
          length = std::max(length, MarkLength(text, mark, b));
        }
      }
      if (length > 0) result += kCircled[n];
    }
    if (length > 0) {
      ++count;
      text.remove_prefix(length);
      continue;
    }
    for (std::string_view s :
         {" ", ",", ";", "，", "、", "；", "$", "和", "与", "及", "and",
          "\\text{and}", "\\text{ and }", "\\quad", "\\,", "."}) {
      if (text.starts_with(s)) length = s.size();
    }
    if (length == 0) return "";
    text.remove_prefix(length);
  }
  return count > 1 ? result : "";
}

}  // namespace assay::math
