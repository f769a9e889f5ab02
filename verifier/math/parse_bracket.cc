#include "verifier/math/parser.h"

namespace assay::math {
namespace {

// What a token adds to the depth of brackets.
int BracketStep(Tok type) {
  switch (type) {
    case Tok::kOpenGroup:
    case Tok::kOpenParen:
    case Tok::kOpenSet:
    case Tok::kOpenBracket:
      return 1;
    case Tok::kCloseGroup:
    case Tok::kCloseParen:
    case Tok::kCloseSet:
    case Tok::kCloseBracket:
      return -1;
    default:
      return 0;
  }
}

}  // namespace

// Comma-separated statements up to a closing sign.
bool Parser::ParseCommaList(Nodes* items) {
  ++bracket_nesting_;
  while (true) {
    const Expr* item = ParseStatement();
    if (item == nullptr) return false;
    items->push_back(item);
    Tok kind;
    if (!AcceptSeparator(Until::kGroup, &kind)) break;
    // After a comma a bar opens an operand: {x, |y|}.
    if (Next() != Tok::kBar && AtItemsEnd(Until::kGroup)) break;
  }
  --bracket_nesting_;
  return true;
}

// Whether the group that begins here is a set builder: {x | x > 0}.
bool Parser::HoldsCondition() const {
  constexpr size_t kLookahead = 48;
  int depth = 0;
  size_t bars = 0;
  size_t first_mark = 0;
  bool relation = false;
  for (size_t i = at_; i < tokens_.size() && i < at_ + kLookahead; ++i) {
    const Token& token = tokens_[i];
    depth += BracketStep(token.type);
    if (depth < 0) return relation && first_mark > at_ && bars % 2 == 1;
    switch (token.type) {
      case Tok::kBar:
        if (token.detail != kBarEither) break;
        [[fallthrough]];
      case Tok::kMid:
      case Tok::kColon:
        if (depth != 0) break;
        if (bars++ == 0) first_mark = i;
        break;
      case Tok::kRelation:
        relation = relation || bars > 0;
        break;
      default:
        break;
    }
  }
  return false;
}

// Whether the bracket that was just opened holds one colon beside a sum: then
// it divides, as in (a : b - c).
bool Parser::HoldsOneColon() const {
  constexpr size_t kLookahead = 96;
  int depth = 0;
  size_t colons = 0;
  bool sum = false;
  for (size_t i = at_; i < tokens_.size() && i < at_ + kLookahead; ++i) {
    depth += BracketStep(tokens_[i].type);
    if (depth < 0) return colons == 1 && sum;
    switch (tokens_[i].type) {
      case Tok::kColon:
        if (depth == 0) ++colons;
        break;
      case Tok::kPlus:
      case Tok::kMinus:
        if (depth == 0 && i > at_) sum = true;
        break;
      case Tok::kRelation:
        return false;
      default:
        break;
    }
  }
  return false;
}

// { ... }: LaTeX's invisible brackets; with commas a set. {a \over b}.
const Expr* Parser::ParseGroup() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  Advance();
  Inside inside(this);
  if (Accept(Tok::kCloseGroup)) {
    // Empty: nothing, unless nothing else stands there.
    if (Next() == Tok::kEnd && begin == tokens_[0].begin) {
      return Make(Kind::kSet, begin, {});
    }
    return ParsePrimary();
  }
  scope_.stop_at_bar = HoldsCondition();
  ++bracket_nesting_;
  const Expr* e = ParseItems(Until::kGroup);
  --bracket_nesting_;
  if (e == nullptr) return nullptr;
  const Tok next = Next();
  if (scope_.stop_at_bar &&
      (next == Tok::kBar || next == Tok::kMid || next == Tok::kColon)) {
    return ParseSetBuilder(e, begin, Tok::kCloseGroup);
  }
  if (!Expect(Tok::kCloseGroup, "a }")) return nullptr;
  if (e->kind != Kind::kList) return e;
  Nodes items(e->children().begin(), e->children().end());
  return MakeAll(Kind::kSet, begin, items);
}

// (x), (a, b), (a, b], (1010)_2.
const Expr* Parser::ParseParen() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  Advance();
  Nodes items;
  Tok close;
  {
    Inside inside(this);
    scope_.colon_divides = HoldsOneColon();
    if (!ParseCommaList(&items)) return nullptr;
    close = Next();
    if (close != Tok::kCloseParen && close != Tok::kCloseBracket) {
      return Fail("a )");
    }
    Advance();
  }
  if (close == Tok::kCloseBracket) {
    if (items.size() != 2) return Fail("two ends of an interval");
    return MakeAll(Kind::kInterval, begin, items, 2);
  }
  if (items.size() > 1) return MakeAll(Kind::kTuple, begin, items);
  const Expr* inner = items[0];
  if (Next() == Tok::kUnderscore && inner->kind == Kind::kNumber &&
      inner->number->base == 10 && !inner->number->has_point) {
    const size_t group = Peek(1).type == Tok::kOpenGroup ? 1 : 0;
    const Token& base = Peek(1 + group);
    if (base.type == Tok::kNumber && base.number->digits.size() <= 2) {
      int value = 0;
      for (char c : base.number->digits) value = value * 10 + (c - '0');
      Number* copy = arena_->NewNumber();
      if (copy == nullptr) return Exhausted();
      *copy = *inner->number;
      copy->base = static_cast<uint8_t>(value);
      for (char c : copy->digits) {
        if (value < 2 || value > 36 || c - '0' >= value) {
          return Fail("digits of the base");
        }
      }
      at_ += 2 + 2 * group;
      return MakeNumber(begin, copy);
    }
  }
  return inner;
}

// [a, b], [a, b), [x], [[1, 2], [3, 4]], [1, 2, 3].
const Expr* Parser::ParseBracket() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  Advance();
  Nodes items;
  Tok close;
  {
    Inside inside(this);
    scope_.stop_at_open_bracket = true;
    if (Next() == Tok::kCloseBracket) return Fail("what the brackets hold");
    if (!ParseCommaList(&items)) return nullptr;
    close = Next();
    if (close != Tok::kCloseParen && close != Tok::kCloseBracket &&
        close != Tok::kOpenBracket) {
      return Fail("a ]");
    }
    Advance();
  }
  if (items.size() == 1) {
    if (close != Tok::kCloseBracket) return Fail("a ]");
    const Expr* inner = items[0];
    if (inner->kind != Kind::kMatrix || !inner->text.empty()) return inner;
    Expr* matrix = New(Kind::kMatrix, begin, inner->detail);
    if (matrix == nullptr) return nullptr;
    if (!arena_->SetChildren(matrix, inner->children_begin,
                             inner->children_count)) {
      return Exhausted();
    }
    matrix->text = "b";
    return matrix;
  }
  // Rows in brackets: a matrix, where all are as long.
  bool rows = close == Tok::kCloseBracket && items.size() >= 2;
  for (const Expr* e : items) {
    rows = rows &&
           ((e->kind == Kind::kInterval && e->detail == 3) ||
            (e->kind == Kind::kTuple && e->detail == 1)) &&
           e->children_count == items[0]->children_count;
  }
  if (rows) {
    Nodes cells;
    for (const Expr* e : items) {
      for (const Expr* cell : e->children()) cells.push_back(cell);
    }
    const Expr* matrix =
        MakeAll(Kind::kMatrix, begin, cells,
                static_cast<uint16_t>(items[0]->children_count));
    if (matrix != nullptr) const_cast<Expr*>(matrix)->text = "b";
    return matrix;
  }
  if (items.size() == 2) {  // [a, b], [a, b) or [a, b[
    return MakeAll(Kind::kInterval, begin, items,
                   close == Tok::kCloseBracket ? 3 : 1);
  }
  if (close != Tok::kCloseBracket) return Fail("a ]");
  return MakeAll(Kind::kTuple, begin, items, 1);
}

// ]a, b[ and ]a, b].
const Expr* Parser::ParseReversedInterval() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  Advance();
  Inside inside(this);
  scope_.stop_at_open_bracket = true;
  ++bracket_nesting_;
  const Expr* low = ParseSum();
  if (low == nullptr) return nullptr;
  Tok kind;
  if (!AcceptSeparator(Until::kGroup, &kind)) return Fail("a comma");
  const Expr* high = ParseSum();
  if (high == nullptr) return nullptr;
  --bracket_nesting_;
  const bool closed = Next() == Tok::kCloseBracket;
  if (!closed && Next() != Tok::kOpenBracket) return Fail("a [");
  Advance();
  return Make(Kind::kInterval, begin, {low, high}, closed ? 2 : 0);
}

// \{1, 2\}, \{x \mid x > 0\}, \{\}.
const Expr* Parser::ParseSet() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  Advance();
  Inside inside(this);
  if (Accept(Tok::kCloseSet)) return Make(Kind::kSet, begin, {});
  scope_.stop_at_bar = true;
  ++bracket_nesting_;
  Nodes items;
  if (!ParseCommaList(&items)) return nullptr;
  --bracket_nesting_;
  const Tok next = Next();
  if (next == Tok::kBar || next == Tok::kMid || next == Tok::kColon) {
    if (items.size() == 1)
      return ParseSetBuilder(items[0], begin, Tok::kCloseSet);
    const Expr* element = MakeAll(Kind::kTuple, begin, items);
    return element == nullptr ? nullptr
                              : ParseSetBuilder(element, begin, Tok::kCloseSet);
  }
  if (Next() == Tok::kNullClose && items.size() == 1) {
    Advance();
    return ParseSystem(items[0], begin);
  }
  if (!Expect(Tok::kCloseSet, "a \\}")) return nullptr;
  return MakeAll(Kind::kSet, begin, items);
}

const Expr* Parser::ParseSetBuilder(const Expr* element, uint32_t begin,
                                    Tok close) {
  Advance();
  scope_.stop_at_bar = false;
  Nodes parts = {element};
  ++bracket_nesting_;
  const Expr* condition = ParseItems(Until::kGroup);
  --bracket_nesting_;
  if (condition == nullptr) return nullptr;
  if (condition->kind == Kind::kList && condition->detail == 0) {
    for (const Expr* e : condition->children()) parts.push_back(e);
  } else {
    parts.push_back(condition);
  }
  if (!Expect(close, "a \\}")) return nullptr;
  return MakeAll(Kind::kSetBuilder, begin, parts);
}

// Whether the bar here closes an open one (else it opens one).
bool Parser::ClosesBar() const {
  const Token& bar = Peek();
  if (bar.detail != kBarEither) return bar.detail == kBarClose;
  if (scope_.bars == 0) return false;
  // |...|x|...: after a closing bar, an operand that is closed later on
  // opens a pair of its own.
  if (at_ == 0 || tokens_[at_ - 1].type != Tok::kBar) return true;
  int open = 0;
  int bars = 0;
  constexpr size_t kLookahead = 64;
  for (size_t i = at_; i < tokens_.size() && i < at_ + kLookahead; ++i) {
    const Tok t = tokens_[i].type;
    open += BracketStep(t);
    if (open < 0) break;
    if (t == Tok::kBar && open == 0) {
      ++bars;
    } else if (t == Tok::kComma && open == 0) {
      break;
    }
  }
  const Tok after = Peek(1).type;
  const bool operand_follows = after == Tok::kSymbol || after == Tok::kNumber ||
                               after == Tok::kConstant || after == Tok::kWord ||
                               after == Tok::kOpenGroup ||
                               after == Tok::kFraction || after == Tok::kSqrt ||
                               after == Tok::kFunction;
  return !(operand_follows && bars > scope_.bars);
}

// |x|, \|v\|.
const Expr* Parser::ParseBars() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const Token& bar = Peek();
  if (bar.detail == kBarClose) return Fail("an operand");
  const Tok type = bar.type;
  Advance();
  const bool norm = type == Tok::kNormBar;
  int& count = norm ? scope_.norm_bars : scope_.bars;
  const bool saved = scope_.stop_at_bar;
  scope_.stop_at_bar = false;
  ++count;
  ++bracket_nesting_;
  const Expr* inner = ParseUnion();
  if (inner == nullptr) return nullptr;
  --bracket_nesting_;
  --count;
  scope_.stop_at_bar = saved;
  if (!Expect(type, norm ? "a closing \\|" : "a closing |")) return nullptr;
  if (inner->kind == Kind::kMatrix && inner->text.empty()) {
    return Make(Kind::kFunction, bar.begin, {inner},
                static_cast<uint16_t>(Function::kDeterminant));
  }
  return Make(Kind::kFunction, bar.begin, {inner},
              static_cast<uint16_t>(norm ? Function::kNorm : Function::kAbs));
}

// <1, 2>, \langle 1, 2 \rangle.
const Expr* Parser::ParseAngle() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  const bool plain = Next() == Tok::kRelation;
  Advance();
  Inside inside(this);
  scope_.stop_at_greater = plain;
  Nodes items;
  if (!ParseCommaList(&items)) return nullptr;
  const bool closes =
      plain ? Next() == Tok::kRelation &&
                  Peek().detail == static_cast<uint16_t>(Relation::kGreater)
            : Next() == Tok::kCloseAngle;
  if (!closes) return Fail("a closing angle bracket");
  Advance();
  return MakeAll(Kind::kVector, begin, items);
}

const Expr* Parser::ParseDelimited(Tok close, Function function) {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const uint32_t begin = Peek().begin;
  Advance();
  Inside inside(this);
  ++bracket_nesting_;
  const Expr* inner = ParseUnion();
  --bracket_nesting_;
  if (inner == nullptr) return nullptr;
  if (!Expect(close, "the closing bracket")) return nullptr;
  return Make(Kind::kFunction, begin, {inner}, static_cast<uint16_t>(function));
}

}  // namespace assay::math
