#include "verifier/math/label_words.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "verifier/math/words.h"

namespace assay::math {
namespace {

constexpr std::string_view kEmpty[] = {
    "the",    "an",       "answer", "value", "values", "result", "so",
    "thus",   "then",     "hence",  "it",    "which",  "this",   "that",
    "there",  "total",    "of",     "for",   "in",     "is",     "our",
    "number", "we",       "at",     "if",    "when",   "where",  "and",
    "on",     "to",       "by",     "iff",   "are",    "be",     "have",
    "get",    "solution", "with",   "all",   "from",   "answers"};
constexpr std::string_view kDenials[] = {
    "not",     "never", "no",      "except", "excluding", "without", "neither",
    "nor",     "minus", "but",     "cannot", "isnt",      "doesnt",  "other",
    "nowhere", "non",   "besides", "unless", "impossible"};
constexpr std::string_view kPrefixes[] = {"un", "dis", "non", "in", "im", "ir"};
struct Row {
  std::string_view one, other;
};
constexpr Row kOpposites[] = {
    {"max", "min"},           {"large", "small"},       {"great", "least"},
    {"mean", "median"},       {"even", "odd"},          {"left", "right"},
    {"area", "perimeter"},    {"sum", "product"},       {"increas", "decreas"},
    {"converge", "diverge"},  {"domain", "range"},      {"radius", "diameter"},
    {"stable", "unstable"},   {"prime", "composite"},   {"parallel", "perpend"},
    {"above", "below"},       {"initial", "final"},     {"profit", "loss"},
    {"winner", "loser"},      {"slope", "intercept"},   {"concave", "convex"},
    {"boys", "girls"},        {"rational", "irration"}, {"before", "after"},
    {"positive", "negative"}, {"up", "down"},           {"inner", "outer"},
    {"horizont", "vertical"}, {"old", "new"},           {"first", "last"},
    {"length", "width"},      {"buy", "sell"},          {"win", "lose"}};

struct Label {
  std::vector<std::string> words;  // What it says.
  std::string letters;
};

Label Read(std::string_view text) {
  Label label;
  std::istringstream words(NormalizedWords(text));
  for (std::string word; words >> word;) {
    if (word.size() == 1) {
      label.letters += word;
    } else if (!IsOneOf(word, kEmpty)) {
      label.words.push_back(std::move(word));
    }
  }
  return label;
}

// "max" and "maximum", "apple" and "apples".
bool Alike(std::string_view a, std::string_view b) {
  constexpr size_t kStemMin = 3;
  if (a == b) return true;
  if (a.size() > b.size()) std::swap(a, b);
  return a.size() >= kStemMin && b.starts_with(a);
}

bool Holds(const Label& label, std::string_view word) {
  return std::any_of(label.words.begin(), label.words.end(),
                     [&](const std::string& own) { return Alike(own, word); });
}

bool Includes(const Label& a, const Label& b) {
  return std::all_of(b.words.begin(), b.words.end(),
                     [&](const std::string& word) { return Holds(a, word); });
}

bool AreOpposite(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  for (std::string_view prefix : kPrefixes) {
    if (b.starts_with(prefix) && b.substr(prefix.size()) == a) return true;
  }
  for (const Row& row : kOpposites) {
    if ((a.starts_with(row.one) && b.starts_with(row.other)) ||
        (a.starts_with(row.other) && b.starts_with(row.one))) {
      return true;
    }
  }
  return false;
}

bool Opposite(const Label& a, const Label& b) {
  for (const std::string& word : a.words) {
    for (const std::string& other : b.words) {
      if (AreOpposite(word, other) && !Holds(b, word) && !Holds(a, other)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::string LabelKey(std::string_view label) {
  struct Short {
    std::string_view name, full;
  };
  constexpr Short kShorts[] = {{"max", "maximum"},
                               {"min", "minimum"},
                               {"hcf", "gcd"},
                               {"gcf", "gcd"},
                               {"avg", "average"}};
  std::istringstream words(NormalizedWords(label));
  std::string key;
  for (std::string word; words >> word;) {
    for (const Short& s : kShorts) {
      if (word == s.name) word = s.full;
    }
    if (!key.empty()) key += ' ';
    key += word;
  }
  return key;
}

bool SaysNot(std::string_view label) {
  std::istringstream words(NormalizedWords(label));
  for (std::string word; words >> word;) {
    if (IsOneOf(word, kDenials)) return true;
  }
  return false;
}

LabelWords CompareLabelWords(std::string_view a, std::string_view b) {
  if (SaysNot(a) != SaysNot(b)) return LabelWords::kOpposite;
  const Label x = Read(a), y = Read(b);
  if (Opposite(x, y)) return LabelWords::kOpposite;
  const bool letters =
      !x.letters.empty() && !y.letters.empty() && x.letters != y.letters;
  return letters || (!Includes(x, y) && !Includes(y, x)) ? LabelWords::kOther
                                                         : LabelWords::kAlike;
}

}  // namespace assay::math
