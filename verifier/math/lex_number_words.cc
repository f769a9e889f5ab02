// Numbers in words: "three hundred and forty-two", "minus five", "two thirds",
// "two and a half".
#include <array>
#include <cstdint>
#include <iterator>

#include "verifier/math/lex_state.h"

namespace assay::math {
namespace {

constexpr uint64_t kValueMax = uint64_t{1} << 60;

struct Denominator {
  std::string_view one;
  std::string_view many;
  uint64_t value;
};

constexpr Denominator kDenominators[] = {
    {"half", "halves", 2},
    {"third", "thirds", 3},
    {"quarter", "quarters", 4},
    {"fourth", "fourths", 4},
    {"fifth", "fifths", 5},
    {"sixth", "sixths", 6},
    {"seventh", "sevenths", 7},
    {"eighth", "eighths", 8},
    {"ninth", "ninths", 9},
    {"tenth", "tenths", 10},
    {"eleventh", "elevenths", 11},
    {"twelfth", "twelfths", 12},
    {"fifteenth", "fifteenths", 15},
    {"sixteenth", "sixteenths", 16},
    {"twentieth", "twentieths", 20},
    {"hundredth", "hundredths", 100},
    {"thousandth", "thousandths", 1000},
};

uint64_t DenominatorOf(std::string_view word, bool one) {
  for (const Denominator& d : kDenominators) {
    if (word == (one ? d.one : d.many)) return d.value;
  }
  return 0;
}

bool SameLetters(std::string_view word, std::string_view lower) {
  if (word.size() != lower.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if ((word[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

// Reads words one after another, with one space or hyphen between.
class WordReader {
 public:
  WordReader(std::string_view text, size_t at) : text_(text), at_(at) {
    Load(at);
  }
  std::string_view word() const { return word_; }
  std::string_view next() const { return WordAt(Skip(end_)); }
  // The end of the last word that was taken.
  size_t taken() const { return taken_; }
  void Take() {
    taken_ = end_;
    Load(Skip(end_));
  }
  bool Is(std::string_view lower) const { return SameLetters(word_, lower); }

 private:
  std::string_view WordAt(size_t at) const {
    size_t end = at;
    while (end < text_.size() && IsAsciiLetter(text_[end])) ++end;
    return text_.substr(at, end - at);
  }
  size_t Skip(size_t at) const {
    const bool gap =
        at + 1 < text_.size() && (text_[at] == ' ' || text_[at] == '-');
    return gap ? at + 1 : text_.size();
  }
  void Load(size_t at) {
    at_ = at;
    word_ = WordAt(at);
    end_ = at + word_.size();
  }

  std::string_view text_;
  size_t at_;
  size_t end_ = 0;
  size_t taken_ = 0;
  std::string_view word_;
};

// "three hundred and forty-two"; kNoValue where no number stands here.
uint64_t ReadInteger(WordReader* words) {
  uint64_t total = 0, current = 0, last_scale = kValueMax;
  bool any = false, after_scale = false;
  while (true) {
    bool scale = false;
    std::string_view word = words->word();
    if (any && after_scale && words->Is("and")) {
      const uint64_t next = NumberWordValue(words->next(), &scale);
      if (next == kNoValue || scale) break;
      words->Take();
      word = words->word();
    }
    const uint64_t value = NumberWordValue(word, &scale);
    if (value == kNoValue) break;
    if (!scale) {
      const bool ones = any && current % 100 >= 20 && current % 10 == 0 &&
                        value >= 1 && value <= 9 && !after_scale;
      const bool starts = !any || (after_scale && value < 100);
      if (!ones && !starts) break;
      current += value;
    } else if (value == 100 || value == 12) {
      if (current == 0 || current >= 100) break;
      current *= value;
    } else {
      if (current == 0 || value >= last_scale) break;
      total += current * value;
      current = 0;
      last_scale = value;
    }
    any = true;
    after_scale = scale;
    words->Take();
    if (total > kValueMax / 1000) break;
  }
  return any ? total + current : kNoValue;
}

}  // namespace

Token* Lexer::EmitValue(uint64_t value, size_t begin, size_t end) {
  Number* number = arena_->NewNumber();
  if (number == nullptr) return nullptr;
  std::array<char, 20> digits;
  size_t count = 0;
  do {
    digits[digits.size() - ++count] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  number->digits = arena_->Copy({digits.data() + digits.size() - count, count});
  if (number->digits.empty()) return nullptr;
  Token& token =
      Emit(Tok::kNumberWord, begin, end, 0, text_.substr(begin, end - begin));
  token.number = number;
  return &token;
}

// (whole + numerator / denominator), as the signs of a formula.
bool Lexer::EmitFraction(uint64_t whole, uint64_t numerator,
                         uint64_t denominator, size_t begin, size_t end) {
  Emit(Tok::kOpenParen, begin, end);
  if (whole != kNoValue) {
    if (EmitValue(whole, begin, end) == nullptr) return false;
    Emit(Tok::kPlus, begin, end);
  }
  if (EmitValue(numerator, begin, end) == nullptr) return false;
  Emit(Tok::kSlash, begin, end);
  if (EmitValue(denominator, begin, end) == nullptr) return false;
  Emit(Tok::kCloseParen, begin, end);
  at_ = end;
  return true;
}

// "minus five": the sign; the number follows. At the word's beginning.
bool Lexer::MinusWord(std::string_view word, size_t begin) {
  if (!SameLetters(word, "minus") && !SameLetters(word, "negative")) {
    return false;
  }
  const size_t next = begin + word.size() + 1;
  if (next >= text_.size() || text_[next - 1] != ' ') return false;
  size_t end = next;
  while (end < text_.size() && IsAsciiLetter(text_[end])) ++end;
  bool scale = false;
  const bool number =
      IsDigit(text_[next]) || text_[next] == '$' || text_[next] == '\\' ||
      NumberWordValue(text_.substr(next, end - next), &scale) != kNoValue;
  if (!number) return false;
  at_ = begin + word.size();
  Emit(Tok::kMinus, begin, at_);
  return true;
}

bool Lexer::NumberPhrase(std::string_view word, size_t begin) {
  const uint64_t chinese = ChineseValue(word);
  if (chinese != kNoValue) {
    at_ = begin + word.size();
    return EmitValue(chinese, begin, at_) != nullptr;
  }
  if (MinusWord(word, begin)) return true;
  WordReader words(text_, begin);
  const bool article = words.Is("a") || words.Is("half");
  const Tok last = Last();
  const bool opens = last == Tok::kEnd || last == Tok::kMinus ||
                     last == Tok::kComma || last == Tok::kRelation;
  if (article && opens) {
    if (words.Is("a")) words.Take();
    const uint64_t denominator = DenominatorOf(words.word(), true);
    if (denominator == 0) return false;
    words.Take();
    return words.word().empty() &&
           EmitFraction(kNoValue, 1, denominator, begin, words.taken());
  }
  const uint64_t value = ReadInteger(&words);
  if (value == kNoValue) return false;
  const size_t end = words.taken();
  if (const uint64_t d = DenominatorOf(words.word(), value == 1)) {
    words.Take();
    return EmitFraction(kNoValue, value, d, begin, words.taken());
  }
  if (words.Is("and")) {
    words.Take();
    uint64_t numerator = 1;
    if (words.Is("a")) {
      words.Take();
    } else {
      numerator = ReadInteger(&words);
    }
    const uint64_t d =
        numerator == kNoValue ? 0 : DenominatorOf(words.word(), numerator == 1);
    if (d != 0) {
      words.Take();
      return EmitFraction(value, numerator, d, begin, words.taken());
    }
  }
  if (end == begin + word.size()) return false;  // One word: NumberWord.
  Token* token = EmitValue(value, begin, end);
  if (token == nullptr) return false;
  token->flags |= kLetters;
  at_ = end;
  return true;
}

}  // namespace assay::math
