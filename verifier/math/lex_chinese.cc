// Chinese numbers: numerals, multipliers after digits, parts, signs; and the
// circled digits that name statements.
#include <cstdint>

#include "verifier/math/lex_state.h"

namespace assay::math {
namespace {

constexpr size_t kSignBytes = 3;

struct NumeralSign {
  std::string_view text;
  uint64_t value;
};
constexpr NumeralSign kNumerals[] = {
    {"〇", 0},         {"零", 0},     {"一", 1},         {"二", 2},
    {"两", 2},         {"三", 3},     {"四", 4},         {"五", 5},
    {"六", 6},         {"七", 7},     {"八", 8},         {"九", 9},
    {"十", 10},        {"百", 100},   {"千", 1000},      {"万", 10000},
    {"萬", 10000},     {"만", 10000}, {"亿", 100000000}, {"億", 100000000},
    {"억", 100000000},
};

uint64_t NumeralValue(std::string_view sign) {
  for (const NumeralSign& s : kNumerals) {
    if (sign == s.text) return s.value;
  }
  return kNoValue;
}

bool Begins(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// ①, ②, ... ⑳
bool IsCircled(std::string_view sign) {
  return sign.size() == kSignBytes && sign[0] == '\xE2' && sign[1] == '\x91' &&
         static_cast<unsigned char>(sign[2]) >= 0xA0 &&
         static_cast<unsigned char>(sign[2]) <= 0xB3;
}

// Whether what follows 百 or 千 after digits leaves it a multiplier: 千米 and
// 千瓦 are units, 千元 is money.
bool CountsOn(std::string_view rest) {
  return rest.empty() || Begins(rest, "元");
}

}  // namespace

uint64_t ChineseValue(std::string_view word) {
  if (word.empty() || word.size() % kSignBytes != 0 || word.size() > 45) {
    return kNoValue;
  }
  uint64_t total = 0, section = 0, digit = 0;
  bool has_digit = false;
  for (size_t i = 0; i < word.size(); i += kSignBytes) {
    const uint64_t value = NumeralValue(word.substr(i, kSignBytes));
    if (value == kNoValue) return kNoValue;
    if (value < 10) {
      if (has_digit && digit != 0) return kNoValue;
      digit = value;
      has_digit = true;
    } else if (value < 10000) {
      section += (has_digit && digit != 0 ? digit : 1) * value;
      digit = 0;
      has_digit = false;
    } else {
      if (section + digit == 0) return kNoValue;
      total = (total + section + digit) * value;
      section = digit = 0;
      has_digit = false;
    }
  }
  return total + section + digit;
}

// 17万, 1.7亿元, 3百万: at the word after a number.
bool Lexer::ChineseMultiplier(std::string_view word, size_t begin) {
  if (Last() != Tok::kNumber) return false;
  uint64_t scale = 1;
  uint64_t value = 0;
  size_t end = 0;
  for (; end < word.size(); end += kSignBytes) {
    const uint64_t sign = NumeralValue(word.substr(end, kSignBytes));
    if (sign == kNoValue || sign < 100 || scale > kNoValue / sign / 10) break;
    value = sign;
    scale *= sign;
  }
  if (end == 0 || (value < 10000 && !CountsOn(word.substr(end)))) return false;
  at_ = begin + end;
  Token* token = EmitValue(scale, begin, at_);
  if (token == nullptr) return false;
  token->type = Tok::kScaleWord;
  return true;
}

// 17分之2, after the digits: what stood there is the denominator.
bool Lexer::PartsOfDigits(std::string_view above, size_t begin, size_t end) {
  const Token below = tokens_.back();
  const uint64_t numerator = ChineseValue(above);
  const bool digits =
      above.empty() && end < text_.size() && IsDigit(text_[end]);
  if (numerator == kNoValue && !digits) return Fail("how many parts");
  tokens_.pop_back();
  Emit(Tok::kOpenParen, begin, end);
  at_ = end;
  if (digits ? !Literal() : EmitValue(numerator, begin, end) == nullptr) {
    return false;
  }
  Emit(Tok::kSlash, begin, end);
  tokens_.push_back(below);
  Emit(Tok::kCloseParen, begin, end);
  return true;
}

// 三分之二, 一又三分之二, 百分之十七, 百分之17.
bool Lexer::ChineseParts(std::string_view word, size_t begin) {
  constexpr std::string_view kOf = "分之";
  constexpr std::string_view kAnd = "又";
  const size_t of = word.find(kOf);
  if (of == word.npos) return false;
  const size_t end = begin + word.size();
  std::string_view below = word.substr(0, of);
  std::string_view above = word.substr(of + kOf.size());
  if (of == 0 && Last() == Tok::kNumber) {
    return PartsOfDigits(above, begin, end);
  }
  const size_t joint = below.find(kAnd);
  uint64_t whole = kNoValue;
  if (joint != below.npos) {
    whole = ChineseValue(below.substr(0, joint));
    if (whole == kNoValue) return false;
    below.remove_prefix(joint + kAnd.size());
  }
  const uint64_t denominator = ChineseValue(below);
  if (denominator == kNoValue || denominator == 0) return false;
  const bool percent = denominator == 100 && whole == kNoValue;
  if (above.empty() && percent && end < text_.size() && IsDigit(text_[end])) {
    at_ = end;
    if (!Literal()) return false;
    Emit(Tok::kPercent, begin, end).flags |= kFromCommand;
    return true;
  }
  const uint64_t numerator = ChineseValue(above);
  if (numerator == kNoValue) return false;
  if (!percent) return EmitFraction(whole, numerator, denominator, begin, end);
  at_ = end;
  if (EmitValue(numerator, begin, end) == nullptr) return false;
  Emit(Tok::kPercent, begin, end).flags |= kFromCommand;
  return true;
}

// 负17, 负十七, 负三分之二: the sign; what it stands before follows.
bool Lexer::ChineseMinus(std::string_view word, size_t begin) {
  if (!Begins(word, "负") && !Begins(word, "負")) return false;
  const std::string_view rest = word.substr(kSignBytes);
  const size_t next = begin + kSignBytes;
  const bool number =
      rest.empty()
          ? next < text_.size() && (IsDigit(text_[next]) || text_[next] == '\\')
          : ChineseValue(rest) != kNoValue || rest.find("分之") != rest.npos;
  if (!number) return false;
  at_ = next;
  Emit(Tok::kMinus, begin, next);
  return true;
}

// ①③④: the numbers of statements, a list of them.
bool Lexer::CircledDigits(std::string_view word, size_t begin) {
  if (word.size() < 2 * kSignBytes || Last() == Tok::kWord) return false;
  for (size_t i = 0; i < word.size(); i += kSignBytes) {
    if (!IsCircled(word.substr(i, kSignBytes))) return false;
  }
  size_t next = begin + word.size();
  while (next < text_.size() && IsSpace(text_[next])) ++next;
  if (next < text_.size() && IsLetter(text_[next])) return false;
  for (size_t i = 0; i < word.size(); i += kSignBytes) {
    at_ = begin + i + kSignBytes;
    if (i > 0) Emit(Tok::kComma, begin + i, begin + i);
    Emit(Tok::kWord, begin + i, at_, 0, word.substr(i, kSignBytes)).flags |=
        kLetters;
  }
  return true;
}

bool Lexer::ChineseWord(std::string_view word, size_t begin) {
  if (word.empty() || (word[0] & 0x80) == 0) return false;
  return ChineseMultiplier(word, begin) || ChineseParts(word, begin) ||
         ChineseMinus(word, begin) || CircledDigits(word, begin);
}

}  // namespace assay::math
