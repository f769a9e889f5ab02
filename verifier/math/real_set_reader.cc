// Sets of reals as they are written.
#include "verifier/math/real_set_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "verifier/math/calculus.h"
#include "verifier/math/meaning.h"
#include "verifier/math/polynomial.h"

namespace assay::math {
namespace {

bool IsClosed(Relation r) {
  return r == Relation::kLessEqual || r == Relation::kGreaterEqual;
}

bool PointsUp(Relation r) {
  return r == Relation::kGreater || r == Relation::kGreaterEqual;
}

Relation Flipped(Relation r) {
  switch (r) {
    case Relation::kLess:
      return Relation::kGreater;
    case Relation::kLessEqual:
      return Relation::kGreaterEqual;
    case Relation::kGreater:
      return Relation::kLess;
    case Relation::kGreaterEqual:
      return Relation::kLessEqual;
    default:
      return r;
  }
}

bool IsInfinity(const Expr& e) {
  const Expr& x = e.kind == Kind::kNegate ? e.child(0) : e;
  return IsConstant(x, Constant::kInfinity);
}

// The integers of the set, one by one; false where it is not bounded.
bool OnlyIntegers(const RealSet& set, int64_t least, Ladder* ladder,
                  RealSet* result) {
  constexpr int64_t kSpanMax = 48;
  // Ends without an exact value, such as a root, are looked for within this.
  constexpr int64_t kReach = 24;
  RealSetReader reader(ladder);
  Rewriter w(ladder->arena());
  const Expr* first = w.Integer(-kReach);
  const Expr* last = w.Integer(kReach);
  if (first == nullptr || last == nullptr) return false;
  for (const RealSet::Piece& p : set.pieces) {
    Budget* budget = ladder->budget();
    const Expr* floor = w.Call(Function::kCeil, {p.low});
    const Expr* ceiling = w.Call(Function::kFloor, {p.high});
    if (floor == nullptr || ceiling == nullptr) return false;
    const Exact low = ExactValue(*floor, nullptr, budget);
    const Exact high = ExactValue(*ceiling, nullptr, budget);
    int64_t from, to;
    if (!high.ok()) {
      to = kReach;
      if (reader.Order(*last, *p.high).value_or(-1) < 0) return false;
    } else if (!high.value.ToInt64(&to)) {
      return false;
    }
    if (!low.ok() && !IsInfinity(*p.low)) {
      from = -kReach;
      if (reader.Order(*first, *p.low).value_or(1) > 0) return false;
    } else if (!low.ok() || !low.value.ToInt64(&from)) {
      if (least < 0 || !IsInfinity(*p.low)) return false;
      from = least;
    }
    if (least >= 0) from = std::max(from, least);
    if (to - from > kSpanMax) return false;
    for (int64_t n = from; n <= to; ++n) {
      const Expr* value = w.Integer(n);
      if (value == nullptr) return false;
      const std::optional<int> a = reader.Order(*value, *p.low);
      const std::optional<int> b = reader.Order(*value, *p.high);
      if (!a || !b) return false;
      if (*a < 0 || *b > 0) continue;
      if ((*a == 0 && !p.low_closed) || (*b == 0 && !p.high_closed)) continue;
      result->pieces.push_back({value, value, true, true});
    }
  }
  return result->pieces.size() <= RealSet::kPiecesMax;
}

// x > 2 among the integers as x \ge 3: every finite end closed and an integer;
// false where one has no exact value.
bool ToIntegerEnds(RealSet* set, int64_t least, Ladder* ladder) {
  Rewriter w(ladder->arena());
  auto end = [&](const Expr& e, bool closed, bool low) -> const Expr* {
    const Expr* rounded =
        w.Call(low ? Function::kCeil : Function::kFloor, {&e});
    if (rounded == nullptr) return nullptr;
    const Exact own = ExactValue(e, nullptr, ladder->budget());
    Exact x = ExactValue(*rounded, nullptr, ladder->budget());
    if (!own.ok() || !x.ok()) return nullptr;
    if (!closed && own.value == x.value) {
      x.value = x.value + Rational(low ? 1 : -1);
    }
    if (low && least >= 0 && (x.value - Rational(least)).sign() < 0) {
      x.value = Rational(least);
    }
    return w.Value(x.value);
  };
  for (RealSet::Piece& p : set->pieces) {
    if (!IsInfinity(*p.low)) {
      p.low = end(*p.low, p.low_closed, true);
      p.low_closed = true;
    } else if (least >= 0) {
      p.low = w.Integer(least);
      p.low_closed = true;
    }
    if (!IsInfinity(*p.high)) {
      p.high = end(*p.high, p.high_closed, false);
      p.high_closed = true;
    }
    if (p.low == nullptr || p.high == nullptr) return false;
  }
  return true;
}

// Of "x \in \mathbb{Z}": the least integer of the domain, -1 where it has
// none; false for other domains.
bool IntegerDomain(const Expr& e, int64_t* least) {
  if (!IsRelation(e, Relation::kIn) || e.child(1).kind != Kind::kNamedSet) {
    return false;
  }
  switch (static_cast<NamedSet>(e.child(1).detail)) {
    case NamedSet::kIntegers:
      *least = -1;
      return true;
    case NamedSet::kNaturals:
      *least = 0;
      return true;
    case NamedSet::kPositiveIntegers:
      *least = 1;
      return true;
    default:
      return false;
  }
}

}  // namespace

bool RealSetReader::SetVariable(const Expr& e, RealSet* set) {
  const bool name = e.kind == Kind::kSymbol || e.kind == Kind::kApply;
  if (!name) return false;
  std::string text(e.kind == Kind::kSymbol ? e.text : e.child(0).text);
  if (!set->variable.empty() && set->variable != text) return false;
  set->variable = std::move(text);
  return true;
}

void RealSetReader::Ray(const Expr* end, Relation r, RealSet* set) {
  Piece piece;
  piece.low = PointsUp(r) ? end : Infinity(-1);
  piece.high = PointsUp(r) ? Infinity(1) : end;
  piece.low_closed = PointsUp(r) && IsClosed(r);
  piece.high_closed = !PointsUp(r) && IsClosed(r);
  set->pieces.push_back(piece);
}

// |inside| r bound, for bound > 0.
bool RealSetReader::Absolute(const Expr& inside, Relation r, const Expr& bound,
                             RealSet* set) {
  const int sign = ladder_->SignOf(bound).value_or(-1);
  // |x| > 0 is x != 0.
  if (sign < 0 || (sign == 0 && r != Relation::kGreater)) return false;
  const Expr* negative = w_.Negate(&bound);
  if (negative == nullptr) return false;
  RealSet above, below;
  if (!Inequality(inside, r, bound, &above) ||
      !Inequality(inside, Flipped(r), *negative, &below)) {
    return false;
  }
  set->variable = above.variable;
  if (PointsUp(r)) {
    set->pieces = below.pieces;
    set->pieces.insert(set->pieces.end(), above.pieces.begin(),
                       above.pieces.end());
    return true;
  }
  return Intersect(above, below, set);
}

// left r right, a polynomial of degree 1 or 2 in its one variable.
bool RealSetReader::Polynomial(const Expr& left, Relation r, const Expr& right,
                               RealSet* set) {
  std::set<std::string> names;
  FreeSymbols(left, &names);
  FreeSymbols(right, &names);
  if (names.size() != 1) return false;
  const std::string& x = *names.begin();
  const Expr* zero = w_.Integer(0);
  const Expr* f = w_.Subtract(&left, &right);
  if (f == nullptr || zero == nullptr) return false;
  // Values at 0 of F and its first two derivatives; the third must vanish.
  const Expr* at_zero[3];
  for (int i = 0; i < 3; ++i) {
    at_zero[i] = w_.Substitute(*f, x, *zero);
    f = Differentiate(*f, x, ladder_->arena(), ladder_->budget());
    if (f == nullptr || at_zero[i] == nullptr) return false;
  }
  set->variable = x;
  if (!ladder_->Compare(*f, *zero).equal()) {
    return BetweenCuts(*w_.Subtract(&left, &right), x, r, set);
  }
  const std::optional<int> bend = ladder_->SignOf(*at_zero[2]);
  if (!bend) return false;
  if (*bend == 0) {
    const int sign = ladder_->SignOf(*at_zero[1]).value_or(0);
    if (sign == 0) return false;
    const Expr* root = w_.Negate(w_.Divide(at_zero[0], at_zero[1]));
    if (root == nullptr) return false;
    Ray(root, sign > 0 ? r : Flipped(r), set);
    return true;
  }
  return Quadratic(at_zero, *bend, r, set);
}

// F = (d[2]/2) x^2 + d[1] x + d[0], against 0.
bool RealSetReader::Quadratic(const Expr* const* d, int bend, Relation r,
                              RealSet* set) {
  const Expr* two = w_.Integer(2);
  if (two == nullptr) return false;
  const Expr* inside =
      w_.Subtract(w_.Power(d[1], two), w_.Multiply({two, d[0], d[2]}));
  if (inside == nullptr) return false;
  const std::optional<int> roots = ladder_->SignOf(*inside);
  if (!roots) return false;
  if (*roots < 0) {  // Nowhere or everywhere.
    if ((bend > 0) == PointsUp(r)) {
      set->pieces.push_back({Infinity(-1), Infinity(1), false, false});
    }
    return true;
  }
  if (*roots == 0) return false;
  const Expr* root = w_.Call(Function::kSqrt, {inside});
  const Expr* minus = w_.Divide(w_.Subtract(w_.Negate(d[1]), root), d[2]);
  const Expr* plus = w_.Divide(w_.Add({w_.Negate(d[1]), root}), d[2]);
  if (minus == nullptr || plus == nullptr) return false;
  const Expr* low = bend > 0 ? minus : plus;
  const Expr* high = bend > 0 ? plus : minus;
  const Relation upward = bend > 0 ? r : Flipped(r);
  if (PointsUp(upward)) {
    Ray(low, Flipped(upward), set);
    Ray(high, upward, set);
  } else {
    set->pieces.push_back({low, high, IsClosed(r), IsClosed(r)});
  }
  return true;
}

// F r 0 for a rational function: its sign between its zeros and poles.
bool RealSetReader::BetweenCuts(const Expr& f, const std::string& x, Relation r,
                                RealSet* set) {
  std::vector<RealCut> cuts;
  if (!RealCuts(f, x, ladder_->arena(), ladder_->budget(), &cuts)) {
    return false;
  }
  for (size_t i = 1; i < cuts.size(); ++i) {
    for (size_t j = i; j > 0; --j) {
      const std::optional<int> order = Order(*cuts[j - 1].at, *cuts[j].at);
      if (!order || *order == 0) return false;
      if (*order < 0) break;
      std::swap(cuts[j - 1], cuts[j]);
    }
  }
  for (size_t i = 0; i <= cuts.size(); ++i) {
    // A point between the cuts, or beyond them.
    const Expr* point = w_.Integer(0);
    if (!cuts.empty() && i == 0) {
      point = w_.Subtract(cuts[0].at, w_.Integer(1));
    } else if (!cuts.empty() && i == cuts.size()) {
      point = w_.Add({cuts.back().at, w_.Integer(1)});
    } else if (!cuts.empty()) {
      point = w_.Divide(w_.Add({cuts[i - 1].at, cuts[i].at}), w_.Integer(2));
    }
    const Expr* value =
        point == nullptr ? nullptr : w_.Substitute(f, x, *point);
    if (value == nullptr) return false;
    const std::optional<int> sign = ladder_->SignOf(*value);
    if (!sign || *sign == 0) return false;
    if ((*sign > 0) == PointsUp(r)) {
      Piece piece;
      piece.low = i == 0 ? Infinity(-1) : cuts[i - 1].at;
      piece.high = i == cuts.size() ? Infinity(1) : cuts[i].at;
      set->pieces.push_back(piece);
    }
    if (i < cuts.size() && IsClosed(r) && !cuts[i].pole) {
      set->pieces.push_back({cuts[i].at, cuts[i].at, true, true});
    }
  }
  return set->pieces.size() <= RealSet::kPiecesMax;
}

// F = 0 for a rational function: its real zeros.
bool RealSetReader::Zeros(const Expr& left, const Expr& right, RealSet* set) {
  std::set<std::string> names;
  FreeSymbols(left, &names);
  FreeSymbols(right, &names);
  const Expr* f = w_.Subtract(&left, &right);
  std::vector<RealCut> cuts;
  if (names.size() != 1 || f == nullptr ||
      (!set->variable.empty() && set->variable != *names.begin()) ||
      !RealCuts(*f, *names.begin(), ladder_->arena(), ladder_->budget(),
                &cuts)) {
    return false;
  }
  set->variable = *names.begin();
  for (const RealCut& cut : cuts) {
    if (!cut.pole) set->pieces.push_back({cut.at, cut.at, true, true});
  }
  return true;
}

bool RealSetReader::Inequality(const Expr& left, Relation r, const Expr& right,
                               RealSet* set) {
  auto depends = [](const Expr& e, const Expr& name) {
    std::set<std::string> names;
    FreeSymbols(e, &names);
    return names.count(std::string(name.text)) > 0;
  };
  auto is_name = [&](const Expr& e, const Expr& other) {
    if (e.kind == Kind::kApply) return !other.contents.Has(Kind::kApply);
    return e.kind == Kind::kSymbol && !depends(other, e);
  };
  std::set<std::string> right_names;
  FreeSymbols(right, &right_names);
  if (is_name(left, right)) {
    if (!SetVariable(left, set)) return false;
    Ray(&right, r, set);
    return true;
  }
  if (is_name(right, left)) {
    if (!SetVariable(right, set)) return false;
    Ray(&left, Flipped(r), set);
    return true;
  }
  if (IsFunction(left, Function::kAbs) && right_names.empty()) {
    return Absolute(left.child(0), r, right, set);
  }
  if (IsFunction(right, Function::kAbs)) {
    std::set<std::string> names;
    FreeSymbols(left, &names);
    if (names.empty()) {
      return Absolute(right.child(0), Flipped(r), left, set);
    }
  }
  return Polynomial(left, r, right, set);
}

// a < x < b: the intersection of its links about one variable.
bool RealSetReader::Chain(const Expr& e, RealSet* set) {
  if (e.text.size() != 2 || e.children_count != 3) return false;
  for (char r : e.text) {
    if (!IsInequality(static_cast<uint16_t>(r))) return false;
  }
  RealSet a, b;
  if (!Inequality(e.child(0), static_cast<Relation>(e.text[0]), e.child(1),
                  &a) ||
      !Inequality(e.child(1), static_cast<Relation>(e.text[1]), e.child(2),
                  &b)) {
    return false;
  }
  // "a < x < b": the variable is in the middle.
  if (e.child(1).kind == Kind::kSymbol) {
    RealSet low, high;
    const Relation first = static_cast<Relation>(e.text[0]);
    const Relation second = static_cast<Relation>(e.text[1]);
    if (PointsUp(first) != PointsUp(second)) return false;
    set->variable = std::string(e.child(1).text);
    Piece piece;
    const bool up = !PointsUp(first);
    piece.low = up ? &e.child(0) : &e.child(2);
    piece.high = up ? &e.child(2) : &e.child(0);
    piece.low_closed = IsClosed(up ? first : second);
    piece.high_closed = IsClosed(up ? second : first);
    set->pieces.push_back(piece);
    return true;
  }
  if (a.variable != b.variable) return false;
  set->variable = a.variable;
  return Intersect(a, b, set);
}

bool RealSetReader::Named(const Expr& e, RealSet* set) {
  switch (static_cast<NamedSet>(e.detail)) {
    case NamedSet::kEmpty:
      return true;
    case NamedSet::kReals:
      set->pieces.push_back({Infinity(-1), Infinity(1), false, false});
      return true;
    default:
      return false;
  }
}

// "x >= 1, x <= 5": both hold, where they can; else either.
bool RealSetReader::CommaList(const Expr& e, RealSet* set) {
  bool relations = true;
  for (const Expr* c : e.children()) {
    relations &= c->kind == Kind::kRelation || c->kind == Kind::kChain;
  }
  if (!relations || e.detail == 1) return Combine(e, true, set);
  RealSet both;
  if (!Combine(e, false, &both)) return false;
  if (both.pieces.empty()) return Combine(e, true, set);
  *set = std::move(both);
  return true;
}

// The union where `join`, else the intersection or difference.
bool RealSetReader::Combine(const Expr& e, bool join, RealSet* set) {
  RealSet total;
  bool first = true;
  for (const Expr* c : e.children()) {
    RealSet part;
    part.variable = set->variable;
    if (!Read(*c, &part)) return false;
    set->variable = part.variable;
    if (first) {
      total = std::move(part);
    } else if (join) {
      total.pieces.insert(total.pieces.end(), part.pieces.begin(),
                          part.pieces.end());
    } else {
      RealSet next;
      if (e.kind == Kind::kDifference) {
        RealSet outside;
        if (!Complement(part, &outside)) return false;
        part = std::move(outside);
      }
      if (!Intersect(total, part, &next)) return false;
      total = std::move(next);
    }
    if (total.pieces.size() > RealSet::kPiecesMax) return false;
    first = false;
  }
  set->pieces = std::move(total.pieces);
  return true;
}

// {x \in R | ...} may repeat the domain as a condition; a domain of integers
// leaves the integers.
bool RealSetReader::Builder(const Expr& e, RealSet* set) {
  if (e.children_count < 2) return false;
  const Expr& element = e.child(0);
  const Expr& name =
      IsRelation(element, Relation::kIn) ? element.child(0) : element;
  if (name.kind != Kind::kSymbol) return false;
  RealSet total;
  bool any = false, integers = false;
  int64_t least = -1;
  integers = IntegerDomain(element, &least);
  for (size_t i = 1; i < e.children_count; ++i) {
    int64_t other;
    if (IntegerDomain(e.child(i), &other)) {
      integers = true;
      least = std::max(least, other);
      continue;
    }
    RealSet part, both;
    if (!Read(e.child(i), &part)) return false;
    if (!part.variable.empty() && part.variable != name.text) return false;
    if (!any) {
      total = std::move(part);
    } else if (Intersect(total, part, &both)) {
      both.variable = total.variable;
      total = std::move(both);
    } else {
      return false;
    }
    any = true;
  }
  if (!any) return false;
  if (integers) {
    RealSet points;
    if (OnlyIntegers(total, least, ladder_, &points)) {
      total = std::move(points);
    } else if (!ToIntegerEnds(&total, least, ladder_)) {
      return false;
    }
    set->integers = true;
  }
  set->pieces = std::move(total.pieces);
  return true;
}

bool RealSetReader::Read(const Expr& e, RealSet* set) {
  switch (e.kind) {
    case Kind::kInterval:
      if (e.children_count != 2) return false;
      // An infinite end is open, however it is written.
      set->pieces.push_back({&e.child(0), &e.child(1),
                             (e.detail & 1) != 0 && !IsInfinity(e.child(0)),
                             (e.detail & 2) != 0 && !IsInfinity(e.child(1))});
      return true;
    case Kind::kTuple:
      if (e.children_count != 2) return false;
      set->pieces.push_back({&e.child(0), &e.child(1), false, false});
      return true;
    case Kind::kSet: {
      std::vector<const Expr*> items;
      if (!Members(e, ladder_->arena(), &items)) return false;
      if (items.size() > RealSet::kPiecesMax) return false;
      for (const Expr* item : items) {
        if (item->kind == Kind::kTuple || item->kind == Kind::kSet ||
            item->kind == Kind::kRelation || item->kind == Kind::kText) {
          return false;
        }
        set->pieces.push_back({item, item, true, true});
      }
      return true;
    }
    case Kind::kNamedSet:
      return Named(e, set);
    case Kind::kUnion:
    case Kind::kIntersection:
    case Kind::kDifference:
    case Kind::kOr:
    case Kind::kAnd:
      return e.children_count > 0 &&
             Combine(e, e.kind == Kind::kUnion || e.kind == Kind::kOr, set);
    case Kind::kList:
      return e.children_count > 0 && CommaList(e, set);
    case Kind::kChain:
      return Chain(e, set);
    case Kind::kSetBuilder:
      return Builder(e, set);
    case Kind::kRelation: {
      const Relation r = static_cast<Relation>(e.detail);
      if (IsInequality(e.detail)) {
        return Inequality(e.child(0), r, e.child(1), set);
      }
      if (r == Relation::kIn) {
        return SetVariable(e.child(0), set) && Read(e.child(1), set);
      }
      if (r == Relation::kNotIn) {
        RealSet inside;
        return SetVariable(e.child(0), set) && Read(e.child(1), &inside) &&
               Complement(inside, set);
      }
      if (r == Relation::kEqual && e.child(0).kind != Kind::kSymbol) {
        return Zeros(e.child(0), e.child(1), set);
      }
      if (e.child(0).kind != Kind::kSymbol) return false;
      if (r == Relation::kEqual) {
        if (!SetVariable(e.child(0), set)) return false;
        std::vector<const Expr*> values;
        if (!Members(e.child(1), ladder_->arena(), &values)) return false;
        for (const Expr* v : values) {
          set->pieces.push_back({v, v, true, true});
        }
        return values.size() <= RealSet::kPiecesMax;
      }
      if (r == Relation::kNotEqual) {
        if (!SetVariable(e.child(0), set)) return false;
        const Expr* v = &e.child(1);
        set->pieces.push_back({Infinity(-1), v, false, false});
        set->pieces.push_back({v, Infinity(1), false, false});
        return true;
      }
      return false;
    }
    default:
      return false;
  }
}

}  // namespace assay::math
