#include <string.h>  // memrchr

#include <algorithm>
#include <vector>

#include "verifier/math/extract_rules.h"

namespace assay::math {
namespace {

// Boxes looked at from the end, bytes read of one, and of all.
constexpr size_t kBoxesMax = 64;
constexpr size_t kBoxBytesMax = 1 << 16;
// How far boxes of one sentence may stand apart.
constexpr size_t kBetweenBytesMax = 120;
constexpr size_t kCutOffBytesMax = 100;

struct Box {
  size_t at = 0;     // Of the backslash.
  size_t begin = 0;  // Of the content.
  size_t end = 0;
  size_t after = 0;  // After the closing brace.
  bool balanced = false;
};

bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// The last \boxed, \fbox or \framebox before `before`; npos for none.
size_t LastCommand(std::string_view text, size_t from, size_t before,
                   size_t* length) {
  constexpr std::string_view kNames[] = {"\\boxed", "\\fbox", "\\framebox"};
  while (before > from) {
    // The byte search of the C library is many times faster than a loop.
    const void* hit = memrchr(text.data() + from, '\\', before - from);
    if (hit == nullptr) break;
    const size_t at = static_cast<const char*>(hit) - text.data();
    const char first = at + 1 < text.size() ? text[at + 1] : '\0';
    for (std::string_view name : kNames) {
      if (first == name[1] && text.compare(at, name.size(), name) == 0) {
        *length = name.size();
        return at;
      }
    }
    before = at;
  }
  return std::string_view::npos;
}

Box ReadBox(std::string_view text, size_t at, size_t length) {
  Box box;
  box.at = at;
  size_t i = at + length;
  while (i < text.size() && IsSpace(text[i])) ++i;
  if (i >= text.size()) return box;
  if (text[i] != '{') {
    // \boxed 5, \boxed5: up to white space or the formula's end.
    box.begin = i;
    while (i < text.size() && !IsSpace(text[i]) && text[i] != '$' &&
           text[i] != '}' && i - box.begin < kCutOffBytesMax) {
      if (text[i] == '\\' && i > box.begin) break;
      ++i;
    }
    while (i > box.begin && (text[i - 1] == '.' || text[i - 1] == ',')) --i;
    box.end = box.after = i;
    // A word after \boxed is prose about it.
    const char first = text[box.begin];
    const bool digit = (first >= '0' && first <= '9') || first == '-';
    box.balanced = i > box.begin && (digit || i - box.begin == 1) &&
                   (digit || first != '`');
    return box;
  }
  box.begin = i + 1;
  int depth = 0;
  const size_t limit = std::min(text.size(), i + kBoxBytesMax);
  for (; i < limit; ++i) {
    const char c = text[i];
    if (c == '\\') {
      ++i;
      continue;
    }
    if (c == '{') ++depth;
    if (c == '}' && --depth == 0) {
      box.end = i;
      box.after = i + 1;
      box.balanced = true;
      return box;
    }
  }
  box.end = box.after = std::min(limit, text.size());
  return box;
}

bool Blank(std::string_view text, const Box& box) {
  for (size_t i = box.begin; i < box.end; ++i) {
    if (!IsSpace(text[i]) && text[i] != '~') return false;
  }
  return true;
}

// Whether what stands between two boxes leaves them one answer.
bool SameSentence(std::string_view between) {
  if (between.size() > kBetweenBytesMax) return false;
  for (size_t i = 0; i < between.size(); ++i) {
    const char c = between[i];
    if (c == '=' || c == '?' || c == '!') return false;
    if (c == '\n' && i + 1 < between.size() && between[i + 1] == '\n') {
      return false;
    }
    if (c == '.' && (i + 1 == between.size() || IsSpace(between[i + 1]) ||
                     between[i + 1] == '$')) {
      return false;
    }
  }
  for (std::string_view word :
       {"\xE3\x80\x82", "but ", "wait", "Wait", "actually", "instead", "not ",
        "check", "so ", "thus", "hence", "therefore", "simplif", "equals",
        "which is", "that is", "i.e."}) {
    if (between.find(word) != std::string_view::npos) return false;
  }
  return true;
}

std::string_view Content(std::string_view text, const Box& box) {
  size_t begin = box.begin;
  size_t end = box.end;
  Trim(text, &begin, &end);
  return text.substr(begin, end - begin);
}

// "The answer is not \\boxed{2}": a denial right before the box.
bool Denied(std::string_view text, size_t from, size_t at) {
  constexpr size_t kBackMax = 48;
  size_t begin = at > from + kBackMax ? at - kBackMax : from;
  // Words that may stand between "not" and the box.
  size_t end = at;
  for (int words = 0; words < 6; ++words) {
    while (end > begin && (IsSpace(text[end - 1]) || text[end - 1] == '$' ||
                           text[end - 1] == '(' || text[end - 1] == '[' ||
                           text[end - 1] == '\\' || text[end - 1] == '*' ||
                           text[end - 1] == ':')) {
      --end;
    }
    size_t start = end;
    while (start > begin && !IsSpace(text[start - 1])) --start;
    const std::string_view word = text.substr(start, end - start);
    for (std::string_view no :
         {"not", "Not", "NOT", "isn't", "isn\xE2\x80\x99t", "wasn't", "never",
          "aren't", "cannot"}) {
      if (word == no) return true;
    }
    bool filler = false;
    for (std::string_view f : {"equal", "to", "be", "the", "simply", "just",
                               "answer", "is", "a", "really", "actually"}) {
      filler = filler || word == f;
    }
    if (!filler) return false;
    end = start;
  }
  return false;
}

Place OnePlace(std::string_view text, const Box& box, const char* mark) {
  Place place;
  place.begin = box.begin;
  place.end = box.end;
  Trim(text, &place.begin, &place.end);
  place.found = place.begin < place.end;
  place.mark = mark;
  return place;
}

}  // namespace

bool HasVoidBox(std::string_view text, size_t from) {
  size_t length = 0;
  const size_t at = LastCommand(text, from, text.size(), &length);
  if (at == std::string_view::npos) return false;
  const Box box = ReadBox(text, at, length);
  return box.balanced && text[box.begin - 1] == '{' &&
         (Blank(text, box) || Denied(text, from, at));
}

Place FindBox(std::string_view text, size_t from) {
  std::vector<Box> boxes;  // From the last on; of nested ones the outermost.
  Box cut_off;
  size_t before = text.size();
  for (size_t tries = 0; tries < kBoxesMax; ++tries) {
    size_t length = 0;
    const size_t at = LastCommand(text, from, before, &length);
    if (at == std::string_view::npos) break;
    before = at;
    const Box box = ReadBox(text, at, length);
    if (!box.balanced) {
      if (tries == 0) cut_off = box;
      continue;
    }
    while (!boxes.empty() && boxes.back().after <= box.after) {
      boxes.pop_back();  // Inside this one.
    }
    if (Blank(text, box) || Denied(text, from, at)) continue;
    if (!boxes.empty() &&
        !SameSentence(text.substr(box.after, boxes.back().at - box.after))) {
      break;
    }
    boxes.push_back(box);
  }
  if (boxes.empty()) {
    Place place;
    const bool sane =
        cut_off.end > cut_off.begin &&
        cut_off.end - cut_off.begin <= kCutOffBytesMax &&
        text.substr(cut_off.begin, cut_off.end - cut_off.begin).find('\n') ==
            std::string_view::npos;
    if (sane) place = OnePlace(text, cut_off, "boxed, cut off");
    return place;
  }
  std::reverse(boxes.begin(), boxes.end());
  Place place = OnePlace(text, boxes.front(), "boxed");
  if (boxes.size() == 1) return place;
  std::vector<std::string_view> parts;
  for (const Box& box : boxes) {
    const std::string_view part = Content(text, box);
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) {
      parts.push_back(part);
    }
  }
  if (parts.size() == 1) return place;
  for (std::string_view part : parts) {
    if (!place.joined.empty()) place.joined += ", ";
    place.joined += part;
  }
  return place;
}

}  // namespace assay::math
