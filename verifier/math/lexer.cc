#include "verifier/math/lexer.h"

#include "verifier/math/lex_state.h"

namespace assay::math {

Token& Lexer::Emit(Tok type, size_t begin, size_t end, uint16_t detail,
                   std::string_view text) {
  Token& token = tokens_.emplace_back();
  token.type = type;
  token.detail = detail;
  token.begin = static_cast<uint32_t>(begin);
  token.end = static_cast<uint32_t>(end);
  token.text = text;
  token.flags = (space_before_ ? kSpaceBefore : 0) |
                (upright_depth_ > 0 ? kUprightText : 0) |
                (bold_depth_ > 0 ? kBold : 0);
  space_before_ = false;
  return token;
}

bool Lexer::Run() {
  size_t dollars = 0;
  for (size_t i = 0; i < text_.size(); ++i) {
    const char c = text_[i];
    if (c == '$' && (i == 0 || text_[i - 1] != '\\')) ++dollars;
    if (c != ',') continue;
    ++commas_;
    if (i + 1 < text_.size() && text_[i + 1] == ' ') spaced_commas_ = true;
  }
  dollars_delimit_ = dollars % 2 == 0;
  python_ = text_.find("**") != text_.npos || text_.find("*I") != text_.npos;
  while (at_ < text_.size()) {
    if (!One()) return false;
  }
  if (!braces_.empty()) return Fail("a } for every {");
  Emit(Tok::kEnd, at_, at_);
  return true;
}

bool Lexer::One() {
  const char c = text_[at_];
  if (IsSpace(c) || c == '~' || c == '`') {
    space_before_ = true;
    ++at_;
    return true;
  }
  if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return Literal();
  if (IsLetter(c)) return Word();
  if (c == '\\') return Command();
  return Sign(c);
}

// The end of digits and capital letters that a base above ten follows: the
// end of "2A" in 2A_{16}. 0 where there is none.
size_t Lexer::WideDigitsEnd(size_t at) const {
  size_t end = at;
  while (end < text_.size() &&
         (IsDigit(text_[end]) || (text_[end] >= 'A' && text_[end] <= 'Z'))) {
    ++end;
  }
  size_t base = end + 1;
  if (end >= text_.size() || text_[end] != '_') return 0;
  if (base < text_.size() && text_[base] == '{') ++base;
  if (base + 1 >= text_.size() || !IsDigit(text_[base]) ||
      !IsDigit(text_[base + 1])) {
    return 0;
  }
  // 1_234 groups thousands.
  if (base + 2 < text_.size() && IsDigit(text_[base + 2])) return 0;
  const int value = (text_[base] - '0') * 10 + (text_[base + 1] - '0');
  if (value < 11 || value > 36) return 0;
  for (size_t i = at; i < end; ++i) {
    if (!IsDigit(text_[i]) && text_[i] - 'A' + 10 >= value) return 0;
  }
  return end;
}

bool Lexer::WideNumber(size_t end) {
  Number* number = arena_->NewNumber();
  if (number == nullptr) return Fail("too large");
  number->digits = text_.substr(at_, end - at_);
  Emit(Tok::kNumber, at_, end).number = number;
  at_ = end;
  return true;
}

// 0xFF, 0b1010, 0o17.
bool Lexer::PrefixedBase() {
  if (text_[at_] != '0') return false;
  const char mark = static_cast<char>(Peek(1) | 0x20);
  const int base = mark == 'x' ? 16 : mark == 'b' ? 2 : mark == 'o' ? 8 : 0;
  if (base == 0 || !IsAsciiLetter(Peek(1))) return false;
  auto digit = [](char c) {
    if (IsDigit(c)) return c - '0';
    return IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : 99;
  };
  size_t end = at_ + 2;
  while (end < text_.size() && digit(text_[end]) < base) ++end;
  const bool more = end < text_.size() && digit(text_[end]) < 99;
  if (end == at_ + 2 || more) return false;
  Number* number = arena_->NewNumber();
  char* digits = arena_->AllocateBytes(end - at_ - 2);
  if (number == nullptr || digits == nullptr) return false;
  for (size_t i = at_ + 2; i < end; ++i) {
    const char c = text_[i];
    digits[i - at_ - 2] = IsDigit(c) ? c : static_cast<char>(c & ~0x20);
  }
  number->digits = {digits, end - at_ - 2};
  number->base = static_cast<uint8_t>(base);
  Emit(Tok::kNumber, at_, end).number = number;
  at_ = end;
  return true;
}

bool Lexer::Literal() {
  if (PrefixedBase()) return true;
  if (const size_t end = WideDigitsEnd(at_)) return WideNumber(end);
  const NumberContext context = {
      options_.comma,
      upright_depth_ > 0 || bracket_depth_ == 0 || spaced_commas_,
      commas_ <= 1};
  Number* number = arena_->NewNumber();
  if (number == nullptr) return Fail("too large");
  const size_t begin = at_;
  const size_t end = ScanNumber(text_, at_, context, arena_, number);
  if (end == 0) return Fail("too large");
  Emit(Tok::kNumber, begin, end).number = number;
  at_ = end;
  return true;
}

bool Lex(std::string_view text, const ParseOptions& options, Arena* arena,
         Tokens* tokens, LexError* error) {
  return Lexer(text, options, arena, tokens, error).Run();
}

}  // namespace assay::math
