// A tape: an expression as a validated flat list of operations.
//
//   TapeBuilder b(/*variables_count=*/1);
//   int x = b.Variable(0);
//   int two = b.Constant(Rational::FromInt(2));
//   int root = b.Surd(Rational::FromInt(2), 2);              // sqrt 2
//   int y = b.Apply(Op::kAdd, b.PowInt(x, 10), b.Apply(Op::kMultiply, two,
//                                                      root));
//   absl::StatusOr<Tape> tape = b.Build(y);                  // x^10 + 2 sqrt 2
//
// Form: static single assignment; instruction k defines value k and names
// earlier values alone; the last instruction is the result. Instructions
// that the result does not need are dropped by Build and equal ones joined.
//
// Meaning. In the real domain even roots and non-integer powers of negatives
// are undefined and odd roots are real; in the complex domain sqrt, root,
// pow, log and the inverse functions are principal branches, but `root` with
// an odd index of an exact real number is not the real one there: callers
// that mean the real root use Surd, or the real domain. 0^0 = 1 for PowInt
// with exponent 0; Power of an exact 0 is 0 for positive exponents, 1 for
// the exponent 0, else undefined.
//
// Errors: the builder remembers the first fault, and Build returns it:
// INVALID_ARGUMENT (a bad operand, index or denominator) or
// RESOURCE_EXHAUSTED (a bound below). Any int may be passed as an operand.
// Threads: a finished Tape is immutable. Ownership: plain values.
#ifndef KERNELS_TAPE_H_
#define KERNELS_TAPE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kernels/tape_op.h"

namespace assay::kernels {

enum class Immediate : uint8_t {
  kNone,
  kConstant,
  kVariable,
  kInteger,
  kTurn,
  kSurd
};

struct OpFacts {
  std::string_view text;
  int arity;
  Immediate immediate;
  uint8_t domains;  // Bits of DomainBits.
  double ulps;      // See op_table.def.
};
const OpFacts& Facts(Op op);

// Little-endian; nearly always one.
using Limbs = absl::InlinedVector<uint64_t, 1>;

// A rational of any size up to kConstantBitsMax; little-endian limbs. Need
// not be in lowest terms; no limbs mean 0.
struct Rational {
  bool negative = false;
  Limbs numerator;
  Limbs denominator = {1};

  static Rational FromInt(int64_t n);
  // `d` > 0.
  static Rational FromInts(int64_t n, int64_t d);
  friend bool operator==(const Rational&, const Rational&) = default;
};

// numerator/denominator of a whole turn: e^(2 pi i numerator / denominator).
struct Turn {
  int64_t numerator = 0;
  uint32_t denominator = 1;
};

// radicand^(1/index), positive real. `factors` is filled by Validate: the
// primes of the radicand where it splits into small ones and a cofactor below
// 2^64 (or a power of one); else `factored` is false and the residues abstain.
struct SurdImmediate {
  Rational radicand;
  uint32_t index = 2;
  struct Factor {
    uint64_t prime;
    int64_t exponent;  // Negative for the denominator's.
  };
  bool factored = false;
  std::vector<Factor> factors;
};

// The fp64 enclosure of a leaf, rounded once on the host: every evaluator
// starts from these bits. Not finite where the constant overflows.
struct LeafBall {
  double re = 0;
  double im = 0;
  double rad = 0;
};

class Tape {
 public:
  static constexpr int kInstructionsMax = 4096;
  static constexpr int kVariablesMax = 64;
  static constexpr int kConstantBitsMax = 1 << 16;
  static constexpr int kConstantBitsTotalMax = 1 << 20;
  static constexpr int kSurdsMax = 64;
  static constexpr uint32_t kRootIndexMax = 1 << 16;
  static constexpr uint32_t kTurnDenominatorMax = 1 << 20;

  struct Parts {
    std::vector<Instruction> instructions;
    std::vector<Rational> constants;
    std::vector<int64_t> integers;
    std::vector<Turn> turns;
    std::vector<SurdImmediate> surds;
    int variables_count = 0;
    // Atoms stand for something unknown: a mismatch proves nothing.
    bool one_sided = false;
  };
  // Takes any parts, however made, and refuses those that break the form.
  // Factors of surds are recomputed.
  static absl::StatusOr<Tape> Validate(Parts parts);

  const std::vector<Instruction>& instructions() const {
    return parts_.instructions;
  }
  const Parts& parts() const { return parts_; }
  int variables_count() const { return parts_.variables_count; }
  bool one_sided() const { return parts_.one_sided; }
  // + - x / and integer powers alone.
  bool arithmetic() const { return arithmetic_; }
  // The domains in which every operation is defined; bits of DomainBits.
  uint8_t domains() const { return domains_; }
  // Bit v: variable v is used.
  uint64_t variables_used() const { return variables_used_; }
  // Of instruction k, where that is a leaf other than a variable.
  const std::vector<LeafBall>& leaf_balls() const { return leaf_balls_; }
  // A line an instruction, for explanations and failing tests.
  std::string Print() const;

 private:
  Tape() = default;
  Parts parts_;
  std::vector<LeafBall> leaf_balls_;
  bool arithmetic_ = true;
  uint8_t domains_ = 0;
  uint64_t variables_used_ = 0;
};

class TapeBuilder {
 public:
  explicit TapeBuilder(int variables_count);

  // Each returns the number of the value it defines; -1 after a fault.
  int Constant(Rational value);
  int Integer(int64_t value) { return Constant(Rational::FromInt(value)); }
  int Variable(int index);
  // An operation of that arity without an immediate; b is ignored below 2.
  int Apply(Op op, int a = -1, int b = -1);
  int PowInt(int a, int64_t exponent);
  // The index is 2 to kRootIndexMax.
  int Root(int a, int64_t index);
  // radicand^(1/index), radicand > 0.
  int Surd(Rational radicand, int64_t index);
  // e^(2 pi i n/d), cos and sin of (2 pi n/d); d in 1..kTurnDenominatorMax.
  int RootOfUnity(int64_t n, int64_t d) {
    return TurnOp(Op::kRootOfUnity, n, d);
  }
  int CosTurn(int64_t n, int64_t d) { return TurnOp(Op::kCosTurn, n, d); }
  int SinTurn(int64_t n, int64_t d) { return TurnOp(Op::kSinTurn, n, d); }
  void set_one_sided() { parts_.one_sided = true; }

  const absl::Status& status() const { return status_; }
  // The tape of value `result`. The builder may be used on, for other results.
  absl::StatusOr<Tape> Build(int result) const&;
  // The same from a builder that is not needed any more.
  absl::StatusOr<Tape> Build(int result) &&;

 private:
  int Fail(absl::Status status);
  int Append(Instruction instruction);
  int TurnOp(Op op, int64_t n, int64_t d);
  bool IsValue(int value) const;

  Tape::Parts parts_;
  absl::Status status_;
  int64_t constant_bits_ = 0;
  // Number of an equal instruction, -1 where there is none. Short tapes are
  // searched, longer ones have an index.
  int Find(const Instruction& instruction);
  static constexpr size_t kSearchedMax = 32;
  absl::flat_hash_map<Instruction, int> known_;
};

}  // namespace assay::kernels

#endif  // KERNELS_TAPE_H_
