#include "verifier/math/parse.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "verifier/math/fold.h"
#include "verifier/math/lexer.h"
#include "verifier/math/parser.h"

namespace assay::math {

bool Parser::Expect(Tok type, const char* message) {
  if (Accept(type)) return true;
  Fail(message);
  return false;
}

const Expr* Parser::Fail(const char* message) {
  if (error_ == nullptr) {
    error_ = message;
    error_offset_ = Peek().begin;
  }
  return nullptr;
}

const Expr* Parser::Exhausted() {
  exhausted_ = true;
  return Fail("too large or too deep");
}

Expr* Parser::New(Kind kind, uint32_t begin, uint16_t detail) {
  Expr* node = arena_->New(kind, detail);
  if (node == nullptr) {
    Exhausted();
    return nullptr;
  }
  node->begin_bytes = static_cast<uint32_t>(Original(begin));
  node->end_bytes = static_cast<uint32_t>(Original(PreviousEnd()));
  return node;
}

const Expr* Parser::Make(Kind kind, uint32_t begin,
                         std::initializer_list<const Expr*> children,
                         uint16_t detail) {
  Expr* node = New(kind, begin, detail);
  if (node == nullptr) return nullptr;
  if (!arena_->SetChildren(node, children.begin(), children.size())) {
    return Exhausted();
  }
  return node;
}

const Expr* Parser::MakeAll(Kind kind, uint32_t begin, const Nodes& children,
                            uint16_t detail) {
  Expr* node = New(kind, begin, detail);
  if (node == nullptr) return nullptr;
  if (!arena_->SetChildren(node, children.data(), children.size())) {
    return Exhausted();
  }
  return node;
}

const Expr* Parser::MakeText(Kind kind, uint32_t begin, std::string_view text,
                             uint16_t detail) {
  Expr* node = New(kind, begin, detail);
  if (node != nullptr) node->text = text;
  return node;
}

const Expr* Parser::MakeNumber(uint32_t begin, const Number* number) {
  Expr* node = New(Kind::kNumber, begin);
  if (node != nullptr) node->number = number;
  return node;
}

const Expr* Parser::MakeInteger(uint32_t begin, std::string_view digits) {
  Number* number = arena_->NewNumber();
  if (number == nullptr) return Exhausted();
  number->digits = digits;
  return MakeNumber(begin, number);
}

// "(B)", "B.", "B", "(D) Alina": the letter decides.
const Expr* Parser::ParseChoice() {
  const size_t start = at_;
  const bool open = Accept(Tok::kOpenParen) || Accept(Tok::kOpenBracket);
  const Token& letter = Peek();
  const bool single = letter.Has(kLetters) && letter.end - letter.begin == 1;
  const char c = single ? text_[letter.begin] : '\0';
  const char upper = static_cast<char>(c & ~0x20);
  if (upper >= 'A' && upper <= 'J') {
    Advance();
    const bool closed = Accept(Tok::kCloseParen) ||
                        Accept(Tok::kCloseBracket) || Accept(Tok::kPeriod) ||
                        Accept(Tok::kColon);
    const bool text_follows =
        closed && (Peek().Has(kLetters) || Peek().Has(kSpaceBefore));
    if ((open == closed || closed) && (Next() == Tok::kEnd || text_follows)) {
      at_ = tokens_.size() - 1;
      return MakeText(Kind::kChoice, letter.begin, {},
                      static_cast<uint16_t>(upper - 'A'));
    }
  }
  at_ = start;
  return nullptr;
}

// A Roman numeral of I, V and X alone, standing alone.
const Expr* Parser::ParseRoman() {
  const Token& token = Peek();
  if (token.type != Tok::kWord || AfterWord(at_) + 1 != tokens_.size()) {
    return nullptr;
  }
  int value = 0;
  int previous = 0;
  int repeats = 0;
  for (size_t i = token.text.size(); i-- > 0;) {
    const char c = token.text[i];
    const int digit = c == 'I' ? 1 : c == 'V' ? 5 : c == 'X' ? 10 : 0;
    if (digit == 0) return nullptr;
    repeats = digit == previous ? repeats + 1 : 1;
    if (repeats > (digit == 5 ? 1 : 3)) return nullptr;
    if (digit < previous && digit == 5) return nullptr;
    value += digit < previous ? -digit : digit;
    previous = digit;
  }
  if (value <= 0) return nullptr;
  const std::string digits = absl::StrCat(value);
  at_ = tokens_.size() - 1;
  return MakeInteger(token.begin, arena_->Copy(digits));
}

const Expr* Parser::ParseWhole() {
  if (options_.choice) {
    if (const Expr* choice = ParseChoice()) return choice;
  }
  if (const Expr* roman = ParseRoman()) return roman;
  if (Next() == Tok::kEnd) return Fail("an answer");
  return ParseItems(Until::kWhole);
}

absl::StatusOr<const Expr*> Parse(std::string_view text,
                                  const ParseOptions& options, Arena* arena) {
  if (text.size() > kTextBytesMax) {
    return absl::ResourceExhaustedError("the answer is too long");
  }
  Folded folded;
  if (!Fold(text, arena, &folded)) {
    return absl::ResourceExhaustedError("the answer is too long");
  }
  Tokens tokens;
  LexError lex_error;
  if (!Lex(folded.text, options, arena, &tokens, &lex_error)) {
    const size_t offset = folded.offsets == nullptr
                              ? lex_error.offset_bytes
                              : folded.offsets[lex_error.offset_bytes];
    return absl::InvalidArgumentError(
        absl::StrCat("byte ", offset, ": ", lex_error.message));
  }
  Parser parser(folded.text, folded.offsets, tokens, options, arena);
  const Expr* expr = parser.ParseWhole();
  if (expr != nullptr) return expr;
  const std::string message =
      absl::StrCat("byte ", parser.error_offset(), ": ",
                   parser.exhausted() ? "" : "expected ", parser.error());
  return parser.exhausted() ? absl::ResourceExhaustedError(message)
                            : absl::InvalidArgumentError(message);
}

}  // namespace assay::math
