// Writes the value of a tree as a tape.
//
//   Compiler c({"x", "y"}, nullptr, &arena, &budget);
//   absl::StatusOr<kernels::Tape> tape = c.Compile(tree of \sin(\pi/5) + x);
//   tape->one_sided();  // false
//
// Trigonometry of rational multiples of pi becomes roots of unity, roots of
// positive rationals become surds, so that both have residues. Sums and
// products over ranges of known bounds are unrolled, derivatives taken.
// What has no value that we know (an unknown function, an ellipsis, words)
// becomes one more variable, the same for equal texts, and makes the tape
// one-sided.
//
// Errors: INVALID_ARGUMENT where the tree is no single value (a set, an
// infinity) or too large; RESOURCE_EXHAUSTED where the budget is spent.
// Threads: a Compiler belongs to one thread.
#ifndef VERIFIER_MATH_COMPILE_H_
#define VERIFIER_MATH_COMPILE_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kernels/tape.h"
#include "verifier/math/exact.h"
#include "verifier/math/expr.h"

namespace assay::math {

// Terms of an unrolled sum; factors of an unrolled product.
inline constexpr int kUnrolledTermsMax = 200;
// Unknown parts of a pair.
inline constexpr size_t kAtomsMax = 8;

class Compiler {
 public:
  // `names` are the variables of both sides, at most kVariablesMax with the
  // atoms; `bindings` gives values to some symbols (integer parameters).
  Compiler(std::vector<std::string> names, const Bindings* bindings,
           Arena* arena, Budget* budget);
  // Compile both sides with one Compiler: they then share their atoms.
  absl::StatusOr<kernels::Tape> Compile(const Expr& expr);
  // Variables with the atoms met so far, for printing points.
  const std::vector<std::string>& names() const { return names_; }

 private:
  friend class TapeWriter;
  std::vector<std::string> names_;
  std::map<std::string, int> atoms_;
  const Bindings* bindings_;
  Arena* arena_;
  Budget* budget_;
};

// Symbols that can only be integers: under a factorial or binomial, as bound
// of a sum or product, as exponent of a negative number; n, m, k, N where
// they are rounded or reduced.
void IntegerSymbols(const Expr& expr, std::set<std::string>* names);
// r where the tree is r times pi.
std::optional<Rational> MultipleOfPi(const Expr& expr, Budget* budget);
kernels::Rational ToKernel(const Rational& value);

}  // namespace assay::math

#endif  // VERIFIER_MATH_COMPILE_H_
