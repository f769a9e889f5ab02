#include "verifier/math/extract.h"

#include <utility>

#include "verifier/math/extract_rules.h"
#include "verifier/math/parse.h"

namespace assay::math {
namespace {

// A bare text with more words than this and a formula is a whole answer.
constexpr size_t kEssayWords = 8;
// A text without marks up to this length that is no prose is an answer.
constexpr size_t kWholeTextBytesMax = 400;

size_t CountWords(std::string_view text, size_t enough) {
  size_t words = 0;
  size_t letters = 0;
  bool command = false;
  for (char c : text) {
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'z') {
      ++letters;
      continue;
    }
    if (letters >= 2 && !command && ++words >= enough) return words;
    letters = 0;
    command = c == '\\';
  }
  return words + (letters >= 2 && !command ? 1 : 0);
}

bool Contains(std::string_view text, std::string_view s, size_t from = 0) {
  return text.find(s, from) != std::string_view::npos;
}

// The marks around a model's thoughts. Those of one row belong together.
struct Thoughts {
  std::string_view open;
  std::string_view close;
};
constexpr Thoughts kThoughts[] = {
    {"<think>", "</think>"},
    {"<thinking>", "</thinking>"},
    {"<reasoning>", "</reasoning>"},
    {"<thought>", "</thought>"},
    {"<scratchpad>", "</scratchpad>"},
    {"<|begin_of_thought|>", "<|end_of_thought|>"},
    {"<|channel|>analysis", "<|channel|>final<|message|>"},
    {"[THINK]", "[/THINK]"},
    {"\xE2\x97\x81think\xE2\x96\xB7", "\xE2\x97\x81/think\xE2\x96\xB7"},
};

// Where the answer may begin: after the last thought; where thinking never
// ended, its beginning.
size_t RegionBegin(std::string_view text, bool* unterminated) {
  *unterminated = false;
  size_t begin = 0;
  auto look = [&](char first) {
    for (size_t at = text.find(first); at != std::string_view::npos;
         at = text.find(first, at + 1)) {
      for (const Thoughts& t : kThoughts) {
        if (t.open[0] != first) continue;
        if (text.compare(at, t.close.size(), t.close) == 0) {
          begin = at + t.close.size();
          *unterminated = false;
        } else if (text.compare(at, t.open.size(), t.open) == 0) {
          *unterminated = true;
          if (begin == 0) begin = at;
        } else {
          continue;
        }
        break;
      }
    }
  };
  look('<');
  if (begin == 0 && Contains(text, "THINK]")) look('[');
  if (begin == 0 && Contains(text, "think\xE2\x96\xB7")) look('\xE2');
  return begin;
}

Place WholeText(std::string_view text, size_t from, const char* mark) {
  Place place;
  place.begin = from;
  place.end = text.size();
  Trim(text, &place.begin, &place.end);
  for (std::string_view so : {"So, ", "Thus, ", "Hence, ", "Therefore, "}) {
    if (text.compare(place.begin, so.size(), so) == 0) place.begin += so.size();
  }
  place.found = place.begin < place.end;
  place.mark = mark;
  return place;
}

// "42 square feet": a number and up to three words.
bool CountsThings(std::string_view text) {
  const size_t first = text.find_first_not_of(" \n");
  if (first == std::string_view::npos) return false;
  size_t i = first + (text[first] == '-' || text[first] == '$' ? 1 : 0);
  const size_t digits = i;
  while (i < text.size() && (DigitAt(text, i) != 0 || text[i] == '.' ||
                             text[i] == ',' || text[i] == '/')) {
    ++i;
  }
  if (i == digits) return false;
  constexpr size_t kUnitWords = 3;
  return text.find_first_of(".,:;!?$\n", i) == std::string_view::npos &&
         CountWords(text, kUnitWords + 1) <= kUnitWords;
}

// Two letters side by side outside of commands.
bool HasLetterPair(std::string_view text) { return CountWords(text, 1) > 0; }

Place FindPlace(std::string_view text, const ExtractOptions& options) {
  bool unterminated = false;
  const size_t from = RegionBegin(text, &unterminated);
  Place place = FindBox(text, from);
  if (place.found || unterminated) return place;
  place = FindTag(text, from);
  if (place.found) return place;
  place = FindHashes(text, from);
  if (place.found) return place;
  Place denied;
  place = FindPhrase(text, from, options.choice, &denied);
  if (place.found) return place;
  if (options.choice) {
    place = FindChoice(text, from);
    if (place.found) return place;
  } else if (place = FindOption(text, from); place.found) {
    return place;
  }
  // Who left the box empty, or denied it, gave no answer beside it.
  if (HasVoidBox(text, from)) return Place();
  const std::string_view rest = text.substr(from);
  if (options.bare) {
    const bool essay =
        CountWords(rest, kEssayWords) >= kEssayWords &&
        (Contains(rest, "$") || Contains(rest, "\\(") || Contains(rest, "\\["));
    if (!essay) return WholeText(text, from, "whole text");
  }
  if (rest.size() <= kWholeTextBytesMax && !Contains(rest, "\\boxed") &&
      !(Contains(rest, "**") && HasLetterPair(rest)) &&
      (!LooksLikeProse(rest) || CountsThings(rest))) {
    place = WholeText(text, from, "whole text");
    if (place.found) return place;
  }
  place = FindFormula(text, from);
  const Place number = FindNumber(text, from);
  // "Thus $d$ is 5."
  if (number.found && number.begin >= place.end) place = number;
  // "The answer isn't 17.": the number was denied.
  if (place.begin >= denied.begin && place.begin < denied.end) return Place();
  if (place.found || !options.bare) return place;
  return WholeText(text, from, "whole text");
}

// Behind the brace that closes the words before it: \text{The answer is } 12.
size_t AfterClose(std::string_view text, size_t begin, size_t end) {
  if (begin >= end || text[begin] != '}') return begin;
  size_t first = begin + 1, last = end;
  Trim(text, &first, &last);
  return first < last ? first : begin;
}

// Without the brace at the end that none here opens: \text{The answer is 12}.
size_t BeforeClose(std::string_view text, size_t begin, size_t end) {
  if (begin >= end || text[end - 1] != '}') return end;
  int depth = 0;
  for (size_t i = begin; i < end; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '{') {
      ++depth;
    } else if (text[i] == '}' && --depth < 0) {
      return i + 1 == end && i > begin ? i : end;
    }
  }
  return end;
}

// Behind \displaystyle, which says how the answer looks.
size_t AfterStyle(std::string_view text, size_t begin, size_t end) {
  constexpr std::string_view kStyle = "\\displaystyle";
  const size_t after = begin + kStyle.size();
  if (text.substr(begin, kStyle.size()) != kStyle || after >= end ||
      IsLetter(text[after])) {
    return begin;
  }
  size_t first = after, last = end;
  Trim(text, &first, &last);
  return first < last ? first : begin;
}

}  // namespace

Extraction Extract(std::string_view text, const ExtractOptions& options) {
  Extraction x;
  Place place = FindPlace(text, options);
  if (!place.found || place.end - place.begin > kTextBytesMax ||
      place.joined.size() > kTextBytesMax) {
    return x;
  }
  if (place.joined.empty()) {
    // Words before it may have opened what is closed here.
    if (Contains(text.substr(0, place.begin), "\\text{")) {
      place.begin = AfterClose(text, place.begin, place.end);
      place.end = BeforeClose(text, place.begin, place.end);
    }
    place.begin = AfterStyle(text, place.begin, place.end);
    place.end = BeforeRemark(text, place.begin, place.end);
  }
  x.found = true;
  x.mark = place.mark;
  x.begin_bytes = place.begin;
  x.end_bytes = place.end;
  x.text = place.joined.empty()
               ? std::string(text.substr(place.begin, place.end - place.begin))
               : std::move(place.joined);
  return x;
}

}  // namespace assay::math
