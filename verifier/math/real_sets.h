// Sets of reals: intervals, unions, inequalities, set builders, as sorted
// disjoint pieces.
//
//   std::optional<RealSet> s = ReadRealSet(tree of -3 \le x < 2, &ladder);
//   Finding f = CompareRealSets(*s, *t, compare, &ladder);
//
// Endpoints may be any expressions; pieces are merged only where the order of
// the endpoints is certain.
//
// Threads: as the ladder. Bounds: kPiecesMax pieces.
#ifndef VERIFIER_MATH_REAL_SETS_H_
#define VERIFIER_MATH_REAL_SETS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "verifier/math/expr.h"
#include "verifier/math/finding.h"
#include "verifier/math/ladder.h"

namespace assay::math {

struct RealSet {
  static constexpr size_t kPiecesMax = 64;
  struct Piece {
    // Infinite ends are trees of infinity, and open.
    const Expr* low = nullptr;
    const Expr* high = nullptr;
    bool low_closed = false;
    bool high_closed = false;
  };
  std::vector<Piece> pieces;
  // The variable of an inequality; empty where none was written.
  std::string variable;
  // Its integers were taken one by one.
  bool integers = false;
  // The order of all endpoints was certain.
  bool sorted = false;
};

// True for kinds that can only be sets of reals: intervals, unions,
// inequalities, set builders, named sets.
bool IsRealSet(const Expr& e);
// Reads tuples of two as open intervals, sets and equations as points.
// Nothing where the tree is no such set, or no simple one.
std::optional<RealSet> ReadRealSet(const Expr& e, Ladder* ladder);

// Sorts and merges the pieces; false where an order is not certain.
bool SortRealSet(RealSet* set, Ladder* ladder);
// What both hold; false where an order is not certain.
bool IntersectRealSets(const RealSet& a, const RealSet& b, Ladder* ladder,
                       RealSet* result);
// What `a` does not hold; likewise.
bool ComplementOf(const RealSet& a, Ladder* ladder, RealSet* result);

using CompareFunction =
    std::function<Finding(const Expr& gold, const Expr& answer)>;

Finding CompareRealSets(const RealSet& gold, const RealSet& answer,
                        const CompareFunction& compare, Ladder* ladder);

}  // namespace assay::math

#endif  // VERIFIER_MATH_REAL_SETS_H_
