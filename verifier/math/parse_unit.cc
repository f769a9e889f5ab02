#include "verifier/math/names.h"
#include "verifier/math/parser.h"

namespace assay::math {
namespace {

constexpr size_t kUnitWordsMax = 4;

bool EndsUnit(Tok type) {
  switch (type) {
    case Tok::kEnd:
    case Tok::kComma:
    case Tok::kSemicolon:
    case Tok::kAndWord:
    case Tok::kOrWord:
    case Tok::kRelation:
    case Tok::kCaret:
    case Tok::kSlash:
    case Tok::kPlus:
    case Tok::kMinus:
    case Tok::kPeriod:
    case Tok::kCloseGroup:
    case Tok::kCloseParen:
    case Tok::kCloseBracket:
    case Tok::kColon:
    case Tok::kRowEnd:
      return true;
    default:
      return false;
  }
}

bool IsValue(const Expr* e) {
  return e->kind != Kind::kText && e->kind != Kind::kSet &&
         e->kind != Kind::kTuple && e->kind != Kind::kInterval &&
         e->kind != Kind::kQuantity && e->kind != Kind::kNamedSet;
}

}  // namespace

// Whether a unit, or words that count something, stand here after `value`.
bool Parser::AtUnit(const Expr* value) const {
  const Token& token = Peek();
  if (token.type == Tok::kCurrency) return IsValue(value);
  if (!token.Has(kLetters) || !IsValue(value)) return false;
  const Token& after =
      tokens_[AfterWord(at_) < tokens_.size() ? AfterWord(at_)
                                              : tokens_.size() - 1];
  if (token.type == Tok::kRelation) {  // "5 in"
    return token.text == "in" && value->kind != Kind::kSymbol &&
           EndsUnit(after.type);
  }
  if (token.type == Tok::kFunction) {  // "5 min", "5 sec"
    return !CanonicalUnit(token.text).empty() && EndsUnit(after.type) &&
           after.type != Tok::kCaret;
  }
  if (token.type == Tok::kSymbol) {
    return token.Has(kUprightText) && !CanonicalUnit(token.text).empty();
  }
  if (token.type != Tok::kWord) return false;
  if (token.detail == 0) {
    if (IsProseWord(token.text)) return false;
    // Letters are not counted in plain words: "D Alina".
    return value->kind != Kind::kSymbol || token.Has(kUprightText) ||
           !CanonicalUnit(token.text).empty();
  }
  return value->kind == Kind::kNumber && EndsUnit(after.type) &&
         !CanonicalUnit(token.text).empty();
}

const Expr* Parser::ParseUnit(const Expr* value, uint32_t begin) {
  const uint32_t unit_begin = Peek().begin;
  std::string_view pieces[3 * kUnitWordsMax + 4];
  size_t count = 0;
  size_t bytes = 0;
  const auto add = [&](std::string_view piece) {
    if (count < std::size(pieces)) {
      pieces[count++] = piece;
      bytes += piece.size();
    }
  };
  std::string_view power;
  bool after_operator = true;
  for (size_t words = 0; words < kUnitWordsMax;) {
    const Token& token = Peek();
    if (token.type == Tok::kCurrency) {
      add(token.text);
      Advance();
      after_operator = false;
      break;
    }
    if (!token.Has(kLetters)) break;
    if (token.type != Tok::kWord && token.type != Tok::kFunction &&
        token.type != Tok::kSymbol && token.type != Tok::kRelation) {
      break;
    }
    if (token.type == Tok::kRelation && words > 0) break;
    std::string_view word = token.text;
    if (IsProseWord(word) && word != "of") return Fail("a unit, not prose");
    at_ = AfterWord(at_);
    if (word == "square" || word == "sq") {
      power = "^2";
      if (Peek().Has(kLetters)) continue;
      power = {};
    } else if (word == "cubic" || word == "cu") {
      power = "^3";
      if (Peek().Has(kLetters)) continue;
      power = {};
    }
    if (word == "per" && count > 0) {
      add("/");
      after_operator = true;
      continue;
    }
    const std::string_view canonical = CanonicalUnit(word);
    if (!after_operator) add(" ");
    add(canonical.empty() ? word : canonical);
    if (!power.empty()) add(power);
    power = {};
    ++words;
    after_operator = false;
    if (Next() == Tok::kCaret) {
      const bool group = Peek(1).type == Tok::kOpenGroup;
      const Token& exponent = Peek(group ? 2 : 1);
      if (exponent.type == Tok::kNumber) {
        add("^");
        add(exponent.number->digits);
        at_ += group ? 3 : 2;
        if (group && !Expect(Tok::kCloseGroup, "a }")) return nullptr;
      }
    }
    const Tok next = Next();
    if ((next == Tok::kSlash || next == Tok::kTimes) && Peek(1).Has(kLetters)) {
      add(next == Tok::kSlash ? "/" : "*");
      after_operator = true;
      Advance();
    }
  }
  if (after_operator) return Fail("a unit");
  char* out = arena_->AllocateBytes(bytes);
  if (out == nullptr) return Exhausted();
  size_t used = 0;
  for (size_t i = 0; i < count; ++i) {
    used += pieces[i].copy(out + used, pieces[i].size());
  }
  const Expr* unit = MakeText(Kind::kUnit, unit_begin, {out, used});
  if (unit == nullptr) return nullptr;
  return Make(Kind::kQuantity, begin, {value, unit});
}

}  // namespace assay::math
