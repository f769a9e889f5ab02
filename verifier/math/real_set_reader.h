// Reads sets of reals from trees; for real_sets.cc and real_set_reader.cc.
//
// Threads: as the ladder.
#ifndef VERIFIER_MATH_REAL_SET_READER_H_
#define VERIFIER_MATH_REAL_SET_READER_H_

#include <optional>
#include <string>

#include "verifier/math/ladder.h"
#include "verifier/math/real_sets.h"
#include "verifier/math/rewrite.h"

namespace assay::math {

inline bool IsInequality(uint16_t detail) {
  const Relation r = static_cast<Relation>(detail);
  return r == Relation::kLess || r == Relation::kLessEqual ||
         r == Relation::kGreater || r == Relation::kGreaterEqual;
}

class RealSetReader {
 public:
  using Piece = RealSet::Piece;

  explicit RealSetReader(Ladder* ladder)
      : ladder_(ladder), w_(ladder->arena()) {}

  bool Read(const Expr& e, RealSet* set);
  bool Sort(RealSet* set);
  bool Intersect(const RealSet& a, const RealSet& b, RealSet* result);
  bool Complement(const RealSet& a, RealSet* result);
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
  bool BetweenCuts(const Expr& f, const std::string& x, Relation r,
                   RealSet* set);
  bool Zeros(const Expr& left, const Expr& right, RealSet* set);
  bool Builder(const Expr& e, RealSet* set);
  bool Chain(const Expr& e, RealSet* set);
  bool SetVariable(const Expr& e, RealSet* set);
  bool Combine(const Expr& e, bool join, RealSet* set);
  bool CommaList(const Expr& e, RealSet* set);
  bool Named(const Expr& e, RealSet* set);
  void Ray(const Expr* end, Relation r, RealSet* set);
  const Expr* Infinity(int sign) {
    const Expr* e = w_.Constant(Constant::kInfinity);
    return sign < 0 ? w_.Negate(e) : e;
  }

  Ladder* ladder_;
  Rewriter w_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_REAL_SET_READER_H_
