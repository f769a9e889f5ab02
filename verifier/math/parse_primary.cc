#include "verifier/math/parser.h"

namespace assay::math {

const Expr* Parser::ParsePrimary() {
  const Token& token = Peek();
  // \int \frac{dx}{x}: the differential inside counts as one.
  if (AtInnerDifferential()) {
    inner_differential_ = Differential();
    return inner_differential_ == nullptr ? nullptr
                                          : MakeInteger(token.begin, "1");
  }
  if (AtPythonCall()) return ParsePythonCall();
  switch (token.type) {
    case Tok::kNumber:
      return ParseNumber();
    case Tok::kCaret:
    case Tok::kUnderscore:
      return ParsePrescript();
    case Tok::kNumberWord:
      return ParseNumberWords();
    case Tok::kSymbol:
    case Tok::kConstant:
      return ParseSymbol();
    case Tok::kWord:
      return ParseWord();
    case Tok::kNamedSet:
      return ParseNamedSet();
    case Tok::kFunction:
      return ParseFunction();
    case Tok::kBoolean:
      Advance();
      return New(Kind::kBoolean, token.begin, token.detail);
    case Tok::kEllipsis:
      Advance();
      return New(Kind::kEllipsis, token.begin);
    case Tok::kFraction:
      return ParseFraction();
    case Tok::kSqrt:
      return ParseRoot();
    case Tok::kBinomial:
      return ParseBinomial();
    case Tok::kAccent:
      return ParseAccent();
    case Tok::kSum:
      return ParseBigSum();
    case Tok::kIntegral:
      return ParseIntegral();
    case Tok::kLimit:
      return ParseLimit();
    case Tok::kBegin:
      return ParseEnvironment();
    case Tok::kOpenGroup:
      return ParseGroup();
    case Tok::kOpenParen:
      return ParseParen();
    case Tok::kOpenBracket:
      return ParseBracket();
    case Tok::kCloseBracket:
      return ParseReversedInterval();
    case Tok::kOpenSet:
      return ParseSet();
    case Tok::kOpenAngle:
      return ParseAngle();
    case Tok::kOpenFloor:
      return ParseDelimited(Tok::kCloseFloor, Function::kFloor);
    case Tok::kOpenCeil:
      return ParseDelimited(Tok::kCloseCeil, Function::kCeil);
    case Tok::kBar:
    case Tok::kNormBar:
      return ParseBars();
    case Tok::kRelation:
      if (token.detail == static_cast<uint16_t>(Relation::kLess)) {
        return ParseAngle();
      }
      return Fail("an operand");
    default:
      return Fail("an operand");
  }
}

const Expr* Parser::ParseNumber() {
  const Token& token = Peek();
  Advance();
  const Number* number = token.number;
  if (Next() != Tok::kUnderscore) return MakeNumber(token.begin, number);
  // 1010_2, 52_{8}, 1010_{two}: a base.
  const bool group = Peek(1).type == Tok::kOpenGroup;
  const Token& base = Peek(group ? 2 : 1);
  if ((base.type != Tok::kNumber && base.type != Tok::kNumberWord) ||
      base.number->digits.size() > 2 || base.number->has_point) {
    return Fail("a base");
  }
  at_ += group ? 3 : 2;
  if (group && !Expect(Tok::kCloseGroup, "a }")) return nullptr;
  int value = 0;
  for (char c : base.number->digits) value = value * 10 + (c - '0');
  if (value < 2 || value > 36) return Fail("a base from 2 to 36");
  for (char c : number->digits) {
    const int digit = c >= 'A' ? c - 'A' + 10 : c - '0';
    if (digit >= value) return Fail("digits of the base");
  }
  Number* copy = arena_->NewNumber();
  if (copy == nullptr) return Exhausted();
  *copy = *number;
  copy->base = static_cast<uint8_t>(value);
  return MakeNumber(token.begin, copy);
}

const Expr* Parser::ParseNumberWords() {
  const Token& token = Peek();
  Advance();
  return MakeNumber(token.begin, token.number);
}

// A subscript's text without spaces and braces: "1", "n+1", "max". At the
// underscore; false after Fail.
bool Parser::Subscript(std::string_view* text) {
  Advance();
  if (Next() != Tok::kOpenGroup) {
    const Token& token = Peek();
    switch (token.type) {
      case Tok::kNumber:
      case Tok::kSymbol:
      case Tok::kConstant:
      case Tok::kWord:
      case Tok::kFunction:
      case Tok::kNumberWord:
      case Tok::kTimes:
        break;
      default:
        Fail("a subscript");
        return false;
    }
    *text = token.text.empty()
                ? text_.substr(token.begin, token.end - token.begin)
                : token.text;
    at_ = AfterWord(at_);
    return true;
  }
  Advance();
  size_t end = at_;
  size_t bytes = 0;
  int depth = 0;
  for (; depth > 0 || tokens_[end].type != Tok::kCloseGroup;
       end = AfterWord(end)) {
    const Token& token = tokens_[end];
    if (token.type == Tok::kEnd) {
      Fail("a }");
      return false;
    }
    if (token.type == Tok::kOpenGroup) ++depth;
    if (token.type == Tok::kCloseGroup) --depth;
    bytes += token.end - token.begin + token.text.size();
  }
  char* out = arena_->AllocateBytes(bytes);
  if (out == nullptr) {
    Exhausted();
    return false;
  }
  size_t used = 0;
  for (; at_ < end; at_ = AfterWord(at_)) {
    const Token& token = tokens_[at_];
    std::string_view piece = token.text;
    if (piece.empty()) {
      piece = text_.substr(token.begin, token.end - token.begin);
    }
    for (char c : piece) {
      if (c != '\\' && c != ' ' && c != '{' && c != '}') out[used++] = c;
    }
  }
  Advance();
  *text = {out, used};
  return true;
}

// How many primes stand here: f', f'', f^{\prime\prime}. False after Fail.
bool Parser::Primes(size_t* primes) {
  while (true) {
    if (Next() == Tok::kPrime) {
      *primes += Peek().detail;
      Advance();
    } else if (Next() == Tok::kCaret && Peek(1).type == Tok::kPrime) {
      *primes += Peek(1).detail;
      at_ += 2;
    } else if (Next() == Tok::kCaret && Peek(1).type == Tok::kOpenGroup &&
               Peek(2).type == Tok::kPrime) {
      at_ += 2;
      while (Next() == Tok::kPrime) {
        *primes += Peek().detail;
        Advance();
      }
      if (!Expect(Tok::kCloseGroup, "a }")) return false;
    } else {
      return true;
    }
  }
}

// What a power makes of a function: the inverse f^{-1}(x), the iterate or the
// power of the value f^2(x), the derivatives f^{(4)}(x) and y^{(n)}. No tokens
// where the name stands for a number.
Parser::FunctionPower Parser::AtFunctionPower(std::string_view name) const {
  constexpr std::string_view kFunctions = "fgh", kDerived = "fghyuvwFG";
  if (name.size() != 1 || Next() != Tok::kCaret) return {};
  const bool applied = kFunctions.find(name) != kFunctions.npos;
  const bool group = Peek(1).type == Tok::kOpenGroup;
  if (group && Peek(2).type == Tok::kMinus && Peek(3).type == Tok::kNumber &&
      Peek(3).number->digits == "1" && Peek(4).type == Tok::kCloseGroup &&
      Peek(5).type == Tok::kOpenParen && applied) {
    return {"^{-1}", 5};
  }
  const Token& order = Peek(3);
  if (group && Peek(2).type == Tok::kOpenParen &&
      (order.type == Tok::kNumber || order.type == Tok::kSymbol) &&
      Peek(4).type == Tok::kCloseParen && Peek(5).type == Tok::kCloseGroup &&
      kDerived.find(name) != kDerived.npos) {
    if (order.type == Tok::kSymbol)
      return {arena_->Copy("^(" + std::string(order.text) + ")"), 6};
    constexpr std::string_view kPrimes = "'''";
    const std::string_view digits = order.number->digits;
    if (digits.size() == 1 && digits[0] >= '1' && digits[0] <= '3') {
      return {kPrimes.substr(0, static_cast<size_t>(digits[0] - '0')), 6};
    }
    return {arena_->Copy("^(" + std::string(digits) + ")"), 6};
  }
  const size_t at = group ? 2 : 1;
  const size_t after = group ? 4 : 2;
  if (applied && Peek(at).type == Tok::kNumber &&
      (!group || Peek(3).type == Tok::kCloseGroup) &&
      Peek(after).type == Tok::kOpenParen && !Peek(after).Has(kSpaceBefore)) {
    return {arena_->Copy("^" + std::string(Peek(at).number->digits)), after};
  }
  return {};
}

const Expr* Parser::ParseSymbol() {
  if (const Expr* count = ParseScriptedCount()) return count;
  if (error_ != nullptr) return nullptr;
  const Token& token = Peek();
  const uint32_t begin = token.begin;
  std::string_view name = token.text;
  const bool constant = token.type == Tok::kConstant;
  Advance();
  if (constant && Next() != Tok::kUnderscore && Next() != Tok::kPrime &&
      !(bound_i_ > 0 && name == "i")) {
    return New(Kind::kConstant, begin, token.detail);
  }
  if (name.empty()) name = "pi";
  std::string_view subscript;
  // x1 is x_1 where nothing stands between; A1 alone is a name of its own.
  const bool name_alone = name[0] >= 'A' && name[0] <= 'Z' && at_ == 1 &&
                          Next() == Tok::kNumber && Peek(1).type == Tok::kEnd;
  if (name_alone && Peek().begin == token.end) {
    Advance();
    return MakeText(Kind::kText, begin,
                    text_.substr(begin, PreviousEnd() - begin));
  }
  if (token.Has(kLetters) && Next() == Tok::kNumber &&
      !Peek().Has(kSpaceBefore) && !Peek().number->has_point &&
      Peek().number->digits.size() <= 2 && Peek().number->exponent == 0 &&
      Peek().begin == token.end && !AtBaseOfPower(token)) {
    subscript = Peek().number->digits;
    Advance();
  } else if (Next() == Tok::kUnderscore && !Subscript(&subscript)) {
    return nullptr;
  }
  size_t primes = 0;
  if (!Primes(&primes)) return nullptr;
  if (!subscript.empty() || primes > 0) {
    Pieces pieces;
    pieces.Add(name);
    if (!subscript.empty()) {
      pieces.Add(subscript.size() > 1 ? "_{" : "_");
      pieces.Add(subscript);
      if (subscript.size() > 1) pieces.Add("}");
    }
    for (size_t i = 0; i < primes; ++i) pieces.Add("'");
    name = pieces.Join(arena_);
    if (name.empty()) return Exhausted();
  }
  if (const FunctionPower power = AtFunctionPower(name); power.tokens > 0) {
    Pieces pieces;
    pieces.Add(name);
    pieces.Add(power.text);
    name = pieces.Join(arena_);
    if (name.empty()) return Exhausted();
    at_ += power.tokens;
  }
  const bool probability =
      name == "P" || name == "Pr" || name == "E" || name == "Var";
  if (name == "Pr") name = "P";
  const Expr* symbol =
      MakeText(Kind::kSymbol, begin, name, token.Has(kBold) ? 1 : 0);
  if (symbol == nullptr) return nullptr;
  if (probability && AtProbability()) return ParseProbability(symbol, begin);
  if (Next() == Tok::kOpenParen && IsApplied(token, name)) {
    return ParseApply(symbol, begin);
  }
  return symbol;
}

// \mathbb{R}, \mathbb{R}^+, \mathbb{N}^*, \mathbb{Z}_{>0}, \mathbb{N}_0.
const Expr* Parser::ParseNamedSet() {
  const Token& token = Peek();
  Advance();
  NamedSet set = static_cast<NamedSet>(token.detail);
  bool positive = false;
  bool nonnegative = false;
  bool starred = false;
  while (Next() == Tok::kCaret || Next() == Tok::kUnderscore) {
    const bool group = Peek(1).type == Tok::kOpenGroup;
    size_t i = at_ + (group ? 2 : 1);
    const Token& mark = tokens_[i < tokens_.size() ? i : tokens_.size() - 1];
    const bool relation = mark.type == Tok::kRelation;
    const Token& next = i + 1 < tokens_.size() ? tokens_[i + 1] : mark;
    if (mark.type == Tok::kPlus) {
      positive = true;
      ++i;
    } else if (mark.type == Tok::kTimes) {
      starred = true;
      ++i;
    } else if (mark.type == Tok::kNumber && mark.number->digits == "0") {
      nonnegative = true;
      ++i;
    } else if (relation && next.type == Tok::kNumber &&
               (next.number->digits == "0" || next.number->digits == "1")) {
      const bool strict =
          mark.detail == static_cast<uint16_t>(Relation::kGreater) ||
          next.number->digits == "1";
      (strict ? positive : nonnegative) = true;
      i += 2;
    } else {
      break;
    }
    at_ = i;
    if (group && !Expect(Tok::kCloseGroup, "a }")) return nullptr;
  }
  if (starred && set == NamedSet::kNaturals) positive = true;
  if (positive && (set == NamedSet::kIntegers || set == NamedSet::kNaturals)) {
    set = NamedSet::kPositiveIntegers;
  } else if (nonnegative && set == NamedSet::kIntegers) {
    set = NamedSet::kNaturals;
  } else if ((positive || nonnegative) && set == NamedSet::kReals) {
    const Expr* zero = MakeInteger(token.begin, "0");
    const Expr* infinity = New(Kind::kConstant, token.begin,
                               static_cast<uint16_t>(Constant::kInfinity));
    if (zero == nullptr || infinity == nullptr) return nullptr;
    return Make(Kind::kInterval, token.begin, {zero, infinity},
                positive ? 0 : 1);
  } else if (starred && set != NamedSet::kNaturals) {
    return Fail("a known set");
  }
  return New(Kind::kNamedSet, token.begin, static_cast<uint16_t>(set));
}

// An argument of a command: a group, or one token; one digit of a number.
const Expr* Parser::ParseArgument(bool lists) {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  if (Next() != Tok::kOpenGroup) return ParsePrimary();
  Advance();
  if (Next() == Tok::kNumber && Peek(1).type == Tok::kCloseGroup) {
    const Expr* e = ParseNumber();
    Advance();
    return e;
  }
  Inside inside(this);
  ++bracket_nesting_;
  ++argument_nesting_;
  const Expr* e = ParseItems(Until::kGroup);
  --argument_nesting_;
  --bracket_nesting_;
  if (e == nullptr) return nullptr;
  if (!Expect(Tok::kCloseGroup, "a }")) return nullptr;
  if (e->kind == Kind::kList && !lists) return Fail("one argument");
  return e;
}

// What stands at ^ or _ of a binder: a group, or one token without a script
// of its own.
const Expr* Parser::ParseBound() {
  const Token& token = Peek();
  if (token.type == Tok::kOpenGroup) return ParseArgument();
  if (token.type == Tok::kMinus) {
    Nest nest(this);
    if (nest.TooDeep()) return Exhausted();
    Advance();
    const Expr* e = ParseBound();
    return e == nullptr ? nullptr : Make(Kind::kNegate, token.begin, {e});
  }
  if (token.type == Tok::kSymbol) {
    Advance();
    return MakeText(Kind::kSymbol, token.begin, token.text);
  }
  if (token.type == Tok::kConstant) {
    Advance();
    return New(Kind::kConstant, token.begin, token.detail);
  }
  if (token.type == Tok::kNumber) {
    Advance();
    return MakeNumber(token.begin, token.number);
  }
  return ParsePrimary();
}

const Expr* Parser::ParseFraction() {
  const uint32_t begin = Peek().begin;
  bool derivative = false;
  const Expr* e = ParseDerivative(&derivative);
  if (derivative) return e;
  Advance();
  // \frac12, \frac1{72}, \frac{1}2: a bare number gives one digit.
  const Token& first = Peek();
  if (first.type == Tok::kNumber && !first.number->has_point &&
      first.end - first.begin == first.number->digits.size() &&
      first.number->digits.size() >= 2 && first.number->base == 10) {
    if (first.number->digits.size() != 2 && Peek(1).type != Tok::kOpenGroup) {
      return Fail("two arguments of \\frac");
    }
    Advance();
    const Expr* numerator =
        MakeInteger(begin, first.number->digits.substr(0, 1));
    const Expr* denominator =
        MakeInteger(begin, first.number->digits.substr(1));
    if (numerator == nullptr || denominator == nullptr) return nullptr;
    if (first.number->digits.size() != 2) {
      return Fail("two arguments of \\frac");
    }
    return Make(Kind::kDivide, begin, {numerator, denominator});
  }
  // \frac n2: one letter, which is not the name n2.
  auto argument = [this] {
    return Next() == Tok::kSymbol ? ParseBound() : ParseArgument();
  };
  const Expr* numerator = argument();
  if (numerator == nullptr) return nullptr;
  const Expr* denominator = argument();
  if (denominator == nullptr) return nullptr;
  return Make(Kind::kDivide, begin, {numerator, denominator});
}

// \sqrt{x}, \sqrt[3]{x}, \sqrt3, sqrt(x), cbrt(x), root(x, n).
const Expr* Parser::ParseRoot() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const Token& token = Peek();
  const uint32_t begin = token.begin;
  Advance();
  const Expr* index = nullptr;
  if (token.detail == 3) index = MakeInteger(begin, "3");
  if (!token.Has(kLetters) && Next() == Tok::kOpenBracket) {
    Advance();
    Inside inside(this);
    index = ParseSum();
    if (index == nullptr) return nullptr;
    if (!Expect(Tok::kCloseBracket, "a ]")) return nullptr;
  }
  const Expr* radicand = nullptr;
  if (Next() == Tok::kOpenParen) {
    Advance();
    Inside inside(this);
    Nodes items;
    if (!ParseCommaList(&items)) return nullptr;
    if (!Expect(Tok::kCloseParen, "a )")) return nullptr;
    if (items.size() == 2 && token.detail == 1) {
      index = items[1];
    } else if (items.size() != 1) {
      return Fail("one radicand");
    }
    radicand = items[0];
  } else {
    radicand = ParseArgument();
  }
  if (radicand == nullptr) return nullptr;
  if (index == nullptr) return Make(Kind::kRoot, begin, {radicand});
  return Make(Kind::kRoot, begin, {radicand, index});
}

const Expr* Parser::ParseBinomial() {
  const uint32_t begin = Peek().begin;
  Advance();
  // \binom52: one digit each.
  const Token& both = Peek();
  if (both.type == Tok::kNumber && both.end - both.begin == 2 &&
      both.number->digits.size() == 2 && !both.number->has_point) {
    Advance();
    const Expr* n = MakeInteger(begin, both.number->digits.substr(0, 1));
    const Expr* k = MakeInteger(begin, both.number->digits.substr(1));
    if (n == nullptr || k == nullptr) return nullptr;
    return Make(Kind::kFunction, begin, {n, k},
                static_cast<uint16_t>(Function::kBinomial));
  }
  const Expr* n = ParseArgument();
  if (n == nullptr) return nullptr;
  const Expr* k = ParseArgument();
  if (k == nullptr) return nullptr;
  return Make(Kind::kFunction, begin, {n, k},
              static_cast<uint16_t>(Function::kBinomial));
}

// Whether an event or a random variable in brackets follows.
bool Parser::AtProbability() const {
  if (Next() == Tok::kOpenBracket) return !scope_.stop_at_open_bracket;
  if (Next() != Tok::kOpenParen) return false;
  constexpr size_t kLookahead = 24;
  int depth = 0;
  for (size_t i = at_; i < tokens_.size() && i < at_ + kLookahead; ++i) {
    const Tok t = tokens_[i].type;
    if (t == Tok::kOpenParen) ++depth;
    if (t == Tok::kCloseParen && --depth == 0) break;
    if (depth == 1 && (t == Tok::kBar || t == Tok::kMid)) {
      // P(|X| > 1) has bars of its own.
      return t == Tok::kMid || i > at_ + 1;
    }
  }
  return false;
}

// \overline{3+4i}: the conjugate, where the group holds i. Null without an
// error where it does not.
const Expr* Parser::ParseConjugate() {
  if (Peek().text != "bar" || Peek(1).type != Tok::kOpenGroup) return nullptr;
  bool imaginary = false;
  size_t i = at_ + 2;
  for (; tokens_[i].type != Tok::kCloseGroup; ++i) {
    if (tokens_[i].type == Tok::kEnd || tokens_[i].type == Tok::kOpenGroup) {
      return nullptr;
    }
    imaginary =
        imaginary || (tokens_[i].type == Tok::kConstant &&
                      tokens_[i].detail == static_cast<uint16_t>(Constant::kI));
  }
  if (!imaginary) return nullptr;
  const uint32_t begin = Peek().begin;
  Advance();
  const Expr* e = ParseArgument();
  return e == nullptr ? nullptr
                      : Make(Kind::kFunction, begin, {e},
                             static_cast<uint16_t>(Function::kConjugate));
}

// \vec{a}, \overline{AB}: a symbol named after the accent and its argument.
const Expr* Parser::ParseAccent() {
  const Token& accent = Peek();
  if (accent.detail == 2) return ParseComplement();
  if (accent.detail != 0) return Fail("a plain accent");
  if (const Expr* conjugate = ParseConjugate()) return conjugate;
  if (error_ != nullptr) return nullptr;
  const bool group = Peek(1).type == Tok::kOpenGroup;
  if (accent.text == "under" && group && Peek(2).type == Tok::kNumber &&
      Peek(3).type == Tok::kCloseGroup) {
    Advance();  // A number is underlined for the eye alone.
    return ParseArgument();
  }
  std::string_view inner;
  if (!Subscript(&inner)) return nullptr;  // At the accent as at a "_".
  if (inner.empty() || (!group && inner.size() > 8)) {
    return Fail("an argument of the accent");
  }
  char* out = arena_->AllocateBytes(accent.text.size() + inner.size() + 2);
  if (out == nullptr) return Exhausted();
  size_t used = accent.text.copy(out, accent.text.size());
  out[used++] = '{';
  used += inner.copy(out + used, inner.size());
  out[used++] = '}';
  return MakeText(Kind::kSymbol, accent.begin, {out, used});
}

// A run of letters where an operand may stand: a product of its letters, the
// name of a function in upright letters, or words.
const Expr* Parser::ParseWord() {
  const Token& token = Peek();
  if (token.detail > 0) {
    Advance();
    return ParseSymbol();
  }
  if (token.Has(kUprightText) || Peek(1).type == Tok::kUnderscore) {
    const Tok after = Peek(1).type;
    if (after == Tok::kOpenParen || after == Tok::kUnderscore) {
      return ParseSymbol();
    }
  }
  Advance();
  return MakeText(Kind::kText, token.begin, token.text);
}

}  // namespace assay::math
