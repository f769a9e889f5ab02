#include "verifier/math/names.h"
#include "verifier/math/parser.h"

namespace assay::math {
namespace {

bool IsPlainInteger(const Expr* e) {
  return e->kind == Kind::kNumber && !e->number->has_point &&
         e->number->exponent == 0 && e->number->base == 10 &&
         e->number->digits.size() <= 18;
}

bool IsProperFraction(const Expr* e) {
  if (e->kind != Kind::kDivide) return false;
  const Expr& n = e->child(0);
  const Expr& d = e->child(1);
  if (!IsPlainInteger(&n) || !IsPlainInteger(&d)) return false;
  std::string_view a = n.number->digits;
  std::string_view b = d.number->digits;
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// Degrees, or degrees and minutes.
bool IsAngle(const Expr* e) {
  const bool sum = e->kind == Kind::kAdd && e->children_count == 2;
  const Expr& first = sum ? e->child(0) : *e;
  return first.kind == Kind::kQuantity && first.child(1).text == "degree" &&
         (!sum || (e->child(1).kind == Kind::kQuantity &&
                   e->child(1).child(1).text == "arcmin"));
}

}  // namespace

const Expr* Parser::Product(uint32_t begin, const Nodes& factors) {
  return factors.size() == 1 ? factors[0]
                             : MakeAll(Kind::kMultiply, begin, factors);
}

const Expr* Parser::ParseSum() {
  const uint32_t begin = Peek().begin;
  const Expr* first = ParseTerm();
  if (first == nullptr) return nullptr;
  Tok next = Next();
  if (next != Tok::kPlus && next != Tok::kMinus && next != Tok::kPlusMinus) {
    return first;
  }
  Nodes terms = {first};
  while (true) {
    next = Next();
    const uint32_t sign_begin = Peek().begin;
    if (next == Tok::kPlus || next == Tok::kMinus) {
      Advance();
      const Expr* term = ParseTerm();
      if (term != nullptr && next == Tok::kMinus) {
        term = Make(Kind::kNegate, sign_begin, {term});
      }
      if (term == nullptr) return nullptr;
      terms.push_back(term);
    } else if (next == Tok::kPlusMinus) {
      const uint16_t detail = Peek().detail;
      Advance();
      const Expr* term = ParseTerm();
      if (term == nullptr) return nullptr;
      const Expr* left =
          terms.size() == 1 ? terms[0] : MakeAll(Kind::kAdd, begin, terms);
      if (left == nullptr) return nullptr;
      const Expr* e = Make(Kind::kPlusMinus, begin, {left, term}, detail);
      if (e == nullptr) return nullptr;
      terms.assign(1, e);
    } else {
      break;
    }
  }
  if (terms.size() == 1) return terms[0];
  // A unit after a sum belongs to the whole sum.
  const bool minus = terms.back()->kind == Kind::kNegate;
  const Expr* last = minus ? &terms.back()->child(0) : terms.back();
  bool one_unit = last->kind == Kind::kQuantity &&
                  last->child(1).text != "degree" && at_ > 0 &&
                  tokens_[at_ - 1].type != Tok::kCloseParen;
  for (size_t i = 0; i + 1 < terms.size(); ++i) {
    const Expr* e =
        terms[i]->kind == Kind::kNegate ? &terms[i]->child(0) : terms[i];
    one_unit = one_unit && e->kind != Kind::kQuantity;
  }
  if (!one_unit) return MakeAll(Kind::kAdd, begin, terms);
  const Expr* value = &last->child(0);
  if (minus) value = Make(Kind::kNegate, begin, {value});
  if (value == nullptr) return nullptr;
  terms.back() = value;
  const Expr* sum = MakeAll(Kind::kAdd, begin, terms);
  return sum == nullptr ? nullptr
                        : Make(Kind::kQuantity, begin, {sum, &last->child(1)});
}

// Whether the next token may begin a factor without an operator before it.
bool Parser::StartsOperand() const {
  const Token& token = Peek();
  switch (token.type) {
    case Tok::kNumber:
    case Tok::kSymbol:
    case Tok::kConstant:
    case Tok::kNamedSet:
    case Tok::kFunction:
    case Tok::kEllipsis:
    case Tok::kFraction:
    case Tok::kSqrt:
    case Tok::kBinomial:
    case Tok::kAccent:
    case Tok::kSum:
    case Tok::kIntegral:
    case Tok::kLimit:
    case Tok::kBegin:
    case Tok::kPartial:
    case Tok::kOpenGroup:
    case Tok::kOpenSet:
    case Tok::kOpenAngle:
    case Tok::kOpenFloor:
    case Tok::kOpenCeil:
      return true;
    case Tok::kOpenParen:
      return Peek(1).type != Tok::kMod;
    case Tok::kOpenBracket:
      return !scope_.stop_at_open_bracket;
    case Tok::kWord:
      return token.detail > 0;
    case Tok::kBar:
      return !ClosesBar() && !scope_.stop_at_bar;
    case Tok::kNormBar:
      return token.detail == kBarOpen ||
             (token.detail == kBarEither && scope_.norm_bars == 0);
    default:
      return false;
  }
}

// A sign before a term stands for the whole of it: -2x is -(2x).
const Expr* Parser::ParseTerm() {
  const uint32_t begin = Peek().begin;
  const Tok sign = Next();
  if (sign == Tok::kPlus || sign == Tok::kMinus || sign == Tok::kPlusMinus) {
    Nest nest(this);
    if (nest.TooDeep()) return Exhausted();
    const uint16_t detail = Peek().detail;
    Advance();
    const Expr* term = ParseTerm();
    if (term == nullptr || sign == Tok::kPlus) return term;
    return sign == Tok::kPlusMinus
               ? Make(Kind::kPlusMinus, begin, {term}, detail)
               : Make(Kind::kNegate, begin, {term});
  }
  const Expr* first = ParseUnary();
  if (first == nullptr) return nullptr;
  Nodes factors = {first};
  bool more = true;
  while (more) {
    if (!ContinueTerm(&factors, begin, &more)) return nullptr;
  }
  return Product(begin, factors);
}

// Makes the product so far the one factor, as `kind` of itself and `other`.
bool Parser::Wrap(Kind kind, uint32_t begin, const Expr* other, Nodes* factors,
                  uint16_t detail) {
  const Expr* left = Product(begin, *factors);
  if (left == nullptr) return false;
  left = other == nullptr ? Make(kind, begin, {left}, detail)
                          : Make(kind, begin, {left, other}, detail);
  if (left == nullptr) return false;
  factors->assign(1, left);
  return true;
}

// Takes one more factor, divisor, percent sign or unit; false after Fail.
bool Parser::ContinueTerm(Nodes* factors, uint32_t begin, bool* more) {
  const Token& token = Peek();
  switch (token.type) {
    case Tok::kColon:
      if (!scope_.colon_divides) break;
      [[fallthrough]];
    case Tok::kTimes:
    case Tok::kSlash: {
      Advance();
      const bool floors = token.type == Tok::kSlash && Accept(Tok::kSlash);
      const Expr* next = ParseUnary();
      if (next == nullptr) return false;
      if (floors) {  // 17 // 5
        return Wrap(Kind::kDivide, begin, next, factors, 0) &&
               Wrap(Kind::kFunction, begin, nullptr, factors,
                    static_cast<uint16_t>(Function::kFloor));
      }
      const bool cross = token.type == Tok::kTimes && token.detail == 1 &&
                         factors->size() == 1 &&
                         factors->back()->kind == Kind::kVector &&
                         next->kind == Kind::kVector;
      if (cross) {
        return Wrap(Kind::kFunction, begin, next, factors,
                    static_cast<uint16_t>(Function::kCross));
      }
      if (token.type != Tok::kTimes) {
        return Wrap(Kind::kDivide, begin, next, factors, 0);
      }
      factors->push_back(next);
      return true;
    }
    case Tok::kPercent:
      Advance();
      if (!token.Has(kFromCommand) && token.detail == 0 &&
          (Next() == Tok::kNumber ||
           Next() == Tok::kOpenParen)) {  // 17 % 5, as in Python.
        const Expr* divisor = ParseUnary();
        return divisor != nullptr &&
               Wrap(Kind::kModulo, begin, divisor, factors, 0);
      }
      return Wrap(Kind::kPercent, begin, nullptr, factors, token.detail);
    case Tok::kScaleWord: {
      const Expr* scale = MakeNumber(token.begin, token.number);
      if (scale == nullptr) return false;
      Advance();
      const Expr* last = factors->back();
      if (last->kind != Kind::kQuantity) {
        factors->push_back(scale);
        return true;
      }
      // $5 million: the value is scaled.
      scale = Make(Kind::kMultiply, begin, {&last->child(0), scale});
      if (scale == nullptr) return false;
      factors->back() = Make(Kind::kQuantity, begin, {scale, &last->child(1)});
      return factors->back() != nullptr;
    }
    default:
      break;
  }
  if (token.type == Tok::kWord && token.text == "choose") {
    Advance();
    const Expr* k = ParseUnary();
    return k != nullptr && Wrap(Kind::kFunction, begin, k, factors,
                                static_cast<uint16_t>(Function::kBinomial));
  }
  // "50% of x", "half of 10".
  if (token.type == Tok::kWord && token.text == "of" &&
      (factors->back()->kind == Kind::kPercent ||
       factors->back()->kind == Kind::kDivide)) {
    const Tok next = tokens_[AfterWord(at_)].type;
    if (next == Tok::kNumber || next == Tok::kSymbol ||
        next == Tok::kOpenParen) {
      at_ = AfterWord(at_);
      const Expr* whole = ParseUnary();
      if (whole == nullptr) return false;
      factors->push_back(whole);
      return true;
    }
  }
  if (const Expr* power = ParsePowerWord(factors->back())) {
    factors->back() = power;
    return true;
  }
  // "3 out of 5"
  if (token.type == Tok::kWord && token.text == "out" &&
      tokens_[AfterWord(at_)].text == "of" &&
      factors->back()->kind == Kind::kNumber) {
    const size_t whole_at = AfterWord(AfterWord(at_));
    if (tokens_[whole_at].type == Tok::kNumber) {
      at_ = whole_at;
      const Expr* whole = ParseNumber();
      return whole != nullptr && Wrap(Kind::kDivide, begin, whole, factors, 0);
    }
  }
  if (AtUnit(factors->back())) {
    const Expr* unit = ParseUnit();
    return unit != nullptr && Wrap(Kind::kQuantity, begin, unit, factors, 0);
  }
  if (AtInnerDifferential()) {
    inner_differential_ = Differential();
    return inner_differential_ != nullptr;
  }
  if (!StartsOperand() || AtDifferential()) {
    *more = false;
    return true;
  }
  return Juxtapose(factors);
}

// A factor without an operator before it, or the fraction of a mixed number.
bool Parser::Juxtapose(Nodes* factors) {
  const Expr* last = factors->back();
  const Tok type = Next();
  if (last->kind == Kind::kText) {
    Fail("mathematics, not words beside it");
    return false;
  }
  if (type == Tok::kNumber && EndsInUnit(*last)) return AddQuantity(factors);
  if (type == Tok::kNumber || type == Tok::kFraction) {
    if (factors->size() == 1 || IsPlainInteger(last)) {
      const Expr* mixed = MixedNumber(last);
      if (error_ != nullptr) return false;
      if (mixed != nullptr) {
        factors->back() = mixed;
        return true;
      }
    }
    if (type == Tok::kNumber && last->kind == Kind::kNumber) {
      Fail("an operator between two numbers");
      return false;
    }
  }
  const Expr* next = ParsePower();
  if (next == nullptr) return false;
  if (next->kind == Kind::kText) {
    Fail("mathematics, not words beside it");
    return false;
  }
  factors->push_back(next);
  return true;
}

// 1\frac{1}{2}, 1 1/2, 60^\circ 42'. Null without an error: none of these.
const Expr* Parser::MixedNumber(const Expr* whole) {
  const bool negative = whole->kind == Kind::kNegate;
  const Expr* value = negative ? &whole->child(0) : whole;
  const uint32_t begin = Peek().begin;
  const size_t start = at_;
  const Expr* mixed = nullptr;
  if (Next() == Tok::kNumber && IsAngle(value)) {
    mixed = AddMinutes(value);
    if (mixed == nullptr) {
      if (error_ == nullptr) at_ = start;
      return nullptr;
    }
  } else if (IsPlainInteger(value) &&
             (Next() == Tok::kFraction ||
              (Next() == Tok::kNumber && Peek(1).type == Tok::kSlash &&
               Peek(2).type == Tok::kNumber))) {
    const Expr* fraction = nullptr;
    if (Next() == Tok::kFraction) {
      fraction = ParseFraction();
    } else {
      const Expr* numerator = ParseNumber();
      Advance();
      const Expr* denominator = ParseNumber();
      if (numerator == nullptr || denominator == nullptr) return nullptr;
      fraction = Make(Kind::kDivide, begin, {numerator, denominator});
    }
    if (fraction == nullptr) return nullptr;
    const Tok after = Next();
    if (!IsProperFraction(fraction) || after == Tok::kCaret ||
        after == Tok::kBang) {
      at_ = start;
      return nullptr;
    }
    mixed = Make(Kind::kAdd, begin, {value, fraction}, 1);
  }
  if (mixed == nullptr || !negative) return mixed;
  return Make(Kind::kNegate, begin, {mixed});
}

// "USD 5", "Rs. 100": the currency, where a number follows.
std::string_view Parser::CurrencyWord() const {
  const Token& token = Peek();
  if (token.type != Tok::kWord) return {};
  size_t next = AfterWord(at_);
  if (tokens_[next].type == Tok::kPeriod) ++next;
  const bool us = token.text == "US" && tokens_[next].type == Tok::kCurrency;
  if (next >= tokens_.size() || (tokens_[next].type != Tok::kNumber && !us)) {
    return {};
  }
  if (us) return "$";
  if (token.text == "Rs") return "INR";
  for (std::string_view code :
       {"USD", "EUR", "GBP", "INR", "CNY", "JPY", "RUB", "RMB"}) {
    if (token.text == code) return CanonicalUnit(code);
  }
  return {};
}

const Expr* Parser::ParseUnary() {
  const Tok next = Next();
  if (next != Tok::kPlus && next != Tok::kMinus && next != Tok::kPlusMinus) {
    const std::string_view code = CurrencyWord();
    if (next != Tok::kCurrency && code.empty()) return ParsePower();
    const uint32_t begin = Peek().begin;
    const std::string_view currency = code.empty() ? Peek().text : code;
    at_ = AfterWord(at_);
    if (!code.empty()) Accept(Tok::kPeriod);
    if (!code.empty()) Accept(Tok::kCurrency);
    const Expr* value = ParsePower();
    if (value == nullptr) return nullptr;
    const Expr* unit = MakeText(Kind::kUnit, begin, currency);
    if (unit == nullptr) return nullptr;
    if (Next() == Tok::kFraction || Next() == Tok::kNumber) {
      const Expr* mixed = MixedNumber(value);
      if (error_ != nullptr) return nullptr;
      if (mixed != nullptr) value = mixed;
    }
    if (Next() == Tok::kWord && Peek().text == "per") {
      unit = ParseUnit(currency);
      if (unit == nullptr) return nullptr;
    }
    return Make(Kind::kQuantity, begin, {value, unit});
  }
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  const uint16_t detail = Peek().detail;
  Advance();
  const Expr* e = ParseUnary();
  if (e == nullptr || next == Tok::kPlus) return e;
  if (next == Tok::kPlusMinus) {
    return Make(Kind::kPlusMinus, begin, {e}, detail);
  }
  return Make(Kind::kNegate, begin, {e});
}

const Expr* Parser::ParsePower() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  const Expr* base = ParsePrimary();
  if (base == nullptr) return nullptr;
  if (const Expr* count = ParseCompactCount(base)) base = count;
  return error_ != nullptr ? nullptr : ParsePostfix(base, begin);
}

const Expr* Parser::ParsePostfix(const Expr* base, uint32_t begin) {
  while (base != nullptr) {
    switch (Next()) {
      case Tok::kCaret:
        base = ParseExponent(base, begin);
        break;
      case Tok::kBang: {
        uint16_t count = 0;
        while (Next() == Tok::kBang && count < 100) {
          Advance();
          ++count;
        }
        base = Make(Kind::kFactorial, begin, {base}, count);
        break;
      }
      case Tok::kDegree: {
        Advance();
        const Expr* unit = MakeText(Kind::kUnit, begin, DegreeUnit());
        if (unit == nullptr) return nullptr;
        base = Make(Kind::kQuantity, begin, {base, unit});
        break;
      }
      case Tok::kPrime:
        if (base->kind != Kind::kNumber) return base;
        return FeetAndInches(base, begin);
      default:
        return base;
    }
  }
  return base;
}

// After the sign of degrees: "C" and "F" make it a temperature.
std::string_view Parser::DegreeUnit() {
  const Token& token = Peek();
  if (!token.Has(kLetters)) return "degree";
  const size_t next = AfterWord(at_);
  const Tok after = tokens_[next].type;
  const bool ends = after == Tok::kEnd || after == Tok::kComma ||
                    after == Tok::kPeriod || after == Tok::kAndWord;
  const bool celsius = token.text == "C" || token.text == "Celsius";
  const bool fahrenheit = token.text == "F" || token.text == "Fahrenheit";
  if (!ends || (!celsius && !fahrenheit)) return "degree";
  at_ = next;
  return celsius ? "degC" : "degF";
}

// After a base: ^{...}, ^x, ^-1, **2, ^\circ, ^{th}.
const Expr* Parser::ParseExponent(const Expr* base, uint32_t begin) {
  Advance();
  const bool group = Next() == Tok::kOpenGroup;
  const size_t inner = at_ + (group ? 1 : 0);
  const Token& first = tokens_[inner];
  if (group && inner + 1 < tokens_.size() &&
      tokens_[inner + (first.type == Tok::kWord ? 1 + first.detail : 1)].type ==
          Tok::kCloseGroup) {
    if (first.type == Tok::kWord && base->kind == Kind::kNumber &&
        (first.text == "th" || first.text == "st" || first.text == "nd" ||
         first.text == "rd")) {
      at_ = AfterWord(inner) + 1;
      const Expr* unit = MakeText(Kind::kUnit, begin, "ordinal");
      return unit == nullptr ? nullptr
                             : Make(Kind::kQuantity, begin, {base, unit});
    }
  }
  if (first.type == Tok::kDegree) {
    at_ = inner + 1;
    if (group && !Expect(Tok::kCloseGroup, "a }")) return nullptr;
    const Expr* unit = MakeText(Kind::kUnit, begin, DegreeUnit());
    return unit == nullptr ? nullptr
                           : Make(Kind::kQuantity, begin, {base, unit});
  }
  const Expr* exponent = nullptr;
  if (group) {
    exponent = ParseArgument();
  } else {
    const uint32_t sign_begin = Peek().begin;
    int minuses = 0;
    while (Next() == Tok::kMinus || Next() == Tok::kPlus) {
      minuses += Next() == Tok::kMinus;
      Advance();
    }
    Nest nest(this);
    if (nest.TooDeep()) return Exhausted();
    exponent = ParsePrimary();
    if (exponent != nullptr && Next() == Tok::kCaret) {
      exponent = ParseExponent(exponent, sign_begin);
    }
    if (exponent != nullptr && minuses % 2 == 1) {
      exponent = Make(Kind::kNegate, sign_begin, {exponent});
    }
  }
  return exponent == nullptr ? nullptr : ApplyExponent(base, exponent, begin);
}

const Expr* Parser::ApplyExponent(const Expr* base, const Expr* exponent,
                                  uint32_t begin) {
  const bool vector = base->kind == Kind::kMatrix ||
                      base->kind == Kind::kTuple ||
                      base->kind == Kind::kVector ||
                      (base->kind == Kind::kInterval && base->detail == 3);
  if (vector &&
      (exponent->kind == Kind::kSymbol || exponent->kind == Kind::kText) &&
      (exponent->text == "T" || exponent->text == "top" ||
       exponent->text == "t")) {
    return Make(Kind::kFunction, begin, {base},
                static_cast<uint16_t>(Function::kTranspose));
  }
  if (exponent->kind == Kind::kList || exponent->kind == Kind::kText) {
    return Fail("one exponent");
  }
  return Make(Kind::kPower, begin, {base, exponent});
}

}  // namespace assay::math
