// The value of a tape at an exact point, enclosed by Arb at any precision.
//
//   HighPrecisionOptions options;
//   options.precision_bits = 256;
//   Enclosure a = EvaluateHighPrecision(tape_a, point, options);
//   Enclosure b = EvaluateHighPrecision(tape_b, point, options);
//   if (Enclosure::Disjoint(a, b)) ...   // proved different at this point
//   if (Enclosure::Overlaps(a, b) && a.radius_log2() <= -200) ...  // evidence
//
// How close may two different values be? Nobody knows for all expressions,
// but what is written decides: pi and pi + 10^-2000 differ by the constant
// 10^-2000. extent_bits() is a guess from above at the exponent that the
// constants and the values on the way can bring about; agreement at fewer
// bits is no evidence.
//
// Bounded: precision up to kPrecisionBitsMax; the budget is charged before
// each operation with its expected cost, and when it is spent the state is
// kBudget. Exponents cannot blow up: a value beyond 2^(2^40) is kUnknown.
//
// Errors: none; the state says what happened.
// Threads: pure; Arb's caches are per thread. Ownership: plain values (copy
// and move).
#ifndef KERNELS_HIGH_PRECISION_H_
#define KERNELS_HIGH_PRECISION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "kernels/evaluator.h"
#include "kernels/points.h"
#include "kernels/tape.h"

namespace assay::kernels {

struct HighPrecisionOptions {
  static constexpr int kPrecisionBitsMax = 16384;
  static constexpr int64_t kBudgetDefault = int64_t{1} << 28;

  BallDomain domain = BallDomain::kReal;
  int precision_bits = 256;  // Clamped to 2..kPrecisionBitsMax.
  // Units of about 4 ns, a limb multiplication with its share of the rest.
  int64_t budget = kBudgetDefault;
};

class Enclosure {
 public:
  enum class State : uint8_t {
    kDefined,
    kUndefined,  // Proved to have no value at this point.
    kUnknown,    // A ball touches a cut, a zero or a jump; or no such domain.
    kBudget,     // The budget is spent.
  };

  Enclosure();
  Enclosure(const Enclosure& other);
  Enclosure(Enclosure&& other) noexcept;
  Enclosure& operator=(const Enclosure& other);
  Enclosure& operator=(Enclosure&& other) noexcept;
  ~Enclosure();

  State state() const { return state_; }
  bool defined() const { return state_ == State::kDefined; }

  // Both defined, and with a common number; or surely with none.
  static bool Overlaps(const Enclosure& a, const Enclosure& b);
  static bool Disjoint(const Enclosure& a, const Enclosure& b);

  bool contains_zero() const;
  // The ball is one exact number (radius 0).
  bool exact() const;
  // Real in the sense that the imaginary part is exactly 0.
  bool real() const;
  // -1, 0 (exactly) or 1; nothing where not certain or not real.
  std::optional<int> sign() const;
  // The only integer in the ball, where it is real and holds exactly one
  // and fits; nothing otherwise. It proves no integrality.
  std::optional<int64_t> unique_integer() const;
  // Upper bound of log2 of the radius (of the larger part); -infinity: exact.
  double radius_log2() const;
  // log2 of an upper bound of |value|; -infinity: 0.
  double magnitude_log2() const;
  // The midpoint rounded to a double (saturating); for tests and prints.
  double re() const;
  double im() const;
  // "[1.41421356237309504880168872421 +/- 3.5e-78]", "[...] + [...]*I".
  std::string Print(int digits = 30) const;
  // How many digits it takes until the printed forms of two disjoint
  // enclosures are disjoint too, so that a reader can check a witness.
  static int DigitsToSeparate(const Enclosure& a, const Enclosure& b);
  // Operations evaluated.
  int64_t operations_count() const { return operations_count_; }
  // Units of the budget that were charged.
  int64_t cost() const { return cost_; }
  // See above; 0 where nothing large or tiny is in it. Saturates at
  // kExtentBitsMax.
  double extent_bits() const { return extent_bits_; }
  static constexpr double kExtentBitsMax = 1e9;

  // True where the ball surely lies within that fp64 ball; both defined.
  bool Within(const BallValue& ball) const;
  // True where they have a common number; both defined.
  bool Overlaps(const BallValue& ball) const;

 private:
  friend class HighPrecisionTape;
  struct Value;
  State state_ = State::kUnknown;
  int64_t operations_count_ = 0;
  int64_t cost_ = 0;
  double extent_bits_ = 0;
  std::unique_ptr<Value> value_;
};

Enclosure EvaluateHighPrecision(const Tape& tape, const Point& point,
                                const HighPrecisionOptions& options);

}  // namespace assay::kernels

#endif  // KERNELS_HIGH_PRECISION_H_
