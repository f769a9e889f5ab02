// Evaluates batches of tapes over points: the one seam between the ladder and
// a host or a device.
//
//   std::unique_ptr<Evaluator> evaluator = MakeHostEvaluator();
//   BallBatch batch{.domain = BallDomain::kReal, .tapes = tapes,
//                   .points = points};
//   std::vector<BallValue> values;
//   if (auto s = evaluator->Evaluate(batch, &values); !s.ok()) ...
//   const BallValue& v = values[t * points.size() + k];  // tape t, point k
//
// A ball holds the true value: |value - (re + im i)| <= radius, proved from
// the bounds of op_table.def. Disjoint defined balls prove that two tapes
// differ at that point. Overlap proves nothing by itself.
//
// The same bits come from every evaluator.
//
// Errors: INVALID_ARGUMENT where a point has fewer coordinates than a tape
// has variables, where the real domain is given a complex point, or a null;
// RESOURCE_EXHAUSTED beyond kValuesMax. Values that cannot be had are no
// errors: see BallValue::State.
// Threads: const and thread-safe. Ownership: the batch's spans must outlive
// the call.
#ifndef KERNELS_EVALUATOR_H_
#define KERNELS_EVALUATOR_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "kernels/points.h"
#include "kernels/residue.h"
#include "kernels/tape.h"

namespace assay::kernels {

enum class BallDomain : uint8_t { kReal, kComplex };

struct BallValue {
  enum class State : uint8_t {
    kDefined,
    // Proved to have no value at this point: 1/0, log of a negative.
    kUndefined,
    // Not known here: a ball touches a cut or a zero divisor, an overflow, an
    // argument beyond 2^20, an operation that the domain has not.
    kUnknown,
  };
  State state = State::kUnknown;
  double re = 0;
  double im = 0;      // 0 in the real domain.
  double radius = 0;  // Finite and >= 0 where defined.

  bool defined() const { return state == State::kDefined; }
  // "1.4142135623730951 +/- 2.2e-16".
  std::string Print() const;
};

// True only where both are defined and surely have no common number.
bool Disjoint(const BallValue& a, const BallValue& b);
// Both are defined and may be equal.
bool Overlap(const BallValue& a, const BallValue& b);
// -1, 0 (exactly) or 1 of a real value; nothing where it is not certain.
std::optional<int> CertainSign(const BallValue& value);

struct BallBatch {
  BallDomain domain = BallDomain::kReal;
  absl::Span<const Tape* const> tapes;
  absl::Span<const Point> points;
};

struct ResidueBatch {
  absl::Span<const Tape* const> tapes;
  absl::Span<const ResidueField* const> fields;
  absl::Span<const ResiduePoint> points;
};

class Evaluator {
 public:
  // tapes x points (x fields) of one call.
  static constexpr size_t kValuesMax = size_t{1} << 24;

  virtual ~Evaluator() = default;
  // "host" or "cuda:NAME".
  virtual std::string_view name() const = 0;
  // Whether much at once is worth waiting for: a device's calls cost more than
  // a few values do.
  virtual bool wants_batches() const { return false; }
  // values[t * points + k].
  virtual absl::Status Evaluate(const BallBatch& batch,
                                std::vector<BallValue>* values) const = 0;
  // values[(t * fields + f) * points + k].
  virtual absl::Status Evaluate(const ResidueBatch& batch,
                                std::vector<Residue>* values) const = 0;
};

std::unique_ptr<Evaluator> MakeHostEvaluator();

}  // namespace assay::kernels

#endif  // KERNELS_EVALUATOR_H_
