#include "verifier/math/words.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "absl/container/inlined_vector.h"

namespace assay::math {
namespace {

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsWordByte(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

// Commands that say how a text looks.
bool IsFormatting(std::string_view command) {
  constexpr std::array<std::string_view, 17> kNames = {
      "text",   "textbf", "textit",       "mathrm", "mathbf", "mathit",
      "textrm", "mbox",   "operatorname", "left",   "right",  "displaystyle",
      "boxed",  "quad",   "qquad",        "rm",     "bf"};
  return std::find(kNames.begin(), kNames.end(), command) != kNames.end();
}

bool IsArticle(std::string_view word) {
  return word == "the" || word == "a" || word == "an";
}

}  // namespace

std::string NormalizedWords(std::string_view text) {
  std::string result, word;
  bool article = false;  // The word stands before another word.
  auto flush = [&] {
    if (!word.empty() && !(article && IsArticle(word))) {
      if (!result.empty()) result += ' ';
      result += word;
    }
    word.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      size_t end = i + 1;
      while (end < text.size() && IsLetter(text[end])) ++end;
      const std::string_view command = text.substr(i + 1, end - i - 1);
      flush();
      if (!command.empty() && !IsFormatting(command)) {
        word = std::string(command);
        flush();
      }
      i = command.empty() ? i + 1 : end - 1;
      continue;
    }
    if (IsWordByte(c)) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (c == '-' || c == '+' || c == '<' || c == '>' || c == '=' ||
               c == '/' || c == '^' || c == '*') {
      // Signs carry meaning: "-1" is not "1".
      const bool hyphen = c == '-' && !word.empty() && i + 1 < text.size() &&
                          IsLetter(text[i + 1]);
      flush();
      if (!hyphen) {
        word = c;
        flush();
      }
    } else if (c == '\'') {
      continue;
    } else {
      // In P(A|B) and "a, b" the a is a name.
      article = c == ' ' && i + 2 < text.size() && IsLetter(text[i + 1]) &&
                IsWordByte(text[i + 2]);
      flush();
      article = false;
    }
  }
  flush();
  return result;
}

std::string BracketsOf(std::string_view text) {
  constexpr std::string_view kBrackets = "()[]{}|";
  std::string result;
  bool wrapper = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      size_t end = i + 1;
      while (end < text.size() && IsLetter(text[end])) ++end;
      wrapper = IsFormatting(text.substr(i + 1, end - i - 1));
      i = std::max(i, end - 1);
      continue;
    }
    if (c == '{' && wrapper) {
      wrapper = false;
      continue;
    }
    if (kBrackets.find(c) != std::string_view::npos) result += c;
  }
  return result;
}

size_t CountDroppedSigns(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) {
    return c == '\'' || c == '!' || c == '%' || c == '_';
  });
}

std::string NormalizedFormula(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 8);
  // Of each open brace: whether it was written.
  absl::InlinedVector<bool, 32> kept;
  bool wrapper = false;  // The next brace belongs to \text and its kin.
  bool spaced = false;   // Between digits a space counts: 3 1/2.
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '$') {
      spaced = true;
      continue;
    }
    if (spaced && IsDigit(c) && !result.empty() && IsDigit(result.back())) {
      result += ' ';
    }
    spaced = false;
    if (c == '{') {
      kept.push_back(!wrapper);
      if (!wrapper) result += c;
      wrapper = false;
      continue;
    }
    wrapper = false;
    if (c == '}') {
      const bool write = kept.empty() || kept.back();
      if (!kept.empty()) kept.pop_back();
      if (write) result += c;
      continue;
    }
    if (c != '\\') {
      result += c;
      continue;
    }
    size_t end = i + 1;
    while (end < text.size() && IsLetter(text[end])) ++end;
    std::string_view command = text.substr(i + 1, end - i - 1);
    if (command.empty()) {
      const char next = i + 1 < text.size() ? text[i + 1] : ' ';
      const bool space = next == ',' || next == '!' || next == ';' ||
                         next == ':' || next == ' ';
      if (!space) result += c, result += next;
      spaced = space;
      ++i;
      continue;
    }
    i = end - 1;
    if (IsFormatting(command)) {
      wrapper = true;
      continue;
    }
    if (command == "dfrac" || command == "tfrac") command = "frac";
    result += '\\';
    result += command;
    // So that \pi r is not \pir.
    result += ' ';
  }
  while (!result.empty() && (result.back() == '.' || result.back() == ' ')) {
    result.pop_back();
  }
  return result;
}

int ChoiceLetter(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size() && plain.size() < 4; ++i) {
    const char c = text[i];
    if (c == '\\') {
      size_t end = i + 1;
      while (end < text.size() && IsLetter(text[end])) ++end;
      if (!IsFormatting(text.substr(i + 1, end - i - 1)) && end > i + 1) {
        return -1;
      }
      i = std::max(i, end - 1);
      continue;
    }
    if (c == ' ' && plain.empty()) continue;
    if (c == '(' || c == '{' || c == '[' || c == '*' || c == '$') continue;
    plain += c;
  }
  if (plain.empty() || plain[0] < 'A' || plain[0] > 'Z') {
    const bool lone =
        plain.size() == 1 || (plain.size() > 1 && !IsWordByte(plain[1]));
    if (plain.empty() || !lone || plain[0] < 'a' || plain[0] > 'j') return -1;
    return plain[0] - 'a';
  }
  if (plain.size() > 1) {
    const char next = plain[1];
    // "A circle" is words, "A. circle", "A) circle" and "A: circle" are not.
    if (next != ')' && next != '}' && next != '.' && next != ':' &&
        next != ']' && next != '*' && next != '$' && next != ',' &&
        next != ' ' && next != '\n' && (next & 0x80) == 0) {
      return -1;
    }
  }
  return plain[0] - 'A';
}

namespace {

// Takes \text{, \textbf{ and their kin, brackets and spaces off the front.
void SkipWrappers(std::string_view* text) {
  while (!text->empty()) {
    if (text->front() == '\\') {
      size_t end = 1;
      while (end < text->size() && IsLetter((*text)[end])) ++end;
      if (!IsFormatting(text->substr(1, end - 1))) return;
      text->remove_prefix(end);
    } else if (std::string_view(" {}()$*").find(text->front()) !=
               std::string_view::npos) {
      text->remove_prefix(1);
    } else {
      return;
    }
  }
}

// "option", "the choice", "la opción" before the letters.
void SkipOptionName(std::string_view* text) {
  constexpr std::string_view kNames[] = {
      "the ",    "The ",    "la ",     "La ",     "a ",      "option ",
      "Option ", "choice ", "Choice ", "answer ", "Answer ", "opción ",
      "Opción ", "opção ",  "选项",    "選項"};
  SkipWrappers(text);
  for (std::string_view name : kNames) {
    if (text->substr(0, name.size()) != name) continue;
    text->remove_prefix(name.size());
    SkipWrappers(text);
  }
}

// The length of a comma of any script or of a word for "and" at the front.
size_t SeparatorLength(std::string_view text) {
  for (std::string_view s :
       {",", ";", "and", "、", "，", "；", "和", "与", "與", "及"}) {
    if (text.substr(0, s.size()) == s) return s.size();
  }
  return 0;
}

// Capital letters up to J, each once, perhaps separated; a bit a letter, 0
// for other texts.
uint32_t OptionLetters(std::string_view text, bool* separated) {
  constexpr size_t kBytesMax = 60;
  if (text.size() > kBytesMax) return 0;
  uint32_t letters = 0;
  *separated = false;
  for (SkipOptionName(&text); !text.empty(); SkipWrappers(&text)) {
    const char c = text.front();
    if (const size_t length = SeparatorLength(text); length > 0) {
      *separated = true;
      text.remove_prefix(length);
      continue;
    }
    text.remove_prefix(1);
    if (c == '.') continue;
    const uint32_t bit = c >= 'A' && c <= 'J' ? uint32_t{1} << (c - 'A') : 0;
    if (bit == 0 || (letters & bit) != 0) return 0;
    letters |= bit;
  }
  return letters;
}

// "B. 12", "B、12", "\text{(B) } 12": the letter's bit where more follows.
uint32_t OptionHead(std::string_view text) {
  SkipOptionName(&text);
  if (text.size() < 3 || text[0] < 'A' || text[0] > 'J') return 0;
  const uint32_t bit = uint32_t{1} << (text[0] - 'A');
  text.remove_prefix(1);
  for (std::string_view mark : {"、", "．", "："}) {
    if (text.starts_with(mark)) return bit;
  }
  const char mark = text[0], after = text[1];
  if (mark != ')' && mark != '.' && mark != ':') return 0;
  const bool digit = mark == '.' && IsDigit(after);
  const bool space = std::string_view(" }\\$").find(after) != text.npos;
  return digit || (space && text.size() > 2) ? bit : 0;
}

}  // namespace

Options CompareOptions(std::string_view a, std::string_view b) {
  // Most answers name no option.
  const auto may = [](std::string_view text) {
    constexpr size_t kHeadBytes = 60;
    for (char c : text.substr(0, kHeadBytes)) {
      if (c >= 'A' && c <= 'J') return true;
    }
    return false;
  };
  if (!may(a) || !may(b)) return Options::kNone;
  bool a_separated, b_separated;
  const uint32_t x = OptionLetters(a, &a_separated);
  const uint32_t y = OptionLetters(b, &b_separated);
  if (x != 0 && y != 0) {
    const bool one = (x & (x - 1)) == 0;
    return x == y && (one || a_separated != b_separated) ? Options::kSame
                                                         : Options::kNone;
  }
  if (x == 0 && y == 0) {
    const uint32_t p = OptionHead(a), q = OptionHead(b);
    return p != 0 && q != 0 && p != q ? Options::kOther : Options::kNone;
  }
  const uint32_t head = x != 0 ? OptionHead(b) : y != 0 ? OptionHead(a) : 0;
  if (head == 0) return Options::kNone;
  return head == (x | y) ? Options::kSame : Options::kOther;
}

std::string_view OptionText(std::string_view text) {
  if (OptionHead(text) == 0) return {};
  SkipOptionName(&text);
  text.remove_prefix(1);
  for (std::string_view mark : {"、", "．", "：", ")", ".", ":"}) {
    if (text.starts_with(mark)) return text.substr(mark.size());
  }
  return {};
}

int OptionOf(std::string_view text, absl::Span<const std::string> options) {
  const std::string wanted = NormalizedWords(text);
  int found = -1;
  if (wanted.empty()) return -1;
  for (size_t i = 0; i < options.size(); ++i) {
    if (NormalizedWords(options[i]) != wanted) continue;
    if (found >= 0) return -1;
    found = static_cast<int>(i);
  }
  return found;
}

}  // namespace assay::math
