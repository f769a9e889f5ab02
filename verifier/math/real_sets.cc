// The order of sets of reals, and their comparison.
#include "verifier/math/real_sets.h"

#include <algorithm>
#include <set>
#include <utility>

#include "verifier/math/meaning.h"
#include "verifier/math/real_set_reader.h"
#include "verifier/math/rewrite.h"

namespace assay::math {

using Piece = RealSet::Piece;

std::optional<int> RealSetReader::Order(const Expr& a, const Expr& b) {
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
  if (difference->contents.Has(Kind::kSymbol)) return std::nullopt;
  if (ladder_->Compare(a, b).equal()) return 0;
  return std::nullopt;
}

bool RealSetReader::Complement(const RealSet& a, RealSet* result) {
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

bool RealSetReader::Intersect(const RealSet& a, const RealSet& b,
                              RealSet* result) {
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

// Sorted by the low end and merged; false where an order is not certain.
bool RealSetReader::Sort(RealSet* set) {
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
             ((IsRelation(e, Relation::kIn) ||
               IsRelation(e, Relation::kNotIn)) &&
              IsRealSet(e.child(1)));
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

bool SortRealSet(RealSet* set, Ladder* ladder) {
  return RealSetReader(ladder).Sort(set);
}

bool IntersectRealSets(const RealSet& a, const RealSet& b, Ladder* ladder,
                       RealSet* result) {
  return RealSetReader(ladder).Intersect(a, b, result);
}

bool ComplementOf(const RealSet& a, Ladder* ladder, RealSet* result) {
  return RealSetReader(ladder).Complement(a, result);
}

std::optional<RealSet> ReadRealSet(const Expr& e, Ladder* ladder) {
  RealSet set;
  RealSetReader reader(ladder);
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
  if (ladder->tracing()) {
    ladder->Trace("structure: sets of " + std::to_string(gold.pieces.size()) +
                  " pieces");
  }
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
