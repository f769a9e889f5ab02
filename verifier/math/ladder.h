// Decides whether two scalar expressions are equal: the ladder, cheapest rung
// first.
//
//   Ladder ladder(world, world.evaluator.get(), policy, &arena, &budget,
//                 /*trace=*/nullptr);
//   Finding f = ladder.Compare(gold, answer);
//
// text -> canonical -> exact -> tower (residues of giants) -> residue ->
// ball -> arb; expressions with integer parameters are sampled. Every rung is
// bounded and charged to the budget; when it is spent the finding is
// undecided.
//
// Threads: a ladder belongs to one thread. Ownership: all pointers outlive it.
#ifndef VERIFIER_MATH_LADDER_H_
#define VERIFIER_MATH_LADDER_H_

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "kernels/high_precision.h"
#include "verifier/math/compile.h"
#include "verifier/math/exact.h"
#include "verifier/math/expr.h"
#include "verifier/math/finding.h"
#include "verifier/math/world.h"
#include "verifier/sample.h"

namespace assay::math {

class Ladder {
 public:
  // `trace` gets a line a rung, or is null; `evaluator` may differ from the
  // world's in when it evaluates.
  Ladder(const MathWorld& world, const kernels::Evaluator* evaluator,
         const MathPolicy& policy, Arena* arena, Budget* budget,
         std::vector<std::string>* trace)
      : world_(world),
        evaluator_(evaluator),
        policy_(policy),
        arena_(arena),
        budget_(budget),
        trace_(trace) {}

  Finding Compare(const Expr& gold, const Expr& answer);
  // The symbol stands for integers alone ("k \in Z").
  void DeclareInteger(std::string_view name) { integers_.emplace(name); }
  bool HasIntegers() const { return !integers_.empty(); }
  bool IsInteger(const std::string& name) const {
    return integers_.count(name) > 0;
  }

  // The sign of a variable-free real expression where it is certain; 0 only
  // where it is exact.
  std::optional<int> SignOf(const Expr& e);
  // The sign at a point of the reals, given by the bindings.
  std::optional<int> SignAt(const Expr& e, const Bindings* bindings);
  // Encloses a variable-free expression; its state tells whether it has one.
  kernels::Enclosure Enclose(const Expr& e, const Bindings* bindings);

  const MathWorld& world() const { return world_; }
  const MathPolicy& policy() const { return policy_; }
  Arena* arena() { return arena_; }
  Budget* budget() { return budget_; }
  void Trace(std::string_view line) {
    if (trace_ != nullptr && trace_->size() < kTraceLinesMax) {
      trace_->emplace_back(line);
    }
  }
  bool tracing() const { return trace_ != nullptr; }

 private:
  static constexpr size_t kTraceLinesMax = 200;
  struct Pair;  // Both tapes, their names and what was found on the way.

  std::optional<Finding> Cheap(const Expr& gold, const Expr& answer);
  std::optional<Finding> Tower(const Expr& gold, const Expr& answer);
  std::optional<Finding> Infinite(const Expr& gold, const Expr& answer);
  Finding Tapes(const Expr& gold, const Expr& answer, const Bindings* bindings);
  std::optional<Finding> Residues(Pair* pair);
  std::optional<Finding> Balls(Pair* pair);
  std::optional<Finding> BallsAt(Pair* pair,
                                 absl::Span<const kernels::Point> points,
                                 int* overlaps);
  // `mismatch` becomes true where a point has disjoint balls.
  std::optional<Finding> ReadBalls(Pair* pair,
                                   absl::Span<const kernels::Point> points,
                                   absl::Span<const kernels::BallValue> gold,
                                   absl::Span<const kernels::BallValue> answer,
                                   int* overlaps, bool* mismatch);
  std::optional<Finding> Kinks(Pair* pair);
  Finding HighPrecision(Pair* pair);
  std::optional<Finding> HighPrecisionAt(Pair* pair,
                                         const kernels::Point& point,
                                         int* agree);
  std::optional<Finding> Confirm(const Pair& pair, const kernels::Point& point,
                                 const std::string& at,
                                 const kernels::Enclosure& gold,
                                 const kernels::Enclosure& answer);
  std::optional<Finding> DifferentForms(const Pair& pair);
  // Encloses one side, within the budget and what is left of the operations.
  kernels::Enclosure Look(const Pair& pair, const kernels::Tape& tape,
                          const kernels::Point& point, int precision_bits,
                          int64_t budget);
  Finding Integers(const Expr& gold, const Expr& answer,
                   const std::set<std::string>& names);
  std::optional<Finding> AtIntegers(const Expr& gold, const Expr& answer,
                                    const std::vector<std::string>& names,
                                    const std::vector<int64_t>& values);

  const MathWorld& world_;
  const kernels::Evaluator* evaluator_;
  const MathPolicy& policy_;
  Arena* arena_;
  Budget* budget_;
  std::vector<std::string>* trace_;
  std::set<std::string> integers_;
};

}  // namespace assay::math

#endif  // VERIFIER_MATH_LADDER_H_
