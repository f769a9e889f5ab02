#include "verifier/math/prose.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "verifier/math/clock.h"
#include "verifier/math/words.h"

namespace assay::math {
namespace {

// A value after one of these is no plain claim.
constexpr std::string_view kDoubts[] = {
    "not",       "no",        "never",    "neither",    "nor",
    "cannot",    "isn",       "aren",     "doesn",      "unless",
    "if",        "except",    "wrong",    "false",      "incorrect",
    "maybe",     "perhaps",   "possibly", "probably",   "about",
    "around",    "roughly",   "nearly",   "almost",     "approximately",
    "estimated", "less",      "more",     "fewer",      "least",
    "most",      "between",   "than",     "either",     "or",
    "guess",     "think",     "might",    "may",        "could",
    "without",   "instead",   "unlike",   "impossible", "unknown",
    "when",      "where",     "mod",      "modulo",     "divided",
    "times",     "plus",      "minus",    "multiplied", "increased",
    "decreased", "otherwise", "each",     "first",      "second"};

bool IsLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

std::string Lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return result;
}

void TrimSpaces(std::string_view* text) {
  while (!text->empty() && (text->front() == ' ' || text->front() == ':')) {
    text->remove_prefix(1);
  }
  while (!text->empty() && (text->back() == ' ' || text->back() == '.')) {
    text->remove_suffix(1);
  }
}

// The words of plain letters; false where the text holds anything else but
// formulas of one letter and punctuation.
bool PlainWords(std::string_view text, std::vector<std::string>* words) {
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (IsLetter(c)) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (c != ' ' && c != ',' && c != '\'' && c != '$' && c != '-') return false;
    if (!word.empty()) words->push_back(std::move(word));
    word.clear();
  }
  return true;
}

bool Doubts(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    if (std::find(std::begin(kDoubts), std::end(kDoubts), word) !=
        std::end(kDoubts)) {
      return true;
    }
  }
  return false;
}

struct Comparison {
  std::string_view words;
  std::string_view sign;
};
// The longer before the shorter.
constexpr Comparison kComparisons[] = {
    {"greater than or equal to ", "\\ge "},
    {"less than or equal to ", "\\le "},
    {"more than or equal to ", "\\ge "},
    {"strictly greater than ", "> "},
    {"strictly less than ", "< "},
    {"greater than ", "> "},
    {"less than ", "< "},
    {"more than ", "> "},
    {"at least ", "\\ge "},
    {"at most ", "\\le "},
    {"not equal to ", "\\ne "},
    {"equal to ", "= "},
};

// "x is at least 3": the relation; empty where the words are no comparison.
std::string Compared(std::string_view subject, std::string_view value) {
  const std::string lower = Lower(value);
  for (const Comparison& c : kComparisons) {
    if (lower.compare(0, c.words.size(), c.words) != 0) continue;
    const std::string_view rest = value.substr(c.words.size());
    std::vector<std::string> words;
    if (PlainWords(rest, &words) && words.size() > 1) return "";
    if (subject.empty()) return c.sign == "= " ? std::string(rest) : "";
    return std::string(subject) + " " + std::string(c.sign) + std::string(rest);
  }
  return "";
}

// "option (B)", "the correct answer is choice B".
std::string OptionLetter(std::string_view text) {
  constexpr std::string_view kNames[] = {"option ", "choice ", "statement ",
                                         "alternative ", "answer choice "};
  std::string lower = Lower(text);
  for (std::string_view article : {"the correct ", "the ", "correct "}) {
    if (lower.compare(0, article.size(), article) == 0) {
      text.remove_prefix(article.size());
      lower = Lower(text);
    }
  }
  for (std::string_view name : kNames) {
    if (lower.compare(0, name.size(), name) != 0) continue;
    std::string_view rest = text.substr(name.size());
    TrimSpaces(&rest);
    if (rest.size() == 3 && rest[0] == '(' && rest[2] == ')') {
      rest = rest.substr(1, 1);
    }
    if (rest.size() == 1 && rest[0] >= 'A' && rest[0] <= 'J') {
      return std::string(rest);
    }
  }
  return "";
}

// "3 is the answer".
std::string BeforeClaim(std::string_view text) {
  constexpr std::string_view kEnds[] = {
      " is the answer", " is the final answer", " is the correct answer",
      " is our answer", " is correct",          " is the solution"};
  for (std::string_view end : kEnds) {
    if (text.size() <= end.size() ||
        text.compare(text.size() - end.size(), end.size(), end) != 0) {
      continue;
    }
    std::string_view value = text.substr(0, text.size() - end.size());
    for (char c : value) {
      if (c == ' ') return "";
    }
    return std::string(value);
  }
  return "";
}

// "all real numbers except 1 and 2": the difference of sets.
std::string AllBut(std::string_view text) {
  std::string plain(text);
  // \text{...} stands for its words.
  constexpr std::string_view kText = "\\text{";
  const size_t wrapper = plain.find(kText);
  const size_t close = plain.find('}', wrapper);
  if (wrapper != std::string::npos && close != std::string::npos) {
    std::string_view before = std::string_view(plain).substr(0, wrapper);
    TrimSpaces(&before);
    if (!before.empty() && before != "\\displaystyle") return "";
    plain.erase(close, 1);
    plain.erase(0, wrapper + kText.size());
  }
  const std::string lower = Lower(plain);
  for (std::string_view start :
       {"all real numbers ", "all reals ", "all real x ", "all real values ",
        "all real numbers x "}) {
    if (lower.compare(0, start.size(), start) != 0) continue;
    for (std::string_view but :
         {"except ", "except for ", "other than ", "but ", "excluding "}) {
      if (lower.compare(start.size(), but.size(), but) != 0) continue;
      std::string_view rest =
          std::string_view(plain).substr(start.size() + but.size());
      if (rest.substr(0, 4) == "for ") rest.remove_prefix(4);
      if (rest.substr(0, 4) == "x = ") rest.remove_prefix(4);
      if (rest.substr(0, 2) == "x=") rest.remove_prefix(2);
      TrimSpaces(&rest);
      if (rest.find_first_of("0123456789\\") == rest.npos) return "";
      return "\\mathbb{R}\\setminus\\{" + std::string(rest) + "\\}";
    }
  }
  return "";
}

}  // namespace

std::string ValueOfProse(std::string_view text) {
  if (text.size() > kProseBytesMax) return "";
  TrimSpaces(&text);
  if (std::string set = AllBut(text); !set.empty()) return set;
  if (std::string option = OptionLetter(text); !option.empty()) return option;
  if (std::string value = BeforeClaim(text); !value.empty()) return value;
  constexpr std::string_view kLinks[] = {
      " is ",      " are ",      " equals ",  " equal ", " evaluates to ",
      " will be ", " would be ", " becomes ", " was "};
  const std::string lower = Lower(text);
  // "x less than 3": the comparison is the link.
  for (const Comparison& c : kComparisons) {
    if (text.size() > 2 && IsLetter(text[0]) && text[1] == ' ' &&
        lower.compare(2, c.words.size(), c.words) == 0) {
      return Compared(text.substr(0, 1), text.substr(2));
    }
  }
  size_t at = std::string::npos;
  size_t length = 0;
  for (std::string_view link : kLinks) {
    const size_t hit = lower.find(link);
    if (hit < at) at = hit, length = link.size();
  }
  if (at == std::string::npos) return "";
  std::string_view subject = text.substr(0, at);
  std::string_view value = text.substr(at + length);
  TrimSpaces(&subject);
  TrimSpaces(&value);
  std::vector<std::string> words, value_words;
  if (value.empty() || !PlainWords(subject, &words) || Doubts(words)) return "";
  std::string symbol;
  if (words.size() == 1 && words[0].size() == 1 && words[0] != "i" &&
      words[0] != "a") {
    for (char c : subject) {
      if (IsLetter(c)) symbol = c;
    }
  }
  if (std::string relation = Compared(symbol, value); !relation.empty()) {
    return relation;
  }
  for (std::string_view filler :
       {"exactly ", "simply ", "just ", "therefore ", "thus ", "precisely "}) {
    if (Lower(value.substr(0, filler.size())) == filler) {
      value.remove_prefix(filler.size());
    }
  }
  // A second sentence or clause would be lost; a word is no number.
  PlainWords(value, &value_words);
  if (Doubts(value_words) || value.find(". ") != std::string_view::npos) {
    return "";
  }
  return symbol.empty() ? std::string(value)
                        : symbol + " = " + std::string(value);
}

namespace {

// The words before the link that say what the value is of.
std::set<std::string> SubjectWords(std::string_view text) {
  constexpr std::string_view kEmpty[] = {
      "the",   "a",    "an",    "answer", "value", "result", "final",  "so",
      "thus",  "then", "hence", "it",     "which", "this",   "that",   "there",
      "total", "of",   "for",   "in",     "is",    "our",    "number", "we"};
  const std::string words = NormalizedWords(text);
  size_t end = words.size();
  for (std::string_view link :
       {" is ", " are ", " equals ", " equal ", " evaluates to ", " will be ",
        " would be ", " becomes ", " was "}) {
    end = std::min(end, words.find(link));
  }
  if (end >= words.size()) return {};
  std::set<std::string> subject;
  for (size_t begin = 0; begin < end;) {
    const size_t stop = std::min(words.find(' ', begin), end);
    std::string word = words.substr(begin, stop - begin);
    const bool empty = std::find(std::begin(kEmpty), std::end(kEmpty), word) !=
                       std::end(kEmpty);
    if (!empty) subject.insert(std::move(word));
    begin = stop + 1;
  }
  return subject;
}

}  // namespace

bool SpeakOfOthers(std::string_view a, std::string_view b) {
  // Most texts are formulas.
  auto has_link = [](std::string_view text) {
    for (std::string_view link :
         {" is ", " are ", " equal", " evaluates to ", " will be ",
          " would be ", " becomes ", " was "}) {
      if (text.find(link) != text.npos) return true;
    }
    return false;
  };
  if (a.find(' ') == a.npos || b.find(' ') == b.npos || !has_link(a) ||
      !has_link(b)) {
    return false;
  }
  const std::set<std::string> x = SubjectWords(a), y = SubjectWords(b);
  return !std::includes(x.begin(), x.end(), y.begin(), y.end()) &&
         !std::includes(y.begin(), y.end(), x.begin(), x.end());
}

std::string SaidOfSubject(std::string_view words) {
  size_t at = std::string_view::npos;
  for (std::string_view link : {" is ", " are "}) {
    const size_t hit = words.rfind(link);
    if (hit == std::string_view::npos) continue;
    const size_t after = hit + link.size();
    if (at == std::string_view::npos || after > at) at = after;
  }
  if (at == std::string_view::npos) return "";
  std::vector<std::string> before;
  std::string word;
  for (char c : words.substr(0, at)) {
    if (c != ' ') {
      word += c;
      continue;
    }
    before.push_back(std::move(word));
    word.clear();
  }
  return Doubts(before) ? "" : std::string(words.substr(at));
}

namespace {

struct Phrase {
  std::string_view words;
  std::string_view canonical;
};

constexpr std::string_view kNone = "no solution";
constexpr Phrase kPhrases[] = {
    {"dne", "does not exist"},
    {"d n e", "does not exist"},
    {"doesnt exist", "does not exist"},
    {"do not exist", "does not exist"},
    {"nonexistent", "does not exist"},
    {"non existent", "does not exist"},
    {"limit does not exist", "does not exist"},
    {"it does not exist", "does not exist"},
    {"divergent", "diverges"},
    {"series diverges", "diverges"},
    {"it diverges", "diverges"},
    {"is divergent", "diverges"},
    {"convergent", "converges"},
    {"series converges", "converges"},
    {"it converges", "converges"},
    {"is convergent", "converges"},
    {"infinite", "infinitely many"},
    {"infinitely many solutions", "infinitely many"},
    {"infinite solutions", "infinitely many"},
    {"infinite number", "infinitely many"},
    {"infinite number of solutions", "infinitely many"},
    {"infinite many solutions", "infinitely many"},
    {"there are infinitely many", "infinitely many"},
    {"there are infinitely many solutions", "infinitely many"},
    {"always true", "always"},
    {"yes it is", "yes"},
    {"no it is not", "no"},
    {"no it isnt", "no"},
    {"quadrant i", "first quadrant"},
    {"quadrant ii", "second quadrant"},
    {"quadrant iii", "third quadrant"},
    {"quadrant iv", "fourth quadrant"},
    {"quadrant 1", "first quadrant"},
    {"quadrant 2", "second quadrant"},
    {"quadrant 3", "third quadrant"},
    {"quadrant 4", "fourth quadrant"},
    {"不存在", "does not exist"},
    {"无解", "no solution"},
    {"无实数解", "no solution"},
    {"方程无解", "no solution"},
    {"cannot be determined", "not enough information"},
    {"can not be determined", "not enough information"},
    {"cant be determined", "not enough information"},
    {"it cannot be determined", "not enough information"},
    {"impossible to determine", "not enough information"},
    {"insufficient information", "not enough information"},
};

void DropPrefix(std::string* words, std::string_view prefix) {
  if (words->compare(0, prefix.size(), prefix) == 0) {
    words->erase(0, prefix.size());
  }
}

// "there are no real solutions", "no such x exists".
bool SaysNone(std::string words) {
  for (std::string_view prefix :
       {"there is ", "there are ", "there exist ", "there exists ", "it has ",
        "equation has ", "system has ", "inequality has ", "has ",
        "equations have "}) {
    DropPrefix(&words, prefix);
  }
  if (words == "none" || words == "empty set" || words == "null set" ||
      words == "empty" || words == "inconsistent") {
    return true;
  }
  if (words.compare(0, 3, "no ") != 0) return false;
  words.erase(0, 3);
  for (std::string_view kind : {"such ", "real ", "integer ", "valid ",
                                "positive ", "possible ", "rational "}) {
    DropPrefix(&words, kind);
  }
  for (std::string_view thing :
       {"solution", "solutions", "root", "roots", "value", "values", "number",
        "numbers", "integer", "integers", "x", "n", "pair", "pairs", "triple",
        "triples", "function", "functions"}) {
    for (std::string_view end : {"", " exists", " exist"}) {
      if (words.size() == thing.size() + end.size() &&
          words.compare(0, thing.size(), thing) == 0 &&
          words.compare(thing.size(), end.size(), end) == 0) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::string BoundInWords(std::string_view words) {
  struct Row {
    std::string_view words, canonical;
  };
  constexpr Row kBefore[] = {
      {"no less than ", "at least "},  {"not less than ", "at least "},
      {"no fewer than ", "at least "}, {"no more than ", "at most "},
      {"not more than ", "at most "},  {"greater than ", "more than "},
      {"fewer than ", "less than "}};
  constexpr Row kAfter[] = {
      {" or more", "at least "},   {" or greater", "at least "},
      {" or above", "at least "},  {" and above", "at least "},
      {" or less", "at most "},    {" or fewer", "at most "},
      {" or below", "at most "},   {" and below", "at most "},
      {" or higher", "at least "}, {" or lower", "at most "}};
  const auto starts_with_digit = [](std::string_view rest) {
    return !rest.empty() && rest[0] >= '0' && rest[0] <= '9';
  };
  for (const Row& row : kBefore) {
    if (!words.starts_with(row.words)) continue;
    const std::string_view rest = words.substr(row.words.size());
    if (starts_with_digit(rest)) {
      return std::string(row.canonical) + std::string(rest);
    }
  }
  for (const Row& row : kAfter) {
    const size_t at = words.find(row.words);
    if (at == words.npos || !starts_with_digit(words)) continue;
    const std::string_view rest = words.substr(at + row.words.size());
    if (!rest.empty() && rest[0] != ' ') continue;
    // "5 or more dollars" as "5 dollars or more".
    return std::string(row.canonical) + std::string(words.substr(0, at)) +
           std::string(rest);
  }
  return "";
}

bool LackOtherThings(std::string_view a, std::string_view b) {
  const auto kinds = [](std::string_view text) {
    constexpr std::string_view kKinds[] = {"integer",  "rational", "positive",
                                           "negative", "natural",  "prime",
                                           "complex",  "real"};
    std::set<std::string_view> said;
    const std::string words = " " + NormalizedWords(text);
    if (words.find(" no ") == words.npos) return said;
    for (std::string_view kind : kKinds) {
      if (words.find(" " + std::string(kind)) != words.npos) said.insert(kind);
    }
    return said;
  };
  if (a.find("o ") == a.npos || b.find("o ") == b.npos) return false;
  const std::set<std::string_view> x = kinds(a), y = kinds(b);
  return !x.empty() && !y.empty() && x != y;
}

std::string CanonicalPhrase(std::string words) {
  for (const Phrase& phrase : kPhrases) {
    if (words == phrase.words) return std::string(phrase.canonical);
  }
  if (SaysNone(words)) return std::string(kNone);
  if (std::string bound = BoundInWords(words); !bound.empty()) return bound;
  if (std::string date = DateInWords(words); !date.empty()) return date;
  constexpr std::string_view kEnglish = " condition";
  if (words.ends_with(kEnglish) && (words.find("sufficient") != words.npos ||
                                    words.find("necessary") != words.npos)) {
    words.resize(words.size() - kEnglish.size());
  }
  // 充分不必要条件 and 充分不必要.
  constexpr std::string_view kCondition = "条件";
  const bool condition =
      words.ends_with(kCondition) &&
      (words.find("充") != words.npos || words.find("必要") != words.npos);
  if (condition) words.resize(words.size() - kCondition.size());
  return words;
}

}  // namespace assay::math
