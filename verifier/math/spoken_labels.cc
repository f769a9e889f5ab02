#include "verifier/math/spoken_labels.h"

#include <cctype>
#include <vector>

namespace assay::math {
namespace {

// Whether a Chinese sign begins at `at`.
bool IsChineseAt(std::string_view text, size_t at) {
  return at < text.size() && text[at] >= '\xE4' && text[at] <= '\xE9';
}

// Where each part begins and how long its separator is.
size_t SeparatorLength(std::string_view text) {
  for (std::string_view s : {",", ";", "，", "；", "、"}) {
    if (text.starts_with(s)) return s.size();
  }
  return 0;
}

std::vector<std::string_view> SplitParts(std::string_view text) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  int depth = 0;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '(' || c == '{' || c == '[') ++depth;
    if (c == ')' || c == '}' || c == ']') --depth;
    const size_t length = depth == 0 ? SeparatorLength(text.substr(i)) : 0;
    if (length == 0) {
      ++i;
      continue;
    }
    parts.push_back(text.substr(begin, i - begin));
    i += length;
    begin = i;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  for (bool cut = true; cut;) {
    cut = false;
    for (std::string_view s : {" ", ".", "。"}) {
      if (text.ends_with(s)) text.remove_suffix(s.size()), cut = true;
    }
  }
  return text;
}

// Signs that deny, bound or operate: what follows is no plain value.
bool SaysMore(std::string_view label) {
  for (std::string_view sign :
       {"不",   "非",   "没",   "無",   "无", "未",   "小于", "大于",
        "少于", "多于", "低于", "高于", "超", "至少", "至多", "最多",
        "最少", "第",   "除",   "减",   "加", "乘",   "前",   "后",
        "若",   "如果", "当",   "或",   "错", "误",   "。"}) {
    if (label.find(sign) != label.npos) return true;
  }
  return false;
}

// 最大值为 5: the words at the front and what they name.
bool WideLabel(std::string_view part, std::string_view* label,
               std::string_view* value) {
  constexpr size_t kSignBytes = 3;
  size_t end = 0;
  while (IsChineseAt(part, end)) end += kSignBytes;
  if (end == 0 || end >= part.size()) return false;
  *label = part.substr(0, end);
  *value = Trimmed(part.substr(end));
  for (std::string_view link :
       {"为", "是", "＝", "：", "等于", "有", "約", "约", "約為", "共"}) {
    if (label->ends_with(link) && label->size() > link.size()) {
      label->remove_suffix(link.size());
    }
  }
  if (value->starts_with('=') || value->starts_with(':')) {
    *value = Trimmed(value->substr(1));
  }
  if (value->empty() || SaysMore(*label)) return false;
  const char c = value->front();
  return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-' ||
         c == '\\' || c == '$';
}

// \text{maximum} 5, \text{min} = -3.
bool ExtremeLabel(std::string_view part, std::string_view* label,
                  std::string_view* value) {
  constexpr std::string_view kText = "\\text{";
  if (!part.starts_with(kText)) return false;
  const size_t close = part.find('}');
  if (close == part.npos) return false;
  std::string_view words =
      Trimmed(part.substr(kText.size(), close - kText.size()));
  *value = Trimmed(part.substr(close + 1));
  while (words.ends_with(':') || words.ends_with('=')) {
    words = Trimmed(words.substr(0, words.size() - 1));
  }
  for (std::string_view tail : {" is", " value", " of"}) {
    if (words.ends_with(tail)) words.remove_suffix(tail.size());
  }
  struct Row {
    std::string_view word;
    std::string_view label;
  };
  for (const Row& row : {Row{"max", "maximum"}, Row{"maximum", "maximum"},
                         Row{"Max", "maximum"}, Row{"Maximum", "maximum"},
                         Row{"min", "minimum"}, Row{"minimum", "minimum"},
                         Row{"Min", "minimum"}, Row{"Minimum", "minimum"}}) {
    if (words != row.word) continue;
    *label = row.label;
    if (value->starts_with('=') || value->starts_with(':')) {
      *value = Trimmed(value->substr(1));
    }
    return !value->empty() && value->front() != '(' && value->front() != '{';
  }
  return false;
}

}  // namespace

std::string WithSpokenLabels(std::string_view text) {
  if (text.size() > kSpokenBytesMax) return "";
  text = Trimmed(text);
  std::string result;
  for (std::string_view part : SplitParts(text)) {
    part = Trimmed(part);
    std::string_view label, value;
    if (!WideLabel(part, &label, &value) &&
        !ExtremeLabel(part, &label, &value)) {
      return "";
    }
    if (!result.empty()) result += ", ";
    result += "\\text{";
    result += label;
    result += "} = ";
    result += value;
  }
  return result;
}

}  // namespace assay::math
