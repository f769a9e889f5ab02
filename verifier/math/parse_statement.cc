#include <optional>
#include <utility>

#include "verifier/math/names.h"
#include "verifier/math/parser.h"

namespace assay::math {
namespace {

bool IsOrdering(const Expr* e) {
  if (e->kind == Kind::kChain) return true;
  if (e->kind != Kind::kRelation) return false;
  const Relation r = static_cast<Relation>(e->detail);
  return r == Relation::kLess || r == Relation::kLessEqual ||
         r == Relation::kGreater || r == Relation::kGreaterEqual ||
         r == Relation::kNotEqual;
}

bool IsStatement(const Expr* e) {
  return e->kind == Kind::kRelation || e->kind == Kind::kChain ||
         e->kind == Kind::kAnd || e->kind == Kind::kOr;
}

// After a number nothing can belong to it here.
bool EndsItem(Tok type) {
  switch (type) {
    case Tok::kEnd:
    case Tok::kComma:
    case Tok::kSemicolon:
    case Tok::kCloseGroup:
    case Tok::kCloseSet:
    case Tok::kCloseParen:
    case Tok::kCloseBracket:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool Parser::AtItemsEnd(Until until) const {
  switch (Next()) {
    case Tok::kEnd:
    case Tok::kCloseGroup:
    case Tok::kCloseSet:
    case Tok::kCloseParen:
    case Tok::kCloseBracket:
      return true;
    case Tok::kAmpersand:
    case Tok::kEndEnvironment:
    case Tok::kOver:
    case Tok::kChoose:
    case Tok::kNullClose:
      return true;
    case Tok::kBar:
    case Tok::kMid:
    case Tok::kColon:
      return scope_.stop_at_bar;
    case Tok::kRowEnd:
      return until == Until::kCell;
    default:
      return false;
  }
}

// Accepts ",", ";", "and", "or", ", and", a condition word, a row's end.
bool Parser::AcceptSeparator(Until until, Tok* kind) {
  bool any = false;
  *kind = Tok::kComma;
  while (true) {
    const Tok next = Next();
    switch (next) {
      case Tok::kRowEnd:
        if (until == Until::kCell) return any;
        [[fallthrough]];
      case Tok::kSemicolon:
        *kind = Tok::kSemicolon;
        break;
      case Tok::kComma:
      case Tok::kCondition:
        break;
      case Tok::kAndWord:
      case Tok::kOrWord:
        *kind = next;
        break;
      case Tok::kPeriod:
        if (Peek(1).type != Tok::kEnd) return any;
        break;
      default:
        return any;
    }
    any = true;
    Advance();
  }
}

const Expr* Parser::ParseItems(Until until) {
  const uint32_t begin = Peek().begin;
  Nodes items;
  absl::InlinedVector<Tok, 8> separators;
  Tok kind;
  if (Next() == Tok::kCondition) AcceptSeparator(until, &kind);
  while (true) {
    const Expr* item = ParseStatement();
    if (item == nullptr) return nullptr;
    items.push_back(item);
    const bool more = AcceptSeparator(until, &kind);
    if (AtItemsEnd(until)) break;
    if (!more && (until != Until::kWhole || Next() != Tok::kForAll)) {
      return Fail("an operator or the end");
    }
    separators.push_back(kind);
  }
  const Expr* all =
      items.size() == 1 ? items[0] : CombineItems(begin, items, separators);
  if (Next() == Tok::kOver || Next() == Tok::kChoose) {
    all = ParseOver(all, begin);
  }
  if (all != nullptr && until == Until::kWhole && Next() != Tok::kEnd) {
    return Fail("no more brackets to close");
  }
  return all;
}

// a \over b, n \choose k: the whole of what the brackets hold.
const Expr* Parser::ParseOver(const Expr* first, uint32_t begin) {
  const bool over = Next() == Tok::kOver;
  Advance();
  const Expr* second = ParseSum();
  if (first == nullptr || second == nullptr) return nullptr;
  if (first->kind == Kind::kList) return Fail("one operand of \\over");
  return over ? Make(Kind::kDivide, begin, {first, second})
              : Make(Kind::kFunction, begin, {first, second},
                     static_cast<uint16_t>(Function::kBinomial));
}

// ";" splits before "," does; "or" too where its sides have as many items.
const Expr* Parser::CombineItems(
    uint32_t begin, const Nodes& items,
    const absl::InlinedVector<Tok, 8>& separators) {
  size_t splits = 0;
  size_t weaker = 0;
  size_t ors = 0;
  for (Tok s : separators) {
    splits += s == Tok::kSemicolon;
    ors += s == Tok::kOrWord;
    weaker += s == Tok::kComma;
  }
  Tok splitter = Tok::kSemicolon;
  if (splits == 0 && ors > 0 && weaker > 0 && items.size() % (ors + 1) == 0 &&
      items.size() / (ors + 1) >= 2) {
    const size_t width = items.size() / (ors + 1);
    bool regular = true;
    for (size_t i = 0; i < separators.size(); ++i) {
      const bool at_split = (i + 1) % width == 0;
      regular = regular && at_split == (separators[i] == Tok::kOrWord);
    }
    for (const Expr* e : items) regular = regular && IsStatement(e);
    if (regular) {
      splitter = Tok::kOrWord;
      splits = ors;
    }
  }
  if (splits == 0 || splits == separators.size()) {
    return CombineFlat(begin, items, separators);
  }
  Nodes outer;
  Nodes part;
  absl::InlinedVector<Tok, 8> inner;
  for (size_t i = 0; i <= separators.size(); ++i) {
    part.push_back(items[i]);
    if (i < separators.size() && separators[i] != splitter) {
      inner.push_back(separators[i]);
      continue;
    }
    const Expr* e =
        part.size() == 1 ? part[0] : CombineFlat(begin, part, inner);
    if (e == nullptr) return nullptr;
    outer.push_back(e);
    part.clear();
    inner.clear();
  }
  return MakeAll(Kind::kList, begin, outer, splitter == Tok::kOrWord ? 1 : 0);
}

const Expr* Parser::CombineFlat(uint32_t begin, const Nodes& items,
                                const absl::InlinedVector<Tok, 8>& separators) {
  bool any_or = false;
  bool all_and = true;
  bool only_or = true;
  for (Tok s : separators) {
    any_or = any_or || s == Tok::kOrWord;
    all_and = all_and && s == Tok::kAndWord;
    only_or = only_or && (s == Tok::kOrWord || s == Tok::kComma);
  }
  bool all_orderings = true;
  bool any_ordering = false;
  bool all_statements = true;
  for (const Expr* e : items) {
    all_orderings = all_orderings && IsOrdering(e);
    any_ordering = any_ordering || IsOrdering(e);
    all_statements = all_statements && IsStatement(e);
  }
  if (all_and && all_orderings) return MakeAll(Kind::kAnd, begin, items);
  if (any_or && only_or && all_statements && any_ordering) {
    return MakeAll(Kind::kOr, begin, items);
  }
  return MakeAll(Kind::kList, begin, items, any_or ? 1 : 0);
}

const Expr* Parser::ParseStatement() {
  Nest nest(this);
  if (nest.TooDeep()) return Exhausted();
  const Tok next = Next();
  if (next == Tok::kNumber && EndsItem(Peek(1).type)) return ParseNumber();
  if (next == Tok::kForAll || next == Tok::kExists) return ParseQuantifier();
  if (Peek().Has(kLetters)) {
    if (const Expr* prose = ParseProse()) return prose;
  } else if (next == Tok::kOpenParen) {
    if (const Expr* labelled = ParseLabel()) return labelled;
    if (error_ != nullptr) return nullptr;
  }
  return ParseLogic(0);
}

const Expr* Parser::ParseQuantifier() {
  const uint32_t begin = Peek().begin;
  const uint16_t exists = Next() == Tok::kExists ? 1 : 0;
  Advance();
  const Expr* variable = ParseChain();
  if (variable == nullptr) return nullptr;
  // Behind what it binds: "f(x) = x, \forall x \in \mathbb{R}".
  if (exists == 0 && Next() == Tok::kEnd && begin > 0) return variable;
  if (!Accept(Tok::kComma) && !Accept(Tok::kColon) &&
      !Accept(Tok::kSemicolon) && !Accept(Tok::kMid)) {
    return Fail("a comma after what is quantified");
  }
  const Expr* body = ParseStatement();
  if (body == nullptr) return nullptr;
  return Make(Kind::kQuantifier, begin, {variable, body}, exists);
}

// Level 0: implication; 1: or; 2: and; 3: not and chains.
const Expr* Parser::ParseLogic(int level) {
  const uint32_t begin = Peek().begin;
  if (level == 3) {
    if (Next() != Tok::kNot) return ParseChain();
    Nest nest(this);
    if (nest.TooDeep()) return Exhausted();
    Advance();
    const Expr* e = ParseLogic(3);
    return e == nullptr ? nullptr : Make(Kind::kNot, begin, {e});
  }
  const Expr* left = ParseLogic(level + 1);
  if (left == nullptr) return nullptr;
  if (level == 0) {
    constexpr uint16_t kImplies = static_cast<uint16_t>(Relation::kImplies);
    while (Next() == Tok::kTo ||
           (Next() == Tok::kRelation &&
            (Peek().detail == kImplies ||
             Peek().detail == static_cast<uint16_t>(Relation::kIff)))) {
      // p \to q says what p \Rightarrow q does.
      const uint16_t relation = Next() == Tok::kTo ? kImplies : Peek().detail;
      Advance();
      const Expr* right = ParseLogic(1);
      if (right == nullptr) return nullptr;
      left = Make(Kind::kRelation, begin, {left, right}, relation);
      if (left == nullptr) return nullptr;
    }
    return left;
  }
  const Tok op = level == 1 ? Tok::kLogicOr : Tok::kLogicAnd;
  if (Next() != op) return left;
  Nodes parts = {left};
  while (Accept(op)) {
    const Expr* right = ParseLogic(level + 1);
    if (right == nullptr) return nullptr;
    parts.push_back(right);
  }
  return MakeAll(level == 1 ? Kind::kOr : Kind::kAnd, begin, parts);
}

const Expr* Parser::ParseChain() {
  const uint32_t begin = Peek().begin;
  const Expr* left = ParseRatio();
  if (left == nullptr) return nullptr;
  if (Next() != Tok::kRelation && Next() != Tok::kMid) {
    if (Next() != Tok::kPmod) return left;
    Advance();  // 1 \pmod 5, a class of residues.
    const Expr* modulus = ParseArgument();
    return modulus == nullptr ? nullptr
                              : Make(Kind::kModulo, begin, {left, modulus});
  }
  Nodes parts = {left};
  absl::InlinedVector<char, 8> relations;
  bool reversed = false;
  while (Next() == Tok::kRelation || Next() == Tok::kMid) {
    uint16_t relation = Peek().detail;
    if (Next() == Tok::kMid) {
      if (scope_.stop_at_bar) break;
      relation = static_cast<uint16_t>(Relation::kDivides);
    }
    if (relation == static_cast<uint16_t>(Relation::kImplies) ||
        relation == static_cast<uint16_t>(Relation::kIff) ||
        (scope_.stop_at_greater &&
         relation == static_cast<uint16_t>(Relation::kGreater))) {
      break;
    }
    Advance();
    if (relation >= kReversed) {
      if (parts.size() > 1) return Fail("one relation of this kind");
      reversed = true;
      relation = static_cast<uint16_t>(relation - kReversed);
    }
    relations.push_back(static_cast<char>(relation));
    const bool member =
        (relation == static_cast<uint16_t>(Relation::kIn) && !reversed) ||
        relation == static_cast<uint16_t>(Relation::kNotIn);
    const Expr* right = member ? ParseSetLetter() : nullptr;
    if (right == nullptr) right = ParseRatio();
    if (right == nullptr) return nullptr;
    parts.push_back(right);
  }
  if (parts.size() == 1) return left;
  if (reversed && parts.size() > 2) return Fail("one relation of this kind");
  if (parts.size() == 2) {
    if (reversed) std::swap(parts[0], parts[1]);
    // x \equiv 1 \mod 5
    const bool congruence =
        relations[0] == static_cast<char>(Relation::kCongruent) &&
        parts[1]->kind == Kind::kModulo;
    if (congruence) {
      return Make(Kind::kRelation, begin,
                  {parts[0], &parts[1]->child(0), &parts[1]->child(1)},
                  static_cast<uint8_t>(relations[0]));
    }
    const Expr* e = Make(Kind::kRelation, begin, {parts[0], parts[1]},
                         static_cast<uint8_t>(relations[0]));
    return e == nullptr ? nullptr : ParseModulus(e);
  }
  Expr* chain = New(Kind::kChain, begin);
  if (chain == nullptr) return nullptr;
  if (!arena_->SetChildren(chain, parts.data(), parts.size())) {
    return Exhausted();
  }
  chain->text = arena_->Copy({relations.data(), relations.size()});
  return chain->text.empty() ? Exhausted() : chain;
}

// R, Z, N, Q or C alone after \in: the set of that name.
const Expr* Parser::ParseSetLetter() {
  const Token& token = Peek();
  if (token.type != Tok::kSymbol || token.end - token.begin != 1) {
    return nullptr;
  }
  switch (Peek(1).type) {
    case Tok::kEnd:
    case Tok::kComma:
    case Tok::kSemicolon:
    case Tok::kPeriod:
    case Tok::kAndWord:
    case Tok::kOrWord:
    case Tok::kCondition:
    case Tok::kCloseParen:
    case Tok::kCloseSet:
    case Tok::kCloseGroup:
      break;
    default:
      return nullptr;
  }
  const std::optional<NamedSet> set = NamedSetOf(text_[token.begin]);
  if (!set) return nullptr;
  Advance();
  return New(Kind::kNamedSet, token.begin, static_cast<uint16_t>(*set));
}

// a \equiv b \pmod{n}, a \equiv b (mod n): the modulus is the third child.
const Expr* Parser::ParseModulus(const Expr* relation) {
  const bool plain = Next() == Tok::kOpenParen && Peek(1).type == Tok::kMod;
  if (Next() != Tok::kPmod && !plain) return relation;
  const uint32_t begin = relation->begin_bytes;
  Advance();
  const Expr* modulus = nullptr;
  if (plain) {
    Advance();
    Inside inside(this);
    modulus = ParseSum();
    if (modulus == nullptr) return nullptr;
    if (!Expect(Tok::kCloseParen, "a )")) return nullptr;
  } else {
    modulus = ParseArgument();
  }
  if (modulus == nullptr) return nullptr;
  const Expr* e = Make(Kind::kRelation, 0,
                       {&relation->child(0), &relation->child(1), modulus},
                       static_cast<uint16_t>(Relation::kCongruent));
  if (e != nullptr) const_cast<Expr*>(e)->begin_bytes = begin;
  return e;
}

const Expr* Parser::ParseRatio() {
  const uint32_t begin = Peek().begin;
  const Expr* left = ParseUnion();
  if (left == nullptr || scope_.stop_at_bar) return left;
  // "3 to 4"
  const bool words = Next() == Tok::kWord && Peek().text == "to" &&
                     left->kind == Kind::kNumber &&
                     tokens_[AfterWord(at_)].type == Tok::kNumber;
  if (words) {
    at_ = AfterWord(at_);
    const Expr* right = ParseUnion();
    return right == nullptr ? nullptr
                            : Make(Kind::kRatio, begin, {left, right});
  }
  if (Next() != Tok::kColon) return left;
  Nodes parts = {left};
  while (Accept(Tok::kColon)) {
    const Expr* right = ParseUnion();
    if (right == nullptr) return nullptr;
    parts.push_back(right);
  }
  return MakeAll(Kind::kRatio, begin, parts);
}

// {2} beside a set operator is a set, though {} are LaTeX's invisible
// brackets elsewhere.
const Expr* Parser::AsSet(const Expr* e, bool group) {
  if (e == nullptr || !group) return e;
  switch (e->kind) {
    case Kind::kNumber:
    case Kind::kSymbol:
    case Kind::kNegate:
    case Kind::kConstant:
    case Kind::kDivide:
    case Kind::kRoot:
      return Make(Kind::kSet, PreviousEnd(), {e});
    default:
      return e;
  }
}

const Expr* Parser::ParseUnion() {
  const uint32_t begin = Peek().begin;
  bool group = Next() == Tok::kOpenGroup;
  const Expr* left = ParseIntersection();
  while (left != nullptr && (Next() == Tok::kCup || Next() == Tok::kSetMinus)) {
    const Tok op = Next();
    Nodes parts = {AsSet(left, group)};
    while (Accept(op)) {
      group = Next() == Tok::kOpenGroup;
      const Expr* right = AsSet(ParseIntersection(), group);
      if (right == nullptr) return nullptr;
      parts.push_back(right);
      if (op == Tok::kSetMinus) break;
    }
    group = false;
    left = MakeAll(op == Tok::kCup ? Kind::kUnion : Kind::kDifference, begin,
                   parts);
  }
  return left;
}

const Expr* Parser::ParseIntersection() {
  const uint32_t begin = Peek().begin;
  bool group = Next() == Tok::kOpenGroup;
  const Expr* left = ParseModulo();
  if (left == nullptr || Next() != Tok::kCap) return left;
  Nodes parts = {AsSet(left, group)};
  while (Accept(Tok::kCap)) {
    group = Next() == Tok::kOpenGroup;
    const Expr* right = AsSet(ParseModulo(), group);
    if (right == nullptr) return nullptr;
    parts.push_back(right);
  }
  return MakeAll(Kind::kIntersection, begin, parts);
}

const Expr* Parser::ParseModulo() {
  const uint32_t begin = Peek().begin;
  const Expr* left = ParseSum();
  if (left == nullptr || Next() != Tok::kMod) return left;
  Advance();
  const Expr* right = ParseSum();
  if (right == nullptr) return nullptr;
  return Make(Kind::kModulo, begin, {left, right});
}

}  // namespace assay::math
