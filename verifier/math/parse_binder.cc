#include "verifier/math/parser.h"

namespace assay::math {
namespace {

// The name of a one-letter variable that the lexer may take for a constant.
bool IsVariable(const Token& token) {
  return token.type == Tok::kSymbol ||
         (token.type == Tok::kConstant && token.text == "i");
}

}  // namespace

// \sum_{k=1}^{n}, \prod_{k}, \sum^{n}_{k=1}: any part may be absent.
bool Parser::ParseBounds(const Expr** variable, const Expr** low,
                         const Expr** high) {
  while (Next() == Tok::kUnderscore || Next() == Tok::kCaret) {
    const bool lower = Next() == Tok::kUnderscore;
    Advance();
    if (!lower) {
      *high = ParseBound();
      if (*high == nullptr) return false;
      continue;
    }
    const bool group = Accept(Tok::kOpenGroup);
    if (variable != nullptr) {
      if (Next() == Tok::kWord) Advance();
      if (!IsVariable(Peek())) {
        Fail("a variable");
        return false;
      }
      if (Peek().text == "i") {
        *variable = MakeText(Kind::kSymbol, Peek().begin, "i");
        Advance();
      } else {
        *variable = ParseSymbol();
      }
      if (*variable == nullptr) return false;
      if (group && Next() == Tok::kRelation) {
        const Relation relation = static_cast<Relation>(Peek().detail);
        if (relation != Relation::kEqual &&
            relation != Relation::kGreaterEqual) {
          Fail("a lower bound");
          return false;
        }
        Advance();
        Inside inside(this);
        *low = ParseSum();
        if (*low == nullptr) return false;
      }
    } else {
      Inside inside(this);
      *low = group ? ParseSum() : ParseBound();
      if (*low == nullptr) return false;
    }
    if (group && !Expect(Tok::kCloseGroup, "a }")) return false;
  }
  return true;
}

const Expr* Parser::ParseBigSum() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const Token& token = Peek();
  Advance();
  const Expr* variable = nullptr;
  const Expr* low = nullptr;
  const Expr* high = nullptr;
  if (!ParseBounds(&variable, &low, &high)) return nullptr;
  if (variable == nullptr) return Fail("the variable of a sum");
  const bool bound_i = variable->text == "i";
  bound_i_ += bound_i;
  const Expr* body = ParseTerm();
  bound_i_ -= bound_i;
  if (body == nullptr) return nullptr;
  return Make(token.detail == 1 ? Kind::kProduct : Kind::kSum, token.begin,
              {variable, low, high, body});
}

// The index of the variable after a differential "d" at token i, 0 if none.
size_t Parser::DifferentialAt(size_t i) const {
  const size_t last = tokens_.size() - 1;
  if (i > last) return 0;
  // "dx" is a word with its letters after it.
  if (tokens_[i].type == Tok::kWord && tokens_[i].detail == 2 &&
      tokens_[i].text[0] == 'd') {
    return i + 2;
  }
  if (tokens_[i].type == Tok::kPartial ||
      (tokens_[i].type == Tok::kSymbol && tokens_[i].text == "d")) {
    if (i + 1 > last) return 0;
    const Token& next = tokens_[i + 1];
    if (IsVariable(next)) return i + 1;
  }
  return 0;
}

bool Parser::AtDifferential() const {
  return integral_nesting_ >= 0 && DifferentialAt(at_) != 0 &&
         tokens_[at_].type != Tok::kPartial;
}

// Consumes "dx" and gives its variable.
const Expr* Parser::Differential() {
  const size_t i = DifferentialAt(at_);
  if (i == 0) return Fail("a differential");
  at_ = i;
  if (Peek().text == "i") {
    const Expr* e = MakeText(Kind::kSymbol, Peek().begin, "i");
    Advance();
    return e;
  }
  return ParseSymbol();
}

// \int_a^b f dx, \int \frac{dx}{x}, \int dx.
const Expr* Parser::ParseIntegral() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  Advance();
  const Expr* low = nullptr;
  const Expr* high = nullptr;
  if (!ParseBounds(nullptr, &low, &high)) return nullptr;
  const int saved = integral_nesting_;
  const Expr* saved_inner = inner_differential_;
  integral_nesting_ = bracket_nesting_;
  inner_differential_ = nullptr;
  const Expr* body =
      AtDifferential() ? MakeInteger(Peek().begin, "1") : ParseSum();
  if (body == nullptr) return nullptr;
  const Expr* variable = inner_differential_;
  integral_nesting_ = saved;
  inner_differential_ = saved_inner;
  if (variable == nullptr) variable = Differential();
  if (variable == nullptr) return nullptr;
  return Make(Kind::kIntegral, begin, {variable, low, high, body});
}

// \lim_{x \to 0^+} f.
const Expr* Parser::ParseLimit() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  Advance();
  if (!Expect(Tok::kUnderscore, "where the limit is taken") ||
      !Expect(Tok::kOpenGroup, "where the limit is taken")) {
    return nullptr;
  }
  if (Next() == Tok::kWord) Advance();
  const Expr* variable = ParseSymbol();
  if (variable == nullptr) return nullptr;
  if (!Expect(Tok::kTo, "\\to")) return nullptr;
  uint16_t side = 0;
  const Expr* point = nullptr;
  {
    Inside inside(this);
    // 0^+ and 0^-: the sign ends the group.
    size_t end = at_;
    while (tokens_[end].type != Tok::kCloseGroup &&
           tokens_[end].type != Tok::kEnd) {
      ++end;
    }
    const bool braced = tokens_[end].type == Tok::kCloseGroup &&
                        end + 1 < tokens_.size() &&
                        tokens_[end + 1].type == Tok::kCloseGroup;
    const Token& sign = tokens_[end == 0 ? 0 : end - 1];
    const Token& caret =
        tokens_[end < (braced ? 3u : 2u) ? 0 : end - (braced ? 3 : 2)];
    if (caret.type == Tok::kCaret &&
        (sign.type == Tok::kPlus || sign.type == Tok::kMinus)) {
      side = sign.type == Tok::kPlus ? 1 : 2;
      const bool minus = Accept(Tok::kMinus);
      point = ParsePrimary();
      if (point != nullptr && minus) {
        point = Make(Kind::kNegate, begin, {point});
      }
      if (point == nullptr) return nullptr;
      at_ = end + (braced ? 1 : 0);
    } else {
      point = ParseSum();
    }
  }
  if (point == nullptr) return nullptr;
  if (!Expect(Tok::kCloseGroup, "a }")) return nullptr;
  const Expr* body = ParseTerm();
  if (body == nullptr) return nullptr;
  return Make(Kind::kLimit, begin, {variable, point, body}, side);
}

// \frac{dy}{dx}, \frac{d}{dx} f, \frac{d^2 y}{dx^2}, with \partial too. Sets
// *matched where the \frac here is a derivative.
const Expr* Parser::ParseDerivative(bool* matched) {
  if (Peek(1).type != Tok::kOpenGroup || integral_nesting_ >= 0) {
    return nullptr;
  }
  const uint32_t begin = Peek().begin;
  const size_t start = at_;
  size_t i = at_ + 2;
  uint16_t order = 1;
  const bool word = tokens_[i].type == Tok::kWord;
  if (word && (tokens_[i].detail != 2 || tokens_[i].text[0] != 'd')) {
    return nullptr;
  }
  if (!word && tokens_[i].type != Tok::kPartial &&
      !(tokens_[i].type == Tok::kSymbol && tokens_[i].text == "d")) {
    return nullptr;
  }
  i += word ? 2 : 1;
  const auto skip_order = [&](size_t at) {
    if (tokens_[at].type != Tok::kCaret) return at;
    ++at;
    const bool group = tokens_[at].type == Tok::kOpenGroup;
    if (group) ++at;
    if (tokens_[at].type == Tok::kNumber &&
        tokens_[at].number->digits.size() == 1) {
      order = static_cast<uint16_t>(tokens_[at].number->digits[0] - '0');
      ++at;
    }
    return group ? at + 1 : at;
  };
  i = skip_order(i);
  size_t body_at = 0;
  if (tokens_[i].type != Tok::kCloseGroup) {
    if (!IsVariable(tokens_[i]) || tokens_[i + 1].type != Tok::kCloseGroup) {
      return nullptr;
    }
    body_at = i++;
  }
  if (tokens_[i + 1].type != Tok::kOpenGroup) return nullptr;
  const size_t variable_at = DifferentialAt(i + 2);
  if (variable_at == 0) return nullptr;
  const size_t close = skip_order(variable_at + 1);
  if (close >= tokens_.size() || tokens_[close].type != Tok::kCloseGroup) {
    return nullptr;
  }
  *matched = true;
  at_ = variable_at;
  const Expr* variable = MakeText(Kind::kSymbol, Peek().begin, Peek().text);
  const Expr* body = nullptr;
  if (body_at != 0) {
    body =
        MakeText(Kind::kSymbol, tokens_[body_at].begin, tokens_[body_at].text);
    at_ = close + 1;
  } else {
    at_ = close + 1;
    body = ParseTerm();
  }
  (void)start;
  if (variable == nullptr || body == nullptr) return nullptr;
  return Make(Kind::kDerivative, begin, {variable, body}, order);
}

}  // namespace assay::math
