#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "verifier/math/extract_rules.h"
#include "verifier/math/names.h"

namespace assay::math {
namespace {

constexpr size_t kAnswerBytesMax = 1000;
// Between the stem ("answer") and the link ("is") may stand a few words.
constexpr size_t kLinkBytesMax = 48;
// Phrases looked at from the end, so that the work is bounded.
constexpr size_t kPhrasesMax = 64;
// Words for "answer" whose surroundings are looked at for a denial.
constexpr size_t kStemsMax = 256;

// Words for "answer". The search goes from the end of the text, so that the
// last phrase wins.
constexpr std::string_view kStems[] = {
    "answer",
    "Answer",
    "ANSWER",  // English
    "respuesta",
    "Respuesta",
    "resposta",
    "Resposta",
    "risposta",
    "Risposta",
    "r\xC3\xA9ponse",
    "R\xC3\xA9ponse",
    "reponse",
    "Antwort",
    "antwoord",
    "Antwoord",
    "odpowied\xC5\xBA",
    "Odpowied\xC5\xBA",
    "Ergebnis",
    "C\xC3\xA2u tr\xE1\xBA\xA3 l\xE1\xBB\x9Di",
    "c\xC3\xA2u tr\xE1\xBA\xA3 l\xE1\xBB\x9Di",
    "jawaban",
    "Jawaban",
    "cevap",
    "Cevap",
    "yan\xC4\xB1t",
    "\xD0\xBE\xD1\x82\xD0\xB2\xD0\xB5\xD1\x82",  // Russian
    "\xD0\x9E\xD1\x82\xD0\xB2\xD0\xB5\xD1\x82",
    "\xD0\xB2\xD1\x96\xD0\xB4\xD0\xBF\xD0\xBE\xD0\xB2\xD1\x96\xD0\xB4\xD1\x8C",
    "\xE7\xAD\x94\xE6\xA1\x88",  // Chinese
    "\xE7\xAD\x94\xEF\xBC\x9A",
    "\xE7\xAD\x94:",
    "\xE5\x9B\x9E\xE7\xAD\x94",
    "\xE7\xAD\x94\xE3\x81\x88",                          // Japanese
    "\xEB\x8B\xB5",                                      // Korean
    "\xD8\xA7\xD9\x84\xD8\xAC\xD9\x88\xD8\xA7\xD8\xA8",  // Arabic
    "\xD8\xA7\xD9\x84\xD8\xA5\xD8\xAC\xD8\xA7\xD8\xA8\xD8\xA9",
    "\xD8\xA7\xD9\x84\xD8\xA7\xD8\xAC\xD8\xA7\xD8\xA8\xD8\xA9",
    "\xE0\xA4\x89\xE0\xA4\xA4\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA4\xB0",  // Hindi
    "\xE0\xA4\x9C\xE0\xA4\xB5\xE0\xA4\xBE\xE0\xA4\xAC",
    "\xC4\x91\xC3\xA1p \xC3\xA1n",
    "\xC4\x90\xC3\xA1p \xC3\xA1n",
    "\xC4\x91\xC3\xA1p s\xE1\xBB\x91",
    "\xC4\x90\xC3\xA1p s\xE1\xBB\x91",
    "\xE0\xB8\x84\xE0\xB8\xB3\xE0\xB8\x95\xE0\xB8\xAD\xE0\xB8\x9A",  // Thai
};

// What joins the word and the answer. Those of letters need a boundary.
constexpr std::string_view kLinks[] = {
    ":",
    "\xEF\xBC\x9A",
    "=",
    "\xE6\x98\xAF",
    "\xE4\xB8\xBA",
    "\xE7\x82\xBA",
    "\xE3\x81\xAF",
    "\xEC\x9D\x80",
    "\xEB\x8A\x94",
    "\xE2\x80\x94",
    "\xE0\xB8\x84\xE0\xB8\xB7\xE0\xB8\xAD",  // Thai
};
constexpr std::string_view kWordLinks[] = {
    "is",
    "are",
    "was",
    "be",
    "equals",
    "es",
    "son",
    "est",
    "sont",
    "ist",
    "lautet",
    "sind",
    "\xC3\xA9",
    "s\xC3\xA3o",
    "\xC3\xA8",
    "sono",
    "l\xC3\xA0",
    "jest",
    "to",
    "adalah",
    "ialah",
    "is:",
    "\xD1\x80\xD0\xB0\xD0\xB2\xD0\xB5\xD0\xBD",
    "\xD1\x8D\xD1\x82\xD0\xBE",
    "\xD9\x87\xD9\x88",
    "\xD9\x87\xD9\x8A",
    "\xE0\xA4\xB9\xE0\xA5\x88",
    "\xE0\xA4\xB9\xE0\xA5\x88:",
};

bool IsSpace(char c) { return c == ' ' || c == '\t'; }
bool At(std::string_view text, size_t at, std::string_view s) {
  return text.size() - at >= s.size() && text.compare(at, s.size(), s) == 0;
}

// Which stems begin with a pair of bytes.
class StemIndex {
 public:
  StemIndex() {
    for (size_t i = 0; i < std::size(kStems); ++i) {
      const size_t slot = Slot(kStems[i][0], kStems[i][1]);
      next_[i] = first_[slot];
      first_[slot] = static_cast<uint8_t>(i + 1);
      begins_[static_cast<uint8_t>(kStems[i][0])] = true;
    }
  }

  // Length of the stem that begins at `at`, 0 for none.
  size_t LengthAt(std::string_view text, size_t at) const {
    if (!begins_[static_cast<uint8_t>(text[at])] || at + 1 >= text.size()) {
      return 0;
    }
    for (uint8_t i = first_[Slot(text[at], text[at + 1])]; i != 0;
         i = next_[i - 1]) {
      if (At(text, at, kStems[i - 1])) return kStems[i - 1].size();
    }
    return 0;
  }

 private:
  static size_t Slot(char a, char b) {
    return (static_cast<uint8_t>(a) * 131u + static_cast<uint8_t>(b)) & 1023u;
  }

  std::array<bool, 256> begins_ = {};
  std::array<uint8_t, 1024> first_ = {};
  std::array<uint8_t, std::size(kStems)> next_ = {};
};

// The offset after the link; 0 where there is none, so that the word is part
// of a sentence. *heading: the answer stands on the next line.
size_t AfterLink(std::string_view text, size_t at, bool* heading) {
  *heading = false;
  const size_t limit =
      at + kLinkBytesMax < text.size() ? at + kLinkBytesMax : text.size();
  size_t i = at;
  while (i < text.size() && (IsLetter(text[i]) || text[i] == '\'')) ++i;
  bool first = true;
  while (i < limit) {
    const char c = text[i];
    if (c == '\n') {
      *heading = true;
      return i + 1;
    }
    if (IsSpace(c) || c == '*' || c == '(' || c == ')' || c == '_') {
      ++i;
      continue;
    }
    for (std::string_view s : kLinks) {
      if (At(text, i, s)) return i + s.size();
    }
    // The longest run without a space: a word.
    size_t end = i;
    while (end < limit && !IsSpace(text[end]) && text[end] != '\n' &&
           text[end] != ':' && text[end] != '*') {
      ++end;
    }
    const std::string_view word = text.substr(i, end - i);
    for (std::string_view s : kWordLinks) {
      if (word == s) return end;
    }
    if (first && (DigitAt(text, i) != 0 || c == '$' || c == '\\' || c == '-')) {
      return i;
    }
    if (c == '.' || c == ',' || c == '!' || c == '?' || c == ';') return 0;
    first = false;
    i = end;
  }
  return 0;
}

// The end of the sentence that begins at `begin`; formulas stay whole.
size_t SentenceEnd(std::string_view text, size_t begin) {
  const size_t limit = begin + kAnswerBytesMax < text.size()
                           ? begin + kAnswerBytesMax
                           : text.size();
  int braces = 0;
  bool dollar = false;
  for (size_t i = begin; i < limit; ++i) {
    const char c = text[i];
    if (c == '{') ++braces;
    if (c == '}') --braces;
    if (c == '$' && (i == 0 || text[i - 1] != '\\')) {
      dollar = !dollar;
      continue;
    }
    if (c == '\\' && i + 1 < limit) {
      if (text[i + 1] == '[' || text[i + 1] == '(') dollar = true;
      if (text[i + 1] == ']' || text[i + 1] == ')') dollar = false;
      ++i;
      continue;
    }
    if (dollar || braces > 0) continue;
    if (c == '\n') return i;
    if (At(text, i, "\xE3\x80\x82")) return i;
    if ((c == '.' || c == '!' || c == '?') &&
        (i + 1 == limit || text[i + 1] == ' ' || text[i + 1] == '\n' ||
         text[i + 1] == '*')) {
      return i;
    }
  }
  return limit;
}

// Cuts prose after a value: "4 because ...", "D, it does not ...".
size_t CutProse(std::string_view text, size_t begin, size_t end) {
  const std::string_view answer = text.substr(begin, end - begin);
  for (std::string_view word :
       {" because", " since ", " which ", ", which", ", so ", ", it ", ", as ",
        ", not ", " (not ", " (rather than ", ", rather than ", ", and the ",
        ", and that ", " (since", " (because", ", where ", " so that",
        ", meaning"}) {
    const size_t at = answer.find(word);
    if (at != std::string_view::npos && at > 0) end = begin + at;
    if (end - begin < answer.size()) break;
  }
  return end;
}

// A letter alone: "C Cecile", "(C) Cecile", "D".
bool ChoiceAt(std::string_view text, size_t begin, size_t end, size_t* letter) {
  size_t i = begin;
  while (i < end && (text[i] == '(' || text[i] == '*' || IsSpace(text[i]) ||
                     text[i] == '[' || text[i] == '$')) {
    ++i;
  }
  for (std::string_view s :
       {"\\text{", "\\textbf{", "\\mathrm{", "\\mathbf{"}) {
    if (At(text, i, s)) i += s.size();
  }
  if (i < end && text[i] == '(') ++i;
  if (i >= end || text[i] < 'A' || text[i] > 'J') return false;
  if (i + 1 < end && (IsLetter(text[i + 1]) || DigitAt(text, i + 1) != 0)) {
    return false;
  }
  *letter = i;
  return true;
}

bool HasValue(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (DigitAt(text, i) != 0 || text[i] == '\\' || text[i] == '$' ||
        text[i] == '^') {
      return true;
    }
  }
  return text.size() <= 2;
}

// "$5$ of them": the sentence goes on after the formula.
bool GoesOn(std::string_view answer) {
  if (answer.empty() || answer[0] != '$') return false;
  size_t begin = answer.find('$', 1);
  if (begin == std::string_view::npos) return false;
  ++begin;
  while (begin < answer.size() && IsSpace(answer[begin])) ++begin;
  size_t end = begin;
  while (end < answer.size() && IsLetter(answer[end])) ++end;
  return IsProseWord(answer.substr(begin, end - begin));
}

// Of a sentence with prose around the value: its first formula, else its
// number.
Place Narrow(std::string_view text, const Place& sentence) {
  const std::string_view head = text.substr(0, sentence.end);
  if (text[sentence.begin] == '$') {
    const size_t close = head.find('$', sentence.begin + 1);
    if (close != std::string_view::npos) {
      Place place = sentence;
      place.end = close + 1;
      Trim(text, &place.begin, &place.end);
      place.found = place.begin < place.end;
      return place;
    }
  }
  Place place = FindFormula(head, sentence.begin);
  const Place number = FindNumber(head, sentence.begin);
  if (number.found && number.begin >= place.end) place = number;
  place.mark = sentence.mark;
  return place;
}

// "17的倍数": words of scripts without spaces, which would be read as a unit.
bool IsOverturned(std::string_view text, const Place& sentence) {
  const auto wide = [](char c) {
    return static_cast<unsigned char>(c) >= 0xE3;
  };
  const std::string_view words =
      text.substr(sentence.begin, sentence.end - sentence.begin);
  if (std::none_of(words.begin(), words.end(), wide)) return false;
  const Place value = Narrow(text, sentence);
  std::string_view after =
      value.found ? text.substr(value.end, sentence.end - value.end)
                  : std::string_view();
  while (after.starts_with(' ')) after.remove_prefix(1);
  return !after.empty() && wide(after[0]) && QualifiesPrevious(after);
}

// The value in a sentence; the sentence where it says less than the value.
Place ValueIn(std::string_view text, const Place& sentence) {
  const Place place = Narrow(text, sentence);
  if (!place.found) return place;
  const bool qualified =
      QualifiesNext(
          text.substr(sentence.begin, place.begin - sentence.begin)) ||
      QualifiesPrevious(text.substr(place.end, sentence.end - place.end));
  return qualified ? sentence : place;
}

// The words after the stem that ends at `at`: up to the link's end or, where
// there is no link, up to a value.
std::string_view WordsAfterStem(std::string_view text, size_t at,
                                size_t after) {
  if (after != 0) return text.substr(at, after - at);
  const size_t end = SentenceEnd(text, at);
  for (size_t i = at; i < end && i < at + kLinkBytesMax; ++i) {
    if (DigitAt(text, i) != 0 || text[i] == '$' || text[i] == '\\') {
      return text.substr(at, i - at);
    }
  }
  return {};
}

// Whether the words after the stem deny the value, or bound it without a link.
bool DeniedAfterStem(std::string_view text, size_t at, size_t after) {
  const std::string_view words = WordsAfterStem(text, at, after);
  if (after == 0) return QualifiesNext(words);
  return words.find_first_of("0123456789") == words.npos && DeniesNext(words);
}

// Words between "is" and the answer that mean nothing.
size_t AfterAdverbs(std::string_view text, size_t begin) {
  constexpr std::string_view kAdverbs[] = {
      "therefore", "thus",     "then",     "simply",   "just",
      "hence",     "indeed",   "given by", "equal to", "exactly",
      "donc",      "ainsi",    "somit",    "daher",    "also",
      "entonces",  "portanto", "quindi",   "igual a"};
  bool more = true;
  for (int words = 0; more && words < 3; ++words) {
    more = false;
    for (std::string_view word : kAdverbs) {
      if (!At(text, begin, word)) continue;
      size_t next = begin + word.size();
      if (next < text.size() && text[next] == ',') ++next;
      if (next >= text.size() || text[next] != ' ') continue;
      begin = next + 1;
      more = true;
    }
  }
  return begin;
}

// What ends a sentence after the answer in Japanese, Korean and Hindi.
size_t BeforeEnding(std::string_view text, size_t begin, size_t end) {
  constexpr std::string_view kEndings[] = {
      "\xE3\x81\xA7\xE3\x81\x99",              // desu
      "\xE3\x81\xA7\xE3\x81\x82\xE3\x82\x8B",  // de aru
      "\xE3\x81\xAB\xE3\x81\xAA\xE3\x82\x8A\xE3\x81\xBE\xE3\x81\x99",
      "\xE3\x81\xA8\xE3\x81\xAA\xE3\x82\x8A\xE3\x81\xBE\xE3\x81\x99",
      "\xE3\x81\xA0",                          // da
      "\xEC\x9E\x85\xEB\x8B\x88\xEB\x8B\xA4",  // imnida
      "\xEC\x9D\xB4\xEB\x8B\xA4",              // ida
      "\xEC\x9D\xB4\xEC\x97\x90\xEC\x9A\x94",  // ieyo
      "\xE0\xA4\xB9\xE0\xA5\x88"};             // hai
  for (std::string_view ending : kEndings) {
    size_t last = end;
    while (last > begin && (IsSpace(text[last - 1]) || text[last - 1] == '.')) {
      --last;
    }
    if (last - begin > ending.size() &&
        text.compare(last - ending.size(), ending.size(), ending) == 0) {
      return last - ending.size();
    }
  }
  return end;
}

// "A: 42" on a line of its own: the length of such a stem.
size_t ShortStemAt(std::string_view text, size_t from, size_t at) {
  if ((text[at] | 0x20) != 'a' || (at > from && text[at - 1] != '\n')) return 0;
  for (std::string_view s : {"A:", "ans:", "Ans:", "ANS:", "Ans.:"}) {
    if (At(text, at, s)) return s.size() - 1;
  }
  return 0;
}

// {"answer": 42}: the value of a key that ends at `at`.
Place JsonValue(std::string_view text, size_t at) {
  Place place;
  if (!At(text, at, "\":")) return place;
  text = text.substr(0, at + kAnswerBytesMax);
  place.begin = text.find_first_not_of(" \n", at + 2);
  if (place.begin == text.npos) return place;
  const bool quoted = text[place.begin] == '"';
  const bool list = text[place.begin] == '[';
  if (quoted) ++place.begin;
  place.end = text.find_first_of(quoted ? "\"\n"
                                 : list ? "]\n"
                                        : ",}\n",
                                 place.begin);
  if (place.end == text.npos) return place;
  if (list && text[place.end] == ']') ++place.end;
  Trim(text, &place.begin, &place.end);
  place.found = place.begin < place.end;
  place.mark = "answer is";
  return place;
}

// The answer after the link at `at`.
Place AnswerAt(std::string_view text, size_t at, bool heading, bool choice) {
  Place place;
  size_t begin = at;
  while (begin < text.size() &&
         (IsSpace(text[begin]) || text[begin] == '\n' || text[begin] == '*' ||
          text[begin] == ':' || text[begin] == '\r')) {
    ++begin;
  }
  begin = AfterAdverbs(text, begin);
  if (begin >= text.size()) return place;
  size_t end = BeforeEnding(text, begin, SentenceEnd(text, begin));
  size_t letter = 0;
  if (choice && ChoiceAt(text, begin, end, &letter)) {
    return {true, letter, letter + 1, "answer is"};
  }
  end = CutProse(text, begin, end);
  Trim(text, &begin, &end);
  if (begin >= end) return place;
  if (!choice && ChoiceAt(text, begin, end, &letter) && letter == begin &&
      (end == letter + 1 || text[letter + 1] == ',' ||
       text[letter + 1] == ':')) {
    end = letter + 1;
  }
  return {true, begin, end, heading ? "answer heading" : "answer is"};
}

}  // namespace

Place FindPhrase(std::string_view text, size_t from, bool choice,
                 Place* denied) {
  static const StemIndex& stems = *new StemIndex;
  Place weak;
  size_t phrases = 0;
  size_t stems_seen = 0;
  const Place last = FindNumber(text, from);
  for (size_t at = text.size(); at-- > from && phrases < kPhrasesMax;) {
    size_t length = stems.LengthAt(text, at);
    if (length == 0) length = ShortStemAt(text, from, at);
    if (length == 0) continue;
    if (const Place value = JsonValue(text, at + length); value.found) {
      return value;
    }
    bool heading = false;
    const size_t after = AfterLink(text, at + length, &heading);
    const bool denies =
        ++stems_seen <= kStemsMax &&
        (DeniesClaim(text, from, at) ||
         (!heading && DeniedAfterStem(text, at + length, after)));
    if (denies && !denied->found) {
      const size_t end = SentenceEnd(text, at + length);
      *denied = {true, at, DenialEnd(text, at, end)};
    }
    if (after == 0 || denies) continue;
    ++phrases;
    const Place place = AnswerAt(text, after, heading, choice);
    if (!place.found) continue;
    const std::string_view answer =
        text.substr(place.begin, place.end - place.begin);
    if (choice) return place;
    // A condition that does not hold gives way to what is said after it.
    if (last.begin > place.end &&
        IsTakenBack(text, from, at, text.substr(at, place.begin - at),
                    place.end)) {
      continue;
    }
    if (HasValue(answer) && IsOverturned(text, place)) {
      if (!denied->found) *denied = {true, place.begin, place.end};
      continue;
    }
    if (HasValue(answer)) {
      if (!LooksLikeProse(answer) && !GoesOn(answer)) return place;
      const Place value = ValueIn(text, place);
      if (value.found) return value;
    }
    // Words may be the answer, where no better phrase stands before.
    if (!weak.found) weak = place;
  }
  return weak;
}

}  // namespace assay::math
