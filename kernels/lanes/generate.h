// A generated symbolic set: heterogeneous tapes, the same for every evaluator
// and every peer that is measured or checked.
//
//   Generator generate(/*seed=*/7, Mix::kFunctions, /*variables=*/2);
//   SymbolicTape tape = generate.Tape();
//   LaneBatch<RealDomain> batch = MakeBatch<RealDomain>(tapes, points, {});
//
// Trees of 5 to 19 nodes, 12 in the mean, leaves counted; half of the leaves
// or more are variables. No two tapes of a set need have the same shape.
//
// Threads: one a generator.
#ifndef KERNELS_LANES_GENERATE_H_
#define KERNELS_LANES_GENERATE_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "kernels/lanes/lane_batch.h"

namespace assay::kernels::lanes {

enum class Mix {
  kArithmetic,  // + - x and negation.
  kRational,    // With 1 in 10 operations a quotient or a small power.
  kFunctions,   // Arithmetic with 8 % of the nodes transcendental or roots.
  kAll,         // Every operation, for checks rather than for rates.
};
const char* MixName(Mix mix);

struct Fraction {
  int32_t numerator = 0;
  int32_t denominator = 1;  // > 0
};

struct SymbolicTape {
  std::vector<Instruction> instructions;
  std::vector<Fraction> constants;  // The leaves but variables, in order.
  std::vector<int64_t> integers;

  // "((v0 + 3/4) * sin(v1))", for peers that read Python.
  std::string Python() const;
};

class Generator {
 public:
  Generator(uint64_t seed, Mix mix, int variables)
      : random_(seed), mix_(mix), variables_(variables) {}
  SymbolicTape Tape();
  // With other constants, as another answer to the same question has them.
  SymbolicTape Alike(const SymbolicTape& tape);
  // Uniform in (low, high), a multiple of 2^-20.
  double Number(double low, double high);

 private:
  Fraction Constant();
  int Leaf(SymbolicTape* tape);
  int Function(SymbolicTape* tape, int a);
  int Combine(SymbolicTape* tape, int a, int b);
  uint64_t Below(uint64_t n) { return random_() % n; }

  std::mt19937_64 random_;
  Mix mix_;
  int variables_;
};

// A constant and a coordinate in a domain. Coordinates are doubles; residues
// take their bits as a secret element, complex balls two of them.
template <typename D>
typename D::Value ConstantOf(const typename D::Field& field,
                             const Fraction& fraction);
template <typename D>
typename D::Value CoordinateOf(const typename D::Field& field, double re,
                               double im);

// All tapes at `points` random points of (0, 2), from the seed.
template <typename D>
LaneBatch<D> MakeBatch(const typename D::Field& field,
                       const std::vector<SymbolicTape>& tapes, int variables,
                       size_t points, uint64_t seed);

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_GENERATE_H_
