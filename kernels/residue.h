// Exact values of tapes in finite fields GF(p^2): a mismatch proves that two
// tapes differ, a match at three secret primes is wrong with tiny probability.
//
//   auto field = ResidueField::Draw(source, /*index=*/0);   // secret prime
//   Residue a = field->Evaluate(tape_a, point);
//   Residue b = field->Evaluate(tape_b, point);
//   if (a.defined() && b.defined() && !(a == b)) ...        // different
//
// The field. p is a 61-bit prime, p = -1 mod `order` (a multiple of 360), and
// p - 1 has no odd prime factor below 32. So i, all roots of unity of that
// order, and all n-th roots of rationals for every n whose odd part has such
// small factors are there, and every choice of a root is made once for the
// prime and all n together: see roots.h for why this is one ring
// homomorphism from the number field to GF(p^2). Real numbers of the field
// whose surds lie in GF(p) are fixed by z -> z^p, which is then complex
// conjugation.
//
// Mersenne(), p = 2^61 - 1, is the fast filter; it is public, so a match there
// proves nothing.
//
// Variables are secret elements of GF(p), or the given integers. A tape that
// is one-sided gives values like any other; the caller honours the flag.
// Exponents of PowInt of any size are exact: x^n depends on n mod p^2 - 1
// alone where x is not 0.
//
// Threads: immutable. Bounds: a tape's instructions, each at most some
// thousand multiplications.
#ifndef KERNELS_RESIDUE_H_
#define KERNELS_RESIDUE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "kernels/points.h"
#include "kernels/tape.h"

namespace assay::kernels {

struct Residue {
  enum class State : uint8_t {
    kDefined,
    kUndefined,  // A division by zero (of the field).
    kAbstained,  // An operation, root or factor that the field has not.
  };
  State state = State::kAbstained;
  uint64_t re = 0;  // re + im i, both below p; 0 unless defined.
  uint64_t im = 0;

  bool defined() const { return state == State::kDefined; }
  friend bool operator==(const Residue&, const Residue&) = default;
};

// Where the variables are evaluated: secret elements number `index`, but for
// those variables that are given an integer (missing entries: none).
struct ResiduePoint {
  uint64_t index = 0;
  std::vector<std::optional<int64_t>> integers;
};

class ResidueField {
 public:
  static constexpr uint32_t kOrder = 360;
  static constexpr uint32_t kOrderMax = 1 << 20;

  // The secret prime number `index` of those for roots of unity of `order`
  // (rounded up to lcm(360, order)). INVALID_ARGUMENT: an order of 0 or
  // beyond kOrderMax.
  static absl::StatusOr<std::shared_ptr<const ResidueField>> Draw(
      const PointSource& source, uint64_t index, uint32_t order = kOrder);
  static std::shared_ptr<const ResidueField> Mersenne(
      const PointSource& source);

  virtual ~ResidueField() = default;
  virtual Residue Evaluate(const Tape& tape,
                           const ResiduePoint& point) const = 0;
  virtual uint64_t prime() const = 0;
  // Roots of unity of this order are in the field as far as tapes see.
  virtual uint32_t order() const = 0;
  // For lane code: values in the field's own form. A leaf that is no variable
  // (false where the field has it not), and a variable.
  virtual bool LaneConstant(const Tape& tape, const Instruction& leaf,
                            uint64_t* re, uint64_t* im) const = 0;
  virtual uint64_t LaneVariable(int variable,
                                const ResiduePoint& point) const = 0;
};

// The smallest order that holds the tape's roots of unity, for Draw; 0 where
// it is beyond kOrderMax.
uint32_t OrderOf(const Tape& a, const Tape& b);

// The base-2 logarithm of the probability that a and b differ though they
// match at `primes_count` independent secret primes of `order` (one point
// each). Nothing where the rung must abstain: h D > 2^22, with h the height
// of a - b in bits and D the degree of the number field, or where variables
// bring a degree beyond 2^32.
std::optional<double> MatchErrorLog2(const Tape& a, const Tape& b,
                                     int primes_count,
                                     uint32_t order = ResidueField::kOrder);

}  // namespace assay::kernels

#endif  // KERNELS_RESIDUE_H_
