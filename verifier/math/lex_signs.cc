#include "verifier/math/lex_state.h"

namespace assay::math {

bool Lexer::Sign(char c) {
  const size_t begin = at_++;
  switch (c) {
    case '+':
      if (Peek() == '-' || StartsWith("/-")) {
        at_ += Peek() == '/' ? 2 : 1;
        Emit(Tok::kPlusMinus, begin, at_);
        return true;
      }
      Emit(Tok::kPlus, begin, at_);
      return true;
    case '-':
      if (Peek() == '>') {
        ++at_;
        Emit(Tok::kTo, begin, at_);
        return true;
      }
      Emit(Tok::kMinus, begin, at_);
      return true;
    case '*':
      if (Peek() == '*') {
        ++at_;
        Emit(Tok::kCaret, begin, at_);
        return true;
      }
      Emit(Tok::kTimes, begin, at_);
      return true;
    case '/':
      Emit(Tok::kSlash, begin, at_);
      return true;
    case '^':
      Emit(Tok::kCaret, begin, at_);
      return true;
    case '_':
      Emit(Tok::kUnderscore, begin, at_);
      return true;
    case ',':
      Emit(Tok::kComma, begin, at_);
      return true;
    case ';':
      Emit(Tok::kSemicolon, begin, at_);
      return true;
    case '%':
      Emit(Tok::kPercent, begin, at_);
      return true;
    case '&':
      if (environment_depth_ > 0) {
        Emit(Tok::kAmpersand, begin, at_);
      } else if (JoinsBrackets()) {
        Emit(Tok::kLogicAnd, begin, at_);
      }
      return true;
    case '|':
      if (pending_side_ == kBarEither && JoinsBrackets()) {
        Emit(Tok::kLogicOr, begin, at_);
        return true;
      }
      Emit(Tok::kBar, begin, at_, pending_side_);
      pending_side_ = kBarEither;
      return true;
    case '$':
      return CurrencyOrDelimiter();
    case '\'':
    case '"':
      return Quote(c);
    case '.':
      if (!StartsWith("..")) {
        Emit(Tok::kPeriod, begin, at_);
        return true;
      }
      at_ += 2;
      while (Peek() == '.') ++at_;
      Emit(Tok::kEllipsis, begin, at_);
      return true;
    default:
      --at_;
      return Bracket(c);
  }
}

// Between (x < 1) and (x > 3), with a space on both sides: Python's operator.
// After the sign.
bool Lexer::JoinsBrackets() const {
  return Last() == Tok::kCloseParen && space_before_ && bracket_depth_ == 0 &&
         Peek() == ' ' && Peek(1) == '(' &&
         text_.find_first_of("<>=") != std::string_view::npos;
}

// f'', 5'10"; quotation marks around words mean nothing.
bool Lexer::Quote(char c) {
  const size_t begin = at_ - 1;
  uint16_t count = c == '"' ? 2 : 1;
  while (c == '\'' && Peek() == '\'') {
    ++at_;
    ++count;
  }
  // Seconds or inches follow minutes or feet.
  if (c == '"' && (!primed_ || Last() != Tok::kNumber)) return true;
  primed_ = true;
  Emit(Tok::kPrime, begin, at_, count);
  return true;
}

bool Lexer::Bracket(char c) {
  const size_t begin = at_;
  switch (c) {
    case '(':
      ++bracket_depth_;
      ++at_;
      Emit(Tok::kOpenParen, begin, at_);
      return true;
    case ')':
      --bracket_depth_;
      ++at_;
      Emit(Tok::kCloseParen, begin, at_);
      return true;
    case '[':
      ++bracket_depth_;
      ++at_;
      Emit(Tok::kOpenBracket, begin, at_);
      return true;
    case ']':
      --bracket_depth_;
      ++at_;
      Emit(Tok::kCloseBracket, begin, at_);
      return true;
    case '{':
      ++at_;
      braces_.push_back(kGroup);
      Emit(Tok::kOpenGroup, begin, at_);
      return true;
    case '}': {
      if (braces_.empty()) return Fail("a } that closes nothing");
      const uint8_t brace = braces_.back();
      braces_.pop_back();
      ++at_;
      if (brace == kTransparentText || brace == kTextGroup) --upright_depth_;
      if (brace == kTransparentBold) --bold_depth_;
      if (brace == kGroup || brace == kTextGroup) {
        Emit(Tok::kCloseGroup, begin, at_);
      } else {
        space_before_ = true;
      }
      return true;
    }
    default:
      return RelationSign(c);
  }
}

bool Lexer::RelationSign(char c) {
  struct Spelling {
    std::string_view text;
    Tok type;
    Relation relation;
  };
  static constexpr Spelling kSpellings[] = {
      {"<=>", Tok::kRelation, Relation::kIff},
      {"=/=", Tok::kRelation, Relation::kNotEqual},
      {"<->", Tok::kRelation, Relation::kIff},
      {"==>", Tok::kRelation, Relation::kImplies},
      {"=>", Tok::kRelation, Relation::kImplies},
      {"<=", Tok::kRelation, Relation::kLessEqual},
      {"=<", Tok::kRelation, Relation::kLessEqual},
      {">=", Tok::kRelation, Relation::kGreaterEqual},
      {"<>", Tok::kRelation, Relation::kNotEqual},
      {"==", Tok::kRelation, Relation::kEqual},
      {":=", Tok::kRelation, Relation::kEqual},
      {"=", Tok::kRelation, Relation::kEqual},
      {"<", Tok::kRelation, Relation::kLess},
      {">", Tok::kRelation, Relation::kGreater},
  };
  const size_t begin = at_;
  if (c == '!') {
    const bool factorial = Last() == Tok::kNumber && !space_before_;
    if (Peek(1) == '=' && !factorial) {
      at_ += 2;
      Emit(Tok::kRelation, begin, at_,
           static_cast<uint16_t>(Relation::kNotEqual));
      return true;
    }
    ++at_;
    Emit(Tok::kBang, begin, at_);
    return true;
  }
  for (const Spelling& spelling : kSpellings) {
    if (!StartsWith(spelling.text)) continue;
    at_ += spelling.text.size();
    Relation relation = spelling.relation;
    if (negate_relation_ && relation == Relation::kEqual) {
      relation = Relation::kNotEqual;
    }
    negate_relation_ = false;
    Emit(spelling.type, begin, at_, static_cast<uint16_t>(relation));
    return true;
  }
  if (c == ':') {
    ++at_;
    Emit(Tok::kColon, begin, at_);
    return true;
  }
  return Fail("a sign that means nothing here");
}

// An even number of dollar signs delimits formulas; of an odd number, one
// before a digit or after a number is the currency.
bool Lexer::CurrencyOrDelimiter() {
  const size_t begin = at_ - 1;
  if (!dollars_delimit_ && (IsDigit(Peek()) || Last() == Tok::kNumber)) {
    Emit(Tok::kCurrency, begin, at_, 0, "$");
    dollars_delimit_ = true;
    return true;
  }
  space_before_ = true;
  return true;
}

}  // namespace assay::math
