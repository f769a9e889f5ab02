#include <string.h>  // memrchr

#include <algorithm>

#include "verifier/math/extract_rules.h"

namespace assay::math {
namespace {

constexpr size_t kFormulaBytesMax = 4096;
constexpr size_t kBoldBytesMax = 80;
constexpr size_t kHashLineBytesMax = 200;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// A tab that was the "\t" of a lost \text or \times.
bool IsLostEscape(std::string_view text, size_t at) {
  return text[at] == '\t' && (text.compare(at + 1, 3, "ext") == 0 ||
                              text.compare(at + 1, 3, "ime") == 0 ||
                              text.compare(at + 1, 4, "frac") == 0);
}

bool HasValue(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (DigitAt(text, i) != 0 || text[i] == '\\' || text[i] == '$') return true;
  }
  return false;
}

// As text.rfind(s, at), by the byte search of the C library.
size_t LastFind(std::string_view text, std::string_view s, size_t at) {
  if (s.size() > text.size()) return std::string_view::npos;
  size_t before = std::min(at, text.size() - s.size()) + 1;
  while (before > 0) {
    const void* hit = memrchr(text.data(), s.front(), before);
    if (hit == nullptr) break;
    before = static_cast<const char*>(hit) - text.data();
    if (text.compare(before, s.size(), s) == 0) return before;
  }
  return std::string_view::npos;
}

// The last formula between `open` and `close` signs.
Place LastDelimited(std::string_view text, size_t from, std::string_view open,
                    std::string_view close) {
  Place place;
  size_t before = text.size();
  for (int tries = 0; tries < 8; ++tries) {
    if (before < close.size()) return place;
    const size_t end = LastFind(text, close, before - close.size());
    if (end == std::string_view::npos || end < from + open.size()) {
      return place;
    }
    if (open == close && end > 0 && text[end - 1] == '\\') {
      before = end;
      continue;
    }
    size_t begin = end - open.size() + 1;
    do {
      if (begin == 0) return place;
      begin = LastFind(text, open, begin - 1);
    } while (begin != std::string_view::npos && begin > 0 &&
             text[begin - 1] == '\\');
    if (begin == std::string_view::npos || begin < from) return place;
    place.begin = begin + open.size();
    place.end = end;
    Trim(text, &place.begin, &place.end);
    const std::string_view inside =
        place.begin < place.end
            ? text.substr(place.begin, place.end - place.begin)
            : std::string_view();
    if (!inside.empty() && inside.size() <= kFormulaBytesMax &&
        !LooksLikeProse(inside)) {
      place.found = true;
      place.mark = "last formula";
      return place;
    }
    before = begin;
  }
  return place;
}

}  // namespace

size_t DigitAt(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  const unsigned char a = text[at];
  if (a < 0x80) return IsDigit(text[at]) ? 1 : 0;
  const unsigned char b = at + 1 < text.size() ? text[at + 1] : 0;
  const unsigned char c = at + 2 < text.size() ? text[at + 2] : 0;
  if (a == 0xD9 && b >= 0xA0 && b <= 0xA9) return 2;               // Arabic
  if (a == 0xDB && b >= 0xB0 && b <= 0xB9) return 2;               // Persian
  if (a == 0xE0 && b == 0xA5 && c >= 0xA6 && c <= 0xAF) return 3;  // Hindi
  if (a == 0xE0 && b == 0xA7 && c >= 0xA6 && c <= 0xAF) return 3;  // Bengali
  if (a == 0xE0 && b == 0xB9 && c >= 0x90 && c <= 0x99) return 3;  // Thai
  if (a == 0xEF && b == 0xBC && c >= 0x90 && c <= 0x99) return 3;  // wide
  return 0;
}

bool LooksLikeProse(std::string_view text) {
  size_t words = 0;  // In a row.
  bool long_word = false;
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] == '\\') {
      const size_t begin = ++i;
      while (i < text.size() && IsLetter(text[i])) ++i;
      if (i == begin) ++i;
      // What \text{...} holds is no prose of the sentence.
      const std::string_view name = text.substr(begin, i - begin);
      if (i < text.size() && text[i] == '{' &&
          (name.substr(0, 4) == "text" || name == "mbox" ||
           name.substr(0, 4) == "math" || name == "operatorname")) {
        const size_t close = text.find('}', i);
        i = close == std::string_view::npos ? text.size() : close + 1;
      }
      words = 0;
      continue;
    }
    const size_t begin = i;
    while (i < text.size() && IsWordByte(text[i])) ++i;
    if (i == begin) {
      if (text[i] != ' ' && text[i] != '\n' && text[i] != '\'') words = 0;
      ++i;
      continue;
    }
    // Four ideographs in a row, too, are prose.
    const bool wide = static_cast<unsigned char>(text[begin]) >= 0xE0;
    if (wide && i - begin >= 12) return true;
    const std::string_view word = text.substr(begin, i - begin);
    if (word.size() < 2 || word == "and" || word == "or" || word == "sin" ||
        word == "cos" || word == "log") {
      words = 0;
      continue;
    }
    long_word = words == 0 ? word.size() >= 3 : long_word || word.size() >= 3;
    if (++words >= 2 && long_word) return true;
  }
  return false;
}

// Signs of three bytes without width: joiners, marks of direction, the byte
// order mark.
bool InvisibleAt(std::string_view text) {
  if (text.size() < 3) return false;
  const unsigned char a = text[0], b = text[1], c = text[2];
  if (a == 0xEF) return b == 0xBB && c == 0xBF;
  if (a != 0xE2) return false;
  return (b == 0x80 &&
          ((c >= 0x8B && c <= 0x8F) || (c >= 0xAA && c <= 0xAE))) ||
         (b == 0x81 && c >= 0xA0 && c <= 0xA9);
}

// The length of a tag of HTML at the beginning or the end: <b>, </p>.
size_t TagLength(std::string_view text, bool at_begin) {
  constexpr std::string_view kTags[] = {"b",  "i",    "p",      "em", "div",
                                        "br", "span", "strong", "u",  "h3",
                                        "td", "li",   "code",   "pre"};
  for (std::string_view tag : kTags) {
    for (std::string_view open : {"<", "</"}) {
      const size_t length = open.size() + tag.size() + 1;
      if (text.size() < length) continue;
      const std::string_view piece =
          at_begin ? text.substr(0, length) : text.substr(text.size() - length);
      if (piece.back() == '>' && piece.substr(0, open.size()) == open &&
          piece.substr(open.size(), tag.size()) == tag) {
        return length;
      }
    }
  }
  return 0;
}

void Trim(std::string_view text, size_t* begin, size_t* end) {
  // The byte at the edge first: most texts have none of these signs.
  const auto starts = [&](std::string_view s) {
    return text[*begin] == s.front() && *end - *begin >= s.size() &&
           text.compare(*begin, s.size(), s) == 0;
  };
  const auto ends = [&](std::string_view s) {
    return text[*end - 1] == s.back() && *end - *begin >= s.size() &&
           text.compare(*end - s.size(), s.size(), s) == 0;
  };
  bool more = true;
  while (more && *begin < *end) {
    more = false;
    if (InvisibleAt(text.substr(*begin, *end - *begin))) {
      *begin += 3;
      more = true;
      continue;
    }
    if (*end - *begin >= 3 && InvisibleAt(text.substr(*end - 3, 3))) {
      *end -= 3;
      more = true;
      continue;
    }
    const char first = text[*begin];
    if ((IsSpace(first) && !IsLostEscape(text, *begin)) || first == '"' ||
        first == '`' || first == '=' || first == ':' || starts("**")) {
      *begin += starts("**") ? 2 : 1;
      more = true;
      continue;
    }
    constexpr std::string_view kOpening[] = {
        "\\(",          "\\[",      "$$",       "\xEF\xBC\x9A",
        "\xE2\x80\x9C", "\xC2\xA0", "\\approx", "\xE2\x89\x88"};
    for (std::string_view s : kOpening) {
      if (starts(s)) {
        *begin += s.size();
        more = true;
        break;
      }
    }
    if (more) continue;
    const char last = text[*end - 1];
    const bool escaped = *end - *begin >= 2 && text[*end - 2] == '\\';
    // 5'10": the sign of inches closes no quotation.
    const bool inches = last == '"' && *end - *begin >= 2 &&
                        IsDigit(text[*end - 2]) &&
                        text.substr(*begin, *end - *begin - 1).find('\'') !=
                            std::string_view::npos;
    if ((IsSpace(last) || (last == '"' && !inches) || last == '`' ||
         last == ',' || last == ';' || last == ':' ||
         (last == '.' && !ends("..") && !ends("\\right."))) &&
        !escaped) {
      --*end;
      more = true;
      continue;
    }
    if (ends("**")) {
      *end -= 2;
      more = true;
      continue;
    }
    constexpr std::string_view kClosing[] = {
        "\\)",          "\\]",          "$$",           "\xE3\x80\x82",
        "\xEF\xBC\x8E", "\xE2\x80\x9D", "\xC2\xA0",     "</s>",
        "<|im_end|>",   "<|eot_id|>",   "<|endoftext|>"};
    for (std::string_view s : kClosing) {
      if (ends(s)) {
        *end -= s.size();
        more = true;
        break;
      }
    }
    if (more) continue;
    if (first == '<' || last == '>') {
      const std::string_view inside = text.substr(*begin, *end - *begin);
      const size_t open = first == '<' ? TagLength(inside, true) : 0;
      const size_t close = open == 0 ? TagLength(inside, false) : 0;
      *begin += open;
      *end -= close;
      more = open + close > 0;
      if (more) continue;
    }
    if (first == '*' && last == '*' && *end - *begin >= 2) {
      ++*begin;
      --*end;
      more = true;
      continue;
    }
    // $...$ around the whole.
    if (first == '$' && last == '$' && !escaped && *end - *begin >= 2 &&
        text.substr(*begin + 1, *end - *begin - 2).find('$') ==
            std::string_view::npos) {
      ++*begin;
      --*end;
      more = true;
    }
  }
}

Place FindHashes(std::string_view text, size_t from) {
  Place place;
  if (from >= text.size()) return place;
  const void* hit = memrchr(text.data() + from, '#', text.size() - from);
  if (hit == nullptr) return place;
  const size_t last = static_cast<const char*>(hit) - text.data();
  if (last < from + 3 || text.compare(last - 3, 4, "####") != 0) return place;
  size_t begin = last + 1;
  size_t end = text.find('\n', begin);
  if (end == std::string_view::npos) end = text.size();
  if (end - begin > kHashLineBytesMax) return place;
  Trim(text, &begin, &end);
  const std::string_view line = text.substr(begin, end - begin);
  // "#### Step 2: add" is a heading.
  if (line.empty() || LooksLikeProse(line) ||
      line.find(':') != std::string_view::npos || !HasValue(line)) {
    return place;
  }
  return {true, begin, end, "####"};
}

// <answer>42</answer>, the last one.
Place FindTag(std::string_view text, size_t from) {
  Place place;
  size_t at = text.size();
  for (int tries = 0; tries < 4; ++tries) {
    at = at == 0 ? text.npos : text.rfind("answer>", at - 1);
    if (at == text.npos || at < from + 2) return place;
    const size_t name =
        at >= 6 && text.substr(at - 6, 6) == "final_" ? at - 6 : at;
    if (name < from + 2 || text[name - 1] != '/' || text[name - 2] != '<') {
      continue;
    }
    const size_t close = name - 2;
    const size_t open = text.rfind("answer>", close);
    if (open == text.npos || open < from) return place;
    place.begin = open + 7;
    place.end = close;
    Trim(text, &place.begin, &place.end);
    place.found = place.begin < place.end && place.end - place.begin < 2000;
    place.mark = "answer tag";
    return place;
  }
  return place;
}

Place FindFormula(std::string_view text, size_t from) {
  Place best;
  const std::string_view pairs[][2] = {
      {"$$", "$$"}, {"\\[", "\\]"}, {"\\(", "\\)"}, {"$", "$"}};
  for (const auto& pair : pairs) {
    Place place = LastDelimited(text, from, pair[0], pair[1]);
    if (place.found) {
      place = WithEarlierItems(text, from, place, pair[0], pair[1]);
    }
    if (place.found && (!best.found || place.end > best.end)) best = place;
  }
  constexpr std::string_view kAligned[][2] = {
      {"\\begin{align*}", "\\end{align*}"},
      {"\\begin{align}", "\\end{align}"},
      {"\\begin{equation*}", "\\end{equation*}"},
      {"\\begin{equation}", "\\end{equation}"},
      {"\\begin{gather*}", "\\end{gather*}"}};
  const bool aligned = text.find("\\begin{", from) != text.npos;
  for (const auto& pair : kAligned) {
    if (!aligned) break;
    Place place = LastDelimited(text, from, pair[0], pair[1]);
    if (!place.found || (best.found && place.end < best.end)) continue;
    place.begin = LastEquation(text, place.begin, place.end);
    Trim(text, &place.begin, &place.end);
    best = place;
  }
  // **73**: bold values count as much as formulas.
  size_t before = text.size();
  for (int tries = 0; tries < 4 && before >= 4; ++tries) {
    const size_t close = LastFind(text, "**", before - 2);
    if (close == std::string_view::npos || close < from + 2) break;
    const size_t open = LastFind(text, "**", close - 2);
    if (open == std::string_view::npos || open < from) break;
    size_t begin = open + 2;
    size_t end = close;
    Trim(text, &begin, &end);
    const std::string_view bold =
        begin < end ? text.substr(begin, end - begin) : std::string_view();
    if (!bold.empty() && bold.size() <= kBoldBytesMax && HasValue(bold) &&
        bold.find(':') == std::string_view::npos && !LooksLikeProse(bold)) {
      if (!best.found || begin > best.end ||
          (begin <= best.begin && end >= best.end)) {
        best = {true, begin, end, "bold"};
      }
      break;
    }
    before = open;
    if (before < 4) break;
  }
  return best;
}

Place FindNumber(std::string_view text, size_t from) {
  Place place;
  // Back to the last digit of any script.
  size_t end = text.size();
  size_t last = 0;
  bool found = false;
  for (size_t i = end; i-- > from;) {
    const size_t length = DigitAt(text, i);
    if (length == 0) continue;
    last = i;
    end = i + length;
    found = true;
    break;
  }
  if (!found) return place;
  size_t begin = last;
  while (begin > from) {
    size_t step = 0;
    for (size_t back = 1; back <= 3 && back <= begin - from; ++back) {
      if (DigitAt(text, begin - back) == back) step = back;
    }
    if (step > 0) {
      begin -= step;
      continue;
    }
    // A point, comma or slash between digits belongs to the number.
    const char c = text[begin - 1];
    if ((c == '.' || c == ',' || c == '/') && begin - 1 > from) {
      size_t before = 0;
      for (size_t back = 1; back <= 3 && back + 1 <= begin - from; ++back) {
        if (DigitAt(text, begin - 1 - back) == back) before = back;
      }
      if (before > 0) {
        begin -= 1 + before;
        continue;
      }
      if (c == '.') --begin;
    }
    break;
  }
  if (begin > from && text[begin - 1] == '-' &&
      (begin - 1 == from || IsSpace(text[begin - 2]) ||
       text[begin - 2] == '$' || text[begin - 2] == '(' ||
       text[begin - 2] == '=')) {
    --begin;
  }
  if (end < text.size() && text[end] == '%') ++end;
  return {true, begin, end, "last number"};
}

Place FindChoice(std::string_view text, size_t from) {
  Place bare;
  Place bracketed;
  for (size_t i = from; i < text.size(); ++i) {
    const char c = text[i];
    if (c < 'A' || c > 'J') continue;
    const char left = i > from ? text[i - 1] : ' ';
    const char right = i + 1 < text.size() ? text[i + 1] : ' ';
    if (IsLetter(left) || IsDigit(left) || left == '\\' || IsLetter(right) ||
        IsDigit(right) || right == '\'' || right == '^' || right == '_') {
      continue;
    }
    const bool brackets = left == '(' && right == ')';
    if (brackets) bracketed = {true, i, i + 1, "choice"};
    // "A dog", "I think": a word.
    if ((c == 'A' || c == 'I') && right == ' ' && i + 2 < text.size() &&
        text[i + 2] >= 'a' && text[i + 2] <= 'z') {
      continue;
    }
    // The first bare letter where the text begins with it; else the last.
    const bool first = i == from || (i == from + 1 && IsSpace(left));
    if (first && !brackets) return {true, i, i + 1, "choice"};
    bare = {true, i, i + 1, "choice"};
  }
  return bracketed.found ? bracketed : bare;
}

}  // namespace assay::math
