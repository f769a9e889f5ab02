// Functions made of pieces: each pair of pieces is compared where both hold.
#include <string>
#include <utility>
#include <vector>

#include "verifier/math/real_sets.h"
#include "verifier/math/rewrite.h"
#include "verifier/math/structure.h"
#include "verifier/math/structure_kinds.h"

namespace assay::math {
namespace {

using Domain = RealSet::Piece;

struct Pieces {
  struct Part {
    const Expr* value = nullptr;
    RealSet where;
  };
  std::vector<Part> parts;
  std::string variable;
};

RealSet Everywhere(Rewriter* w) {
  const Expr* infinity = w->Constant(Constant::kInfinity);
  RealSet set;
  set.pieces.push_back({w->Negate(infinity), infinity, false, false});
  set.sorted = true;
  return set;
}

bool IsInfinite(const Expr& e) {
  const Expr& x = e.kind == Kind::kNegate ? e.child(0) : e;
  return IsConstant(x, Constant::kInfinity);
}

// The pieces with disjoint domains: the first that holds counts.
bool Split(const Expr& e, Ladder* ladder, Pieces* pieces) {
  Rewriter w(ladder->arena());
  RealSet left = Everywhere(&w);
  if (left.pieces[0].low == nullptr) return false;
  if (e.kind != Kind::kPiecewise) {
    pieces->parts.push_back({&e, std::move(left)});
    return true;
  }
  for (size_t i = 0; i < e.children_count; i += 2) {
    if (i + 1 == e.children_count) {
      pieces->parts.push_back({&e.child(i), left});
      break;
    }
    std::optional<RealSet> condition = ReadRealSet(e.child(i + 1), ladder);
    if (!condition || !condition->sorted || condition->integers) return false;
    if (!condition->variable.empty()) {
      if (!pieces->variable.empty() &&
          pieces->variable != condition->variable) {
        return false;
      }
      pieces->variable = condition->variable;
    }
    RealSet here, outside, rest;
    if (!IntersectRealSets(left, *condition, ladder, &here) ||
        !ComplementOf(*condition, ladder, &outside) ||
        !IntersectRealSets(left, outside, ladder, &rest)) {
      return false;
    }
    pieces->parts.push_back({&e.child(i), std::move(here)});
    left = std::move(rest);
  }
  return true;
}

// The variable as a function of all reals whose values fill the interval.
const Expr* Filling(const Domain& d, const std::string& name, Rewriter* w) {
  const Expr* t = w->Symbol(name);
  const Expr* square = w->Power(t, w->Integer(2));
  const bool low = !IsInfinite(*d.low), high = !IsInfinite(*d.high);
  if (low && high) {
    // low + (high - low) / (1 + t^2)
    return w->Add({d.low, w->Divide(w->Subtract(d.high, d.low),
                                    w->Add({w->Integer(1), square}))});
  }
  if (low) return w->Add({d.low, square});
  if (high) return w->Subtract(d.high, square);
  return t;
}

}  // namespace

// Equal where every pair of pieces is equal wherever both hold, and both are
// defined on the same set.
std::optional<Finding> Structure::ByPieces(const Expr& gold,
                                           const Expr& answer) {
  constexpr size_t kPartsMax = 8;
  Pieces g, a;
  if (!Split(gold, ladder_, &g) || !Split(answer, ladder_, &a) ||
      g.parts.size() > kPartsMax || a.parts.size() > kPartsMax) {
    return std::nullopt;
  }
  if (!g.variable.empty() && !a.variable.empty() && g.variable != a.variable) {
    return std::nullopt;
  }
  const std::string& name = g.variable.empty() ? a.variable : g.variable;
  if (name.empty()) return std::nullopt;
  RealSet domains[2];
  for (int side = 0; side < 2; ++side) {
    for (const Pieces::Part& part : (side == 0 ? g : a).parts) {
      domains[side].pieces.insert(domains[side].pieces.end(),
                                  part.where.pieces.begin(),
                                  part.where.pieces.end());
    }
    if (!SortRealSet(&domains[side], ladder_)) return std::nullopt;
  }
  auto compare = [this](const Expr& x, const Expr& y) { return Any(x, y); };
  Finding total = CompareRealSets(domains[0], domains[1], compare, ladder_);
  if (!total.equal()) {
    // A point that the one leaves out proves little.
    return Finding::Undecided("structure", "pieces cover other points");
  }
  Rewriter w(ladder_->arena());
  for (const Pieces::Part& x : g.parts) {
    for (const Pieces::Part& y : a.parts) {
      RealSet common;
      if (!IntersectRealSets(x.where, y.where, ladder_, &common)) {
        return std::nullopt;
      }
      for (const Domain& d : common.pieces) {
        const bool point =
            d.low_closed && d.high_closed && Any(*d.low, *d.high).equal();
        const Expr* at = point ? d.low : Filling(d, name, &w);
        if (at == nullptr) return std::nullopt;
        const Expr* p = w.Substitute(*x.value, name, *at);
        const Expr* q = w.Substitute(*y.value, name, *at);
        if (p == nullptr || q == nullptr) return std::nullopt;
        Finding f = Any(*p, *q);
        if (!f.equal()) return f;
        total = Both(std::move(total), std::move(f));
      }
    }
  }
  return std::move(total).Note("pieces compared where both hold");
}

}  // namespace assay::math
