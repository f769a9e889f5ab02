#include "verifier/math/lex_state.h"

namespace assay::math {
namespace {

// A run of letters is a product where it cannot be a word: up to three
// letters, or letters in alphabetic order, or without a vowel.
bool IsProduct(std::string_view word) {
  // Words between numbers, and no products of letters.
  for (std::string_view link : {"out", "per", "vs", "div"}) {
    if (word == link) return false;
  }
  if (word.size() > 8) return false;
  bool sorted = true;
  bool vowel = false;
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    if (!IsAsciiLetter(c)) return false;
    if (i > 0) sorted = sorted && word[i - 1] < c;
    const char lower = static_cast<char>(c | 0x20);
    vowel = vowel || lower == 'a' || lower == 'e' || lower == 'i' ||
            lower == 'o' || lower == 'u' || lower == 'y';
  }
  if (word.size() > 3) return sorted || !vowel;
  if (IsProseWord(word)) return false;
  const bool capitalised = word.size() == 3 && word[0] <= 'Z' &&
                           word[1] >= 'a' && word[2] >= 'a' && vowel;
  return !capitalised;
}

}  // namespace

size_t Lexer::WordEnd(size_t at) const {
  while (at < text_.size() && IsLetter(text_[at])) ++at;
  return at;
}

bool Lexer::IsTimesLetter(size_t begin) const {
  if (Last() != Tok::kNumber) return false;
  size_t next = begin + 1;
  const bool spaced_after = next < text_.size() && IsSpace(text_[next]);
  while (next < text_.size() && IsSpace(text_[next])) ++next;
  if (next >= text_.size() || !IsDigit(text_[next])) return false;
  if (space_before_ && spaced_after) return true;
  return text_.compare(next, 3, "10^") == 0 ||
         text_.compare(next, 4, "10**") == 0;
}

bool Lexer::IsUnionLetter(size_t end) const {
  const Tok last = Last();
  if (last != Tok::kCloseParen && last != Tok::kCloseBracket &&
      last != Tok::kCloseSet) {
    return false;
  }
  while (end < text_.size() && IsSpace(text_[end])) ++end;
  if (end >= text_.size()) return false;
  return text_[end] == '(' || text_[end] == '[' || text_[end] == '{' ||
         text_[end] == '\\';
}

bool Lexer::Letter(char c, size_t begin) {
  at_ = begin + 1;
  if ((c == 'x' || c == 'X') && IsTimesLetter(begin)) {
    Emit(Tok::kTimes, begin, at_);
    return true;
  }
  if ((c == 'U' || c == 'u') && upright_depth_ == 0 && IsUnionLetter(at_)) {
    Emit(Tok::kCup, begin, at_);
    return true;
  }
  Tok type = Tok::kSymbol;
  uint16_t detail = 0;
  if (c == 'e' || (c == 'E' && python_)) {
    type = Tok::kConstant;
    detail = static_cast<uint16_t>(Constant::kE);
  } else if (c == 'i' || (c == 'I' && python_)) {
    type = Tok::kConstant;
    detail = static_cast<uint16_t>(Constant::kI);
  }
  std::string_view name = text_.substr(begin, 1);
  if (type == Tok::kConstant) name = c == 'e' || c == 'E' ? "e" : "i";
  Emit(type, begin, at_, detail, name).flags |= kLetters;
  return true;
}

// "\text{ y }", "$x = 1$ y $x = 2$": "and" and "or" of a letter, alone
// between formulas.
bool Lexer::IsJoiningLetter(size_t at) const {
  if (std::string_view("yoe").find(text_[at]) == std::string_view::npos) {
    return false;
  }
  const size_t before = text_.find_last_not_of(' ', at == 0 ? 0 : at - 1);
  const size_t after = text_.find_first_not_of(' ', at + 1);
  if (before == text_.npos || after == text_.npos || before + 1 >= at ||
      after <= at + 1) {
    return false;
  }
  const bool text =
      upright_depth_ > 0 && text_[before] == '{' && text_[after] == '}';
  return text || (text_[before] == '$' && text_[after] == '$');
}

bool Lexer::Word() {
  const size_t begin = at_;
  size_t end = WordEnd(begin);
  // FF_{16}: two letters at least, so that A_{12} stays a symbol.
  if (end >= begin + 2 && text_[begin] <= 'Z') {
    if (const size_t wide = WideDigitsEnd(begin)) return WideNumber(wide);
  }
  std::string_view word = text_.substr(begin, end - begin);
  if (ChineseWord(word, begin)) return true;
  if (end == begin + 1) {
    if (text_[begin] == 'a' && NumberPhrase(word, begin)) return true;
    if (ModulePrefix(word, end)) return true;
    if (IsJoiningLetter(begin)) {
      return EmitName(
          {word, word == "o" ? Tok::kOrWord : Tok::kAndWord, 0, word}, begin,
          end);
    }
    return Letter(text_[begin], begin);
  }
  if (ModulePrefix(word, end) || NumberPhrase(word, begin)) return true;
  if (word == "Interval" && end < text_.size() && text_[end] == '.') {
    end = WordEnd(end + 1);
    at_ = end;
    Emit(Tok::kWord, begin, end, 0, text_.substr(begin, end - begin)).flags |=
        kLetters;
    return true;
  }
  if (const Name* name = FindWord(word)) {
    if (name->type == Tok::kNoise) {
      at_ = end;
      space_before_ = true;
      return true;
    }
    return EmitName(*name, begin, end);
  }
  // Hyphens and apostrophes belong to words of prose.
  while (end + 2 < text_.size() && end - begin >= 3 &&
         (text_[end] == '-' || text_[end] == '\'') &&
         IsLetter(text_[end + 1]) &&
         (text_[end] == '\'' || IsLetter(text_[end + 2]))) {
    end = WordEnd(end + 1);
  }
  word = text_.substr(begin, end - begin);
  if (NumberWord(word, begin)) return true;
  if (upright_depth_ > 0) {
    at_ = end;
    Emit(Tok::kWord, begin, end, 0, word).flags |= kLetters;
    return true;
  }
  return PlainWord(word, begin);
}

// "np.sqrt", "S.Reals": the name of the module means nothing.
bool Lexer::ModulePrefix(std::string_view word, size_t end) {
  if (end + 1 >= text_.size() || text_[end] != '.' ||
      !IsAsciiLetter(text_[end + 1]) || upright_depth_ > 0) {
    return false;
  }
  bool module = false;
  for (std::string_view name :
       {"np", "sp", "math", "cmath", "sympy", "numpy", "S"}) {
    module = module || word == name;
  }
  // "S. Smith" is none, nor are initials.
  if (!module || WordEnd(end + 1) == end + 2) return false;
  at_ = end + 1;
  return true;
}

bool Lexer::EmitName(const Name& name, size_t begin, size_t end) {
  at_ = end;
  std::string_view text = name.text;
  if (text.empty()) text = text_.substr(begin, end - begin);
  Emit(name.type, begin, end, name.detail, text).flags |= kLetters;
  return true;
}

bool Lexer::NumberWord(std::string_view word, size_t begin) {
  bool scale = false;
  uint64_t value = NumberWordValue(word, &scale);
  if (value == ~uint64_t{0}) {
    const size_t hyphen = word.find('-');
    if (hyphen == std::string_view::npos) return false;
    const uint64_t tens = NumberWordValue(word.substr(0, hyphen), &scale);
    const uint64_t ones = NumberWordValue(word.substr(hyphen + 1), &scale);
    if (tens > 90 || tens < 20 || ones > 9 || ones == 0) return false;
    value = tens + ones;
    scale = false;
  }
  Number* number = arena_->NewNumber();
  if (number == nullptr) return false;
  char digits[20];
  size_t count = 0;
  do {
    digits[sizeof digits - ++count] = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value > 0);
  number->digits = arena_->Copy({digits + sizeof digits - count, count});
  if (number->digits.empty()) return false;
  at_ = begin + word.size();
  Token& token =
      Emit(scale ? Tok::kScaleWord : Tok::kNumberWord, begin, at_, 0, word);
  token.number = number;
  token.flags |= kLetters;
  return true;
}

// "sinx", "xsin": a function with one letter beside it.
bool Lexer::SplitFunction(std::string_view word, size_t begin) {
  if (word.size() < 3 || word.size() > 8) return false;
  static constexpr std::string_view kArguments = "xyztnuvk";
  const bool tail = kArguments.find(word.back()) != std::string_view::npos;
  if (tail && word != "cost") {
    const Name* name = FindWord(word.substr(0, word.size() - 1));
    if (name != nullptr && name->type == Tok::kFunction) {
      EmitName(*name, begin, begin + word.size() - 1);
      return Letter(word.back(), begin + word.size() - 1);
    }
  }
  if (kArguments.find(word[0]) != std::string_view::npos) {
    const Name* name = FindWord(word.substr(1));
    if (name != nullptr && word.size() >= 4 &&
        (name->type == Tok::kFunction || name->type == Tok::kSqrt)) {
      Letter(word[0], begin);
      return EmitName(*name, begin + 1, begin + word.size());
    }
  }
  return false;
}

bool Lexer::PlainWord(std::string_view word, size_t begin) {
  const size_t end = begin + word.size();
  if (SplitFunction(word, begin)) return true;
  const bool product = IsProduct(word);
  at_ = end;
  Emit(Tok::kWord, begin, end, product ? static_cast<uint16_t>(word.size()) : 0,
       word)
      .flags |= kLetters;
  if (!product) return true;
  for (size_t i = 0; i < word.size(); ++i) Letter(word[i], begin + i);
  return true;
}

}  // namespace assay::math
