// What a sentence says of the number in it: that it is not the answer, bounds
// it, is made from it, or holds on a condition.
#include <string>

#include "verifier/math/extract_rules.h"

namespace assay::math {
namespace {

// How far a sentence is looked at, before a phrase and after it.
constexpr size_t kBackBytesMax = 200;
constexpr size_t kClauseBytesMax = 60;

// A number right after one of these is not what is claimed.
constexpr std::string_view kDenials[] = {
    "≠",           "not",    "never",    "isn't",      "aren't",   "wasn't",
    "won't",       "can't",  "cannot",   "couldn't",   "wouldn't", "shouldn't",
    "isnt",        "no",     "nicht",    "kein",       "keine",    "n'est pas",
    "ne sont pas", "pas",    "não",      "nao",        "non",      "nie",
    "niet",        "не",     "bukan",    "không phải", "değil",    "不是",
    "不为",        "不等于", "不可能是", "不會是",     "不会是"};
// Bounds and operations: the claim is of another number.
constexpr std::string_view kQualifiers[] = {"grande que",
                                            "grand que",
                                            "petite que",
                                            "petit que",
                                            "élevée que",
                                            "pequeño que",
                                            "pequeña que",
                                            "чем",
                                            "than",
                                            "at most",
                                            "at least",
                                            "up to",
                                            "between",
                                            "under",
                                            "over",
                                            "above",
                                            "below",
                                            "als",
                                            "höchstens",
                                            "mindestens",
                                            "unter",
                                            "über",
                                            "menor que",
                                            "mayor que",
                                            "más de",
                                            "menos de",
                                            "al menos",
                                            "como máximo",
                                            "a lo sumo",
                                            "como mucho",
                                            "inferior a",
                                            "superior a",
                                            "inférieure à",
                                            "inférieur à",
                                            "supérieure à",
                                            "supérieur à",
                                            "au moins",
                                            "au plus",
                                            "plus de",
                                            "moins de",
                                            "maior que",
                                            "maior do que",
                                            "menor do que",
                                            "mais de",
                                            "pelo menos",
                                            "no máximo",
                                            "ao menos",
                                            "minore di",
                                            "maggiore di",
                                            "almeno",
                                            "al massimo",
                                            "più di",
                                            "meno di",
                                            "меньше",
                                            "больше",
                                            "менее",
                                            "более",
                                            "小于",
                                            "大于",
                                            "少于",
                                            "多于",
                                            "不超过",
                                            "至少",
                                            "至多",
                                            "最少",
                                            "最多",
                                            "超过",
                                            "低于",
                                            "高于",
                                            "小於",
                                            "大於",
                                            "multiple of",
                                            "factor of",
                                            "divisor of",
                                            "root of",
                                            "half of",
                                            "third of",
                                            "quarter of",
                                            "half",
                                            "twice",
                                            "double",
                                            "triple",
                                            "sum of",
                                            "product of",
                                            "difference of",
                                            "quotient of",
                                            "ratio of",
                                            "square of",
                                            "cube of",
                                            "power of",
                                            "reciprocal of",
                                            "inverse of",
                                            "negative of",
                                            "opposite of",
                                            "logarithm of",
                                            "log of",
                                            "factorial of",
                                            "percent of",
                                            "times",
                                            "plus",
                                            "minus",
                                            "divided by",
                                            "multiplied by",
                                            "múltiplo de",
                                            "mitad de",
                                            "raíz cuadrada de",
                                            "suma de",
                                            "doble de",
                                            "multiple de",
                                            "moitié de",
                                            "racine carrée de",
                                            "somme de",
                                            "double de",
                                            "hälfte von",
                                            "summe von",
                                            "vielfaches von",
                                            "wurzel aus",
                                            "doppelte von",
                                            "metade de",
                                            "raiz quadrada de",
                                            "soma de",
                                            "dobro de"};

// Words after a number that say the same of it.
constexpr std::string_view kAfterwards[] = {
    "or more",    "or less",      "or fewer",   "or greater", "or higher",
    "or above",   "or below",     "or over",    "more than",  "less than",
    "fewer than", "greater than", "at most",    "at least",   "ou plus",
    "ou moins",   "o más",        "o menos",    "oder mehr",  "oder weniger",
    "ou mais",    "ou menos",     "или больше", "или меньше", "的倍数",
    "的约数",     "的因数",       "的平方",     "的立方",     "的一半",
    "的两倍",     "以上",         "以下",       "以内",       "未満",
    "より",       "の倍数",       "ではな",     "ではあり",   "じゃな",
    "でない",     "이 아니",      "이 아닙",    "가 아니",    "가 아닙",
    "보다",       "미만",         "이상",       "이하",       "초과",
    "의 배수"};

// What may stand between one of these and the number.
constexpr std::string_view kFillers[] = {
    "possibly", "necessarily", "certainly", "always", "puede",  "peut",
    "pode",     "può",         "ser",       "être",   "essere", "sein",
    "может",    "быть",        "a",         "an",     "the",    "and",
    "number",   "value",       "be",        "to",     "equal",  "simply",
    "just",     "exactly",     "really",    "even",   "is",     "are",
    "es",       "son",         "est",       "ist",    "é",      "è",
    "равен",    "это",         "of",        "und",    "y",      "et",
    "e",        "и",           "der",       "die",    "das",    "den",
    "la",       "el",          "le",        "von",    "that",   "final",
    "correct",  "our",         "que",       "only",   "是",     "为",
    "為",       "等于",        "等於"};

// "It is not true that the answer is 17."
constexpr std::string_view kDeniedClaims[] = {
    "not true that",    "not the case that", "not correct that",
    "not right that",   "false that",        "wrong that",
    "incorrect that",   "untrue that",       "i doubt",
    "we doubt",         "not think",         "n't think",
    "not believe",      "n't believe",       "not mean",
    "n't mean",         "not say",           "n't say",
    "no es cierto que", "no es verdad que",  "n'est pas vrai que",
    "nicht wahr, dass", "não é verdade que", "неверно, что"};

constexpr std::string_view kConditions[] = {
    "if",    "unless", "suppose", "supposing", "assuming", "si",  "wenn",
    "falls", "если",   "如果",    "假如",      "もし",     "만약"};

// A condition that does not hold, or that a later sentence takes back.
constexpr std::string_view kSubjunctives[] = {"would", "sería", "serait",
                                              "wäre",  "seria", "sarebbe"};
constexpr std::string_view kContrasts[] = {
    "but",  "however", "actually", "instead", "in fact", "yet",
    "pero", "mais",    "aber",     "mas",     "ma",      "однако",
    "но",   "但",      "然而",     "しかし",  "그러나",  "하지만"};

// What follows takes a denial back: "not 17 but 18".
constexpr std::string_view kCorrections[] = {
    "but",  "rather", "it's",  "it is", "sino", "sondern",
    "mais", "mas",    "bensì", "а",     "而是", "应为"};

// Scripts without spaces between words.
bool IsWide(std::string_view s) {
  return static_cast<unsigned char>(s[0]) >= 0xE3;
}

// In lower case (ASCII), with one kind of apostrophe and without emphasis.
std::string Plain(std::string_view text) {
  constexpr std::string_view kApostrophe = "\xE2\x80\x99";
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '*' || c == '_') continue;
    if (text.compare(i, kApostrophe.size(), kApostrophe) == 0) {
      plain += '\'';
      i += kApostrophe.size() - 1;
    } else {
      plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  return plain;
}

// Where `phrase` stands in `text` as whole words, from `from` on.
size_t FindWords(std::string_view text, std::string_view phrase, size_t from) {
  for (size_t at = text.find(phrase, from); at != text.npos;
       at = text.find(phrase, at + 1)) {
    const size_t end = at + phrase.size();
    if (IsWide(phrase) ||
        ((at == 0 || phrase[0] == 'n' || !IsWordByte(text[at - 1])) &&
         (end == text.size() || !IsWordByte(text[end])))) {
      return at;
    }
  }
  return text.npos;
}

template <size_t kCount>
bool HoldsAny(std::string_view text,
              const std::string_view (&phrases)[kCount]) {
  for (std::string_view phrase : phrases) {
    if (FindWords(text, phrase, 0) != text.npos) return true;
  }
  return false;
}

// Numbers, signs of formulas, articles and their kin.
bool AreFillers(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    if (!IsWordByte(text[i])) {
      if (std::string_view(",;:.=").find(text[i]) != text.npos) return false;
      ++i;
      continue;
    }
    const size_t begin = i;
    while (i < text.size() && IsWordByte(text[i])) ++i;
    bool filler = false;
    for (std::string_view f : kFillers) {
      filler = filler || f == text.substr(begin, i - begin);
    }
    if (!filler) return false;
  }
  return true;
}

// Whether one of the phrases ends the text, but for fillers.
template <size_t kCount>
bool EndsWithAny(std::string_view text,
                 const std::string_view (&phrases)[kCount]) {
  if (text.size() > kClauseBytesMax) {
    text.remove_prefix(text.size() - kClauseBytesMax);
  }
  for (std::string_view phrase : phrases) {
    for (size_t at = FindWords(text, phrase, 0); at != text.npos;
         at = FindWords(text, phrase, at + 1)) {
      if (AreFillers(text.substr(at + phrase.size()))) return true;
    }
  }
  return false;
}

size_t SentenceBegin(std::string_view text, size_t from, size_t at) {
  const size_t limit = at > from + kBackBytesMax ? at - kBackBytesMax : from;
  size_t i = at;
  while (i > limit) {
    const char c = text[i - 1];
    const bool stop = (c == '.' || c == '!' || c == '?') && i < text.size() &&
                      (text[i] == ' ' || text[i] == '\n');
    if (stop || c == '\n') break;
    if (i >= limit + 3 && text.compare(i - 3, 3, "。") == 0) break;
    --i;
  }
  return i;
}

}  // namespace

bool DeniesNext(std::string_view words) {
  return EndsWithAny(Plain(words), kDenials);
}

bool QualifiesNext(std::string_view words) {
  const std::string plain = Plain(words);
  return EndsWithAny(plain, kDenials) || EndsWithAny(plain, kQualifiers);
}

bool QualifiesPrevious(std::string_view words) {
  while (!words.empty() && (words[0] == ' ' || words[0] == '$')) {
    words.remove_prefix(1);
  }
  const std::string plain = Plain(words.substr(0, kClauseBytesMax));
  for (std::string_view phrase : kAfterwards) {
    if (FindWords(plain, phrase, 0) == 0) return true;
  }
  return false;
}

bool DeniesClaim(std::string_view text, size_t from, size_t at) {
  const size_t begin = SentenceBegin(text, from, at);
  return EndsWithAny(Plain(text.substr(begin, at - begin)), kDeniedClaims);
}

bool IsTakenBack(std::string_view text, size_t from, size_t at,
                 std::string_view claim, size_t end) {
  const size_t begin = SentenceBegin(text, from, at);
  if (!HoldsAny(Plain(text.substr(begin, at - begin)), kConditions)) {
    return false;
  }
  return HoldsAny(Plain(claim), kSubjunctives) ||
         HoldsAny(Plain(text.substr(end, kBackBytesMax)), kContrasts);
}

size_t DenialEnd(std::string_view text, size_t begin, size_t end) {
  const std::string plain(text.substr(begin, end - begin));
  size_t length = plain.size();
  for (std::string_view word : kCorrections) {
    const size_t at = FindWords(plain, word, 0);
    if (at < length) length = at;
  }
  return begin + length;
}

}  // namespace assay::math
