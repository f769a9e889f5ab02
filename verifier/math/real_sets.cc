#include "verifier/math/real_sets.h"

#include <algorithm>
#include <set>
#include <utility>

#include "verifier/math/calculus.h"
#include "verifier/math/meaning.h"
#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

using Piece = RealSet::Piece;

bool IsInequality(uint16_t detail) {
  const Relation r = static_cast<Relation>(detail);
  return r == Relation::kLess || r == Relation::kLessEqual ||
         r == Relation::kGreater || r == Relation::kGreaterEqual;
}

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

class Reader {
 public:
  explicit Reader(Ladder* ladder) : ladder_(ladder), w_(ladder->arena()) {}

  bool Read(const Expr& e, RealSet* set);
  bool Sort(RealSet* set);
  bool Intersect(const RealSet& a, const RealSet& b, RealSet* result);
  // -1, 0, 1; nothing where it is not certain.
  std::optional<int> Order(const Expr& a, const Expr& b);

 private:
  bool Inequality(const Expr& left, Relation r, const Expr& right,
                  RealSet* set);
  bool Absolute(const Expr& inside, Relation r, const Expr& bound,
                RealSet* set);
  bool Polynomial(const Expr& left, Relation r, const Expr& right,
                  RealSet* set);
  bool Quadratic(const Expr* const* d, int bend, Relation r, RealSet* set);
  bool Chain(const Expr& e, RealSet* set);
  bool SetVariable(const Expr& e, RealSet* set);
  bool Combine(const Expr& e, bool join, RealSet* set);
  bool CommaList(const Expr& e, RealSet* set);
  bool Complement(const RealSet& a, RealSet* result);
  bool Named(const Expr& e, RealSet* set);
  void Ray(const Expr* end, Relation r, RealSet* set);
  const Expr* Infinity(int sign) {
    const Expr* e = w_.Constant(Constant::kInfinity);
    return sign < 0 ? w_.Negate(e) : e;
  }

  Ladder* ladder_;
  Rewriter w_;
};

std::optional<int> Reader::Order(const Expr& a, const Expr& b) {
  auto infinity = [](const Expr& e) {
    if (IsConstant(e, Constant::kInfinity)) return 1;
    if (e.kind == Kind::kNegate &&
        IsConstant(e.child(0), Constant::kInfinity)) {
      return -1;
    }
    return 0;
  };
  const int x = infinity(a), y = infinity(b);
  if (x != 0 || y != 0) return x < y ? -1 : (x > y ? 1 : 0);
  const Expr* difference = w_.Subtract(&a, &b);
  if (difference == nullptr) return std::nullopt;
  if (std::optional<int> sign = ladder_->SignOf(*difference)) return sign;
  if (ContainsKind(*difference, Kind::kSymbol)) return std::nullopt;
  if (ladder_->Compare(a, b).equal()) return 0;
  return std::nullopt;
}

bool Reader::SetVariable(const Expr& e, RealSet* set) {
  const bool name = e.kind == Kind::kSymbol || e.kind == Kind::kApply;
  if (!name) return false;
  std::string text(e.kind == Kind::kSymbol ? e.text : e.child(0).text);
  if (!set->variable.empty() && set->variable != text) return false;
  set->variable = std::move(text);
  return true;
}

void Reader::Ray(const Expr* end, Relation r, RealSet* set) {
  Piece piece;
  piece.low = PointsUp(r) ? end : Infinity(-1);
  piece.high = PointsUp(r) ? Infinity(1) : end;
  piece.low_closed = PointsUp(r) && IsClosed(r);
  piece.high_closed = !PointsUp(r) && IsClosed(r);
  set->pieces.push_back(piece);
}

// |inside| r bound, for bound > 0.
bool Reader::Absolute(const Expr& inside, Relation r, const Expr& bound,
                      RealSet* set) {
  if (ladder_->SignOf(bound).value_or(0) <= 0) return false;
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
bool Reader::Polynomial(const Expr& left, Relation r, const Expr& right,
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
  if (!ladder_->Compare(*f, *zero).equal()) return false;
  set->variable = x;
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
bool Reader::Quadratic(const Expr* const* d, int bend, Relation r,
                       RealSet* set) {
  const Expr* two = w_.Integer(2);
  if (two == nullptr) return false;
  const Expr* inside =
      w_.Subtract(w_.Power(d[1], two), w_.Multiply({two, d[0], d[2]}));
  if (inside == nullptr) return false;
  const std::optional<int> roots = ladder_->SignOf(*inside);
  if (!roots || *roots <= 0) return false;
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

bool Reader::Inequality(const Expr& left, Relation r, const Expr& right,
                        RealSet* set) {
  auto depends = [](const Expr& e, const Expr& name) {
    std::set<std::string> names;
    FreeSymbols(e, &names);
    return names.count(std::string(name.text)) > 0;
  };
  auto is_name = [&](const Expr& e, const Expr& other) {
    if (e.kind == Kind::kApply) return !ContainsKind(other, Kind::kApply);
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
bool Reader::Chain(const Expr& e, RealSet* set) {
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

bool Reader::Named(const Expr& e, RealSet* set) {
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

bool Reader::Complement(const RealSet& a, RealSet* result) {
  RealSet sorted = a;
  if (!Sort(&sorted)) return false;
  const Expr* low = Infinity(-1);
  bool closed = false;
  for (const Piece& p : sorted.pieces) {
    if (IsConstant(*p.low, Constant::kInfinity)) return false;
    if (Order(*low, *p.low).value_or(0) < 0 || (closed && !p.low_closed)) {
      result->pieces.push_back({low, p.low, closed, !p.low_closed});
    }
    low = p.high;
    closed = !p.high_closed;
  }
  if (!IsConstant(*low, Constant::kInfinity)) {
    result->pieces.push_back({low, Infinity(1), closed, false});
  }
  return true;
}

bool Reader::Intersect(const RealSet& a, const RealSet& b, RealSet* result) {
  for (const Piece& p : a.pieces) {
    for (const Piece& q : b.pieces) {
      const std::optional<int> low = Order(*p.low, *q.low);
      const std::optional<int> high = Order(*p.high, *q.high);
      if (!low || !high) return false;
      Piece piece;
      piece.low = *low >= 0 ? p.low : q.low;
      piece.low_closed = *low == 0 ? p.low_closed && q.low_closed
                                   : (*low > 0 ? p : q).low_closed;
      piece.high = *high <= 0 ? p.high : q.high;
      piece.high_closed = *high == 0 ? p.high_closed && q.high_closed
                                     : (*high < 0 ? p : q).high_closed;
      const std::optional<int> width = Order(*piece.low, *piece.high);
      if (!width) return false;
      if (*width < 0 ||
          (*width == 0 && piece.low_closed && piece.high_closed)) {
        result->pieces.push_back(piece);
      }
    }
  }
  return result->pieces.size() <= RealSet::kPiecesMax;
}

// "x >= 1, x <= 5": both hold, where they can; else either.
bool Reader::CommaList(const Expr& e, RealSet* set) {
  bool relations = true;
  for (const Expr* c : e.children()) {
    relations &= c->kind == Kind::kRelation;
  }
  if (!relations || e.detail == 1) return Combine(e, true, set);
  RealSet both;
  if (!Combine(e, false, &both)) return false;
  if (both.pieces.empty()) return Combine(e, true, set);
  *set = std::move(both);
  return true;
}

// The union where `join`, else the intersection or difference.
bool Reader::Combine(const Expr& e, bool join, RealSet* set) {
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

bool Reader::Read(const Expr& e, RealSet* set) {
  switch (e.kind) {
    case Kind::kInterval:
      if (e.children_count != 2) return false;
      set->pieces.push_back(
          {&e.child(0), &e.child(1), (e.detail & 1) != 0, (e.detail & 2) != 0});
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
    case Kind::kSetBuilder: {
      if (e.children_count < 2) return false;
      RealSet total;
      for (size_t i = 1; i < e.children_count; ++i) {
        // {x \in R | ...} may repeat the domain as a condition.
        RealSet part, both;
        if (!Read(e.child(i), &part)) return false;
        if (i == 1) {
          total = std::move(part);
        } else if (Intersect(total, part, &both)) {
          both.variable = total.variable;
          total = std::move(both);
        } else {
          return false;
        }
      }
      set->pieces = std::move(total.pieces);
      return true;
    }
    case Kind::kRelation: {
      const Relation r = static_cast<Relation>(e.detail);
      if (IsInequality(e.detail)) {
        return Inequality(e.child(0), r, e.child(1), set);
      }
      if (r == Relation::kIn) {
        return SetVariable(e.child(0), set) && Read(e.child(1), set);
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

// Sorted by the low end and merged; false where an order is not certain.
bool Reader::Sort(RealSet* set) {
  std::vector<Piece>& p = set->pieces;
  for (const Piece& piece : p) {
    if (piece.low == nullptr || piece.high == nullptr) return false;
    const std::optional<int> width = Order(*piece.low, *piece.high);
    if (!width || *width > 0) return false;
  }
  bool certain = true;
  for (size_t i = 1; i < p.size(); ++i) {
    for (size_t j = i; j > 0; --j) {
      std::optional<int> order = Order(*p[j - 1].low, *p[j].low);
      if (!order) certain = false;
      if (!order || *order < 0) break;
      if (*order == 0 && (p[j - 1].low_closed || !p[j].low_closed)) break;
      std::swap(p[j - 1], p[j]);
    }
    if (!certain) return false;
  }
  std::vector<Piece> merged;
  for (const Piece& piece : p) {
    if (!merged.empty()) {
      Piece& last = merged.back();
      const std::optional<int> gap = Order(*last.high, *piece.low);
      if (!gap) return false;
      if (*gap > 0 || (*gap == 0 && (last.high_closed || piece.low_closed))) {
        const std::optional<int> end = Order(*last.high, *piece.high);
        if (!end) return false;
        if (*end < 0) {
          last.high = piece.high;
          last.high_closed = piece.high_closed;
        } else if (*end == 0) {
          last.high_closed |= piece.high_closed;
        }
        continue;
      }
    }
    merged.push_back(piece);
  }
  p = std::move(merged);
  set->sorted = true;
  return true;
}

}  // namespace

bool IsRealSet(const Expr& e) {
  switch (e.kind) {
    case Kind::kInterval:
    case Kind::kUnion:
    case Kind::kIntersection:
    case Kind::kDifference:
    case Kind::kSetBuilder:
    case Kind::kNamedSet:
      return true;
    case Kind::kChain:
      for (char r : e.text) {
        if (!IsInequality(static_cast<uint16_t>(r))) return false;
      }
      return true;
    case Kind::kRelation:
      return IsInequality(e.detail) || IsRelation(e, Relation::kNotEqual) ||
             (IsRelation(e, Relation::kIn) && IsRealSet(e.child(1)));
    case Kind::kOr:
    case Kind::kAnd:
    case Kind::kList:
      for (const Expr* c : e.children()) {
        if (IsRealSet(*c)) return true;
      }
      return false;
    default:
      return false;
  }
}

std::optional<RealSet> ReadRealSet(const Expr& e, Ladder* ladder) {
  RealSet set;
  Reader reader(ladder);
  if (!reader.Read(e, &set)) return std::nullopt;
  for (const Piece& p : set.pieces) {
    if (p.low == nullptr || p.high == nullptr) return std::nullopt;
  }
  RealSet sorted = set;
  return reader.Sort(&sorted) ? sorted : set;
}

Finding CompareRealSets(const RealSet& gold, const RealSet& answer,
                        const CompareFunction& compare, Ladder* ladder) {
  if (!gold.variable.empty() && !answer.variable.empty() &&
      gold.variable != answer.variable) {
    return Finding::Undecided("structure", "inequalities in " + gold.variable +
                                               " and in " + answer.variable);
  }
  auto same_piece = [&](const Piece& a, const Piece& b) {
    if (a.low_closed != b.low_closed || a.high_closed != b.high_closed) {
      return Finding::Different("an endpoint is open on one side only");
    }
    Finding low = compare(*a.low, *b.low);
    if (low.different()) return low;
    return Both(std::move(low), compare(*a.high, *b.high));
  };
  const bool certain = gold.sorted && answer.sorted;
  if (gold.pieces.size() != answer.pieces.size()) {
    if (certain) return Finding::Different("another number of intervals");
    return Finding::Undecided("structure",
                              "sets with endpoints of unknown order");
  }
  ladder->Trace("structure: sets of " + std::to_string(gold.pieces.size()) +
                " pieces");
  Finding total = Finding::Equal(Proof::kIdentical, "structure");
  std::vector<bool> used(answer.pieces.size(), false);
  for (size_t i = 0; i < gold.pieces.size(); ++i) {
    if (certain || gold.pieces.size() == 1) {
      Finding f = same_piece(gold.pieces[i], answer.pieces[i]);
      if (!f.equal()) return f;
      total = Both(std::move(total), std::move(f));
      continue;
    }
    // Unknown order: any partner will do, and a mismatch proves nothing.
    bool found = false;
    for (size_t j = 0; j < used.size() && !found; ++j) {
      if (used[j]) continue;
      Finding f = same_piece(gold.pieces[i], answer.pieces[j]);
      if (!f.equal()) continue;
      used[j] = found = true;
      total = Both(std::move(total), std::move(f));
    }
    if (!found) {
      return Finding::Different("an interval has no partner");
    }
  }
  return total;
}

}  // namespace assay::math
