// Pairs of answers that are equal, or different, by construction.
//
//   GeneratedPairs pairs(seed);
//   GeneratedPair p = pairs.Equal();       // Rewritten, spelled otherwise.
//   GeneratedPair q = pairs.Perturbed();   // Proved different: by Arb at a
//                                          // point, or by how it was made.
//
// Scalars of all kinds, near-equalities down to 10^-3000, lists, tuples,
// sets, intervals, inequalities, lines, labels, matrices, units, integer
// parameters, unknown functions, literals.
// Threads: an object belongs to one thread.
#ifndef TESTS_VERIFIER_MATH_GENERATED_PAIRS_H_
#define TESTS_VERIFIER_MATH_GENERATED_PAIRS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/verifier/math/formula.h"

namespace assay::math {

struct GeneratedPair {
  std::string gold;
  std::string answer;
  std::string_view family;  // A literal.
};

class GeneratedPairs {
 public:
  explicit GeneratedPairs(uint64_t seed) : f_(seed) {}

  GeneratedPair Equal() { return Draw(true); }
  GeneratedPair Perturbed() { return Draw(false); }

 private:
  GeneratedPair Draw(bool equal);
  // A formula and another one, equal or proved different.
  bool Formula(bool equal, int depth, int* a, int* b);
  GeneratedPair Scalar(bool equal);
  GeneratedPair Near(bool equal);
  GeneratedPair Collection(bool equal);
  GeneratedPair Interval(bool equal);
  GeneratedPair Line(bool equal);
  GeneratedPair Labelled(bool equal);
  GeneratedPair Parameter(bool equal);
  GeneratedPair Literal(bool equal);
  GeneratedPair Matrix(bool equal);
  GeneratedPair Unknown(bool equal);
  GeneratedPair Quantity(bool equal);

  Formulas f_;
};

}  // namespace assay::math

#endif  // TESTS_VERIFIER_MATH_GENERATED_PAIRS_H_
