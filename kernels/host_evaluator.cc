#include <algorithm>

#include "kernels/ball_tape.h"
#include "kernels/ball_values.h"
#include "kernels/evaluator.h"
#include "kernels/lane_packer.h"
#include "kernels/lanes/host_lanes.h"

namespace assay::kernels {
namespace {

// A few points straight from the tapes: making lane code of them would take
// longer than evaluating them. The same operations, so the same bits.
template <typename Ball>
class Machine {
 public:
  explicit Machine(const BallBatch& batch) : batch_(batch) {}

  void Run(std::vector<BallValue>* values) {
    const size_t points = batch_.points.size();
    for (size_t t = 0; t < batch_.tapes.size(); ++t) {
      for (size_t k = 0; k < points; k += kLanes) {
        const size_t lanes = points - k < kLanes ? points - k : kLanes;
        const Ball* result = RunTape(*batch_.tapes[t], k, lanes);
        for (size_t l = 0; l < lanes; ++l) {
          (*values)[t * points + k + l] = ToValue(result[l]);
        }
      }
    }
  }

 private:
  static constexpr size_t kLanes = 8;

  const Ball* RunTape(const Tape& tape, size_t first, size_t lanes) {
    const size_t count = tape.instructions().size();
    if (balls_.size() < count * kLanes) balls_.resize(count * kLanes);
    for (size_t k = 0; k < count; ++k) {
      const Instruction& in = tape.instructions()[k];
      Ball* out = &balls_[k * kLanes];
      const OpFacts& facts = Facts(in.op);
      if (facts.arity == 2) {
        const Ball* a = &balls_[in.a * kLanes];
        const Ball* b = &balls_[in.b * kLanes];
        for (size_t l = 0; l < lanes; ++l) out[l] = Binary(in.op, a[l], b[l]);
      } else if (facts.arity == 1) {
        const Ball* a = &balls_[in.a * kLanes];
        const int64_t n = facts.immediate == Immediate::kInteger
                              ? tape.parts().integers[in.b]
                              : 0;
        for (size_t l = 0; l < lanes; ++l) out[l] = Unary(in.op, a[l], n);
      } else if (in.op == Op::kVariable) {
        for (size_t l = 0; l < lanes; ++l) {
          out[l] = FromCoordinate(batch_.points[first + l].coordinates[in.a],
                                  Ball());
        }
      } else {
        const Ball leaf = FromLeaf(tape.leaf_balls()[k], Ball());
        for (size_t l = 0; l < lanes; ++l) out[l] = leaf;
      }
    }
    return &balls_[(count - 1) * kLanes];
  }

  // At most Tape::kInstructionsMax * kLanes, kept for the next batch.
  static std::vector<Ball>& Balls() {
    static thread_local std::vector<Ball> balls;
    return balls;
  }

  const BallBatch& batch_;
  std::vector<Ball>& balls_ = Balls();
};

// Up to here the machine is faster than lane code: measured at 12 nodes.
constexpr size_t kFewPoints = 8;

// The batch and its values are kept for the thread's next one.
template <typename D>
void Run(const BallBatch& batch, std::vector<BallValue>* values) {
  static thread_local lanes::LaneBatch<D> packed;
  static thread_local lanes::LaneValues<D> results;
  if (batch.points.size() <= kFewPoints) {
    values->resize(batch.tapes.size() * batch.points.size());
    Machine<typename D::Value>(batch).Run(values);
    return;
  }
  PackBalls(batch.tapes, batch.points, &packed);
  lanes::EvaluateOnHost(packed, 1, &results);
  ToValues(results, batch.tapes.size(), values);
}

absl::Status CheckSize(size_t a, size_t b, size_t c) {
  constexpr size_t kMax = Evaluator::kValuesMax;
  if (a > kMax || b > kMax || c > kMax || a * b > kMax || a * b * c > kMax) {
    return absl::ResourceExhaustedError("batch beyond kValuesMax");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckBatch(const BallBatch& batch) {
  if (auto s = CheckSize(batch.tapes.size(), batch.points.size(), 1); !s.ok()) {
    return s;
  }
  size_t coordinates = Tape::kVariablesMax;
  for (const Point& point : batch.points) {
    if (batch.domain == BallDomain::kReal && !point.IsReal()) {
      return absl::InvalidArgumentError("complex point in the real domain");
    }
    for (const Coordinate& c : point.coordinates) {
      for (const Dyadic& d : {c.re, c.im}) {
        constexpr int64_t kMax = int64_t{1} << 53;
        if (d.numerator > kMax || d.numerator < -kMax || d.shift > 62) {
          return absl::InvalidArgumentError("coordinate beyond its bounds");
        }
      }
    }
    coordinates = std::min(coordinates, point.coordinates.size());
  }
  for (const Tape* tape : batch.tapes) {
    if (tape == nullptr) return absl::InvalidArgumentError("no tape");
    if (!batch.points.empty() &&
        static_cast<size_t>(tape->variables_count()) > coordinates) {
      return absl::InvalidArgumentError("point with too few coordinates");
    }
  }
  return absl::OkStatus();
}

namespace {

class HostEvaluator : public Evaluator {
 public:
  std::string_view name() const override { return "host"; }

  absl::Status Evaluate(const BallBatch& batch,
                        std::vector<BallValue>* values) const override {
    values->clear();
    if (auto s = CheckBatch(batch); !s.ok()) return s;
    if (batch.domain == BallDomain::kReal) {
      Run<lanes::RealDomain>(batch, values);
    } else {
      Run<lanes::ComplexDomain>(batch, values);
    }
    return absl::OkStatus();
  }

  absl::Status Evaluate(const ResidueBatch& batch,
                        std::vector<Residue>* values) const override {
    values->clear();
    if (auto s = CheckSize(batch.tapes.size(), batch.fields.size(),
                           batch.points.size());
        !s.ok()) {
      return s;
    }
    for (const Tape* tape : batch.tapes) {
      if (tape == nullptr) return absl::InvalidArgumentError("no tape");
    }
    for (const ResidueField* field : batch.fields) {
      if (field == nullptr) return absl::InvalidArgumentError("no field");
    }
    values->reserve(batch.tapes.size() * batch.fields.size() *
                    batch.points.size());
    for (const Tape* tape : batch.tapes) {
      for (const ResidueField* field : batch.fields) {
        for (const ResiduePoint& point : batch.points) {
          values->push_back(field->Evaluate(*tape, point));
        }
      }
    }
    return absl::OkStatus();
  }
};

}  // namespace

std::unique_ptr<Evaluator> MakeHostEvaluator() {
  return std::make_unique<HostEvaluator>();
}

}  // namespace assay::kernels
