// A batch of tapes as structure of arrays: packed once, evaluated on host or
// device, read back once.
//
//   LaneBatch<RealDomain> batch;
//   batch.SetPoints(/*variables=*/2, /*points=*/16);
//   *batch.variable(0, /*part=*/0, /*point=*/3) = 1.5;
//   batch.Add(instructions, count, constants, integers);
//   LaneValues<RealDomain> values;
//   EvaluateOnHost(batch, /*threads=*/1, &values);   // host_lanes.h
//   RealBall y = values.at(/*tape=*/0, /*point=*/3);
//
// All tapes share the points. In a finite field the batch is of one field, and
// scalars are in the field's own form.
//
// Threads: build by one thread, read by many. Bounds: kWordsMax words,
// kConstantsMax constants.
#ifndef KERNELS_LANES_LANE_BATCH_H_
#define KERNELS_LANES_LANE_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/lanes/domains.h"
#include "kernels/lanes/lane_code.h"

namespace assay::kernels::lanes {

// Vectors of points are filled up to a multiple of this.
inline constexpr size_t kLaneWidth = 8;

// Where a tape's pieces begin in its batch.
struct LaneTape {
  uint32_t word = 0;
  uint32_t words = 0;
  uint32_t constant = 0;
  uint32_t integer = 0;
  uint32_t temporaries = 0;
  uint32_t constants = 0;
  uint32_t integers = 0;
  uint32_t unused = 0;
  uint64_t ops = 0;  // Bit k: operation k is used (leaves are not counted).
};

// + - x and negation: the device has a kernel for those alone.
inline constexpr uint64_t kArithmeticOps =
    uint64_t{1} << static_cast<int>(Op::kAdd) |
    uint64_t{1} << static_cast<int>(Op::kSubtract) |
    uint64_t{1} << static_cast<int>(Op::kMultiply) |
    uint64_t{1} << static_cast<int>(Op::kNegate);

template <typename D>
class LaneBatch {
 public:
  using Scalar = typename D::Scalar;
  using Value = typename D::Value;
  static constexpr size_t kWordsMax = size_t{1} << 28;

  explicit LaneBatch(typename D::Field field = typename D::Field())
      : field_(field) {}

  void SetPoints(size_t variables, size_t points) {
    variables_ = variables;
    points_ = points;
    stride_ = (points + kLaneWidth - 1) / kLaneWidth * kLaneWidth;
    coordinates_.assign(variables * D::kParts * stride_, Scalar());
  }
  void SetVariable(size_t v, size_t point, const Value& value) {
    Scalar* base = &coordinates_[v * D::kParts * stride_];
    D::Store(base + point, static_cast<int>(stride_), value);
    // The filling repeats the last point: it costs no slow path.
    for (size_t k = points_; point + 1 == points_ && k < stride_; ++k) {
      D::Store(base + k, static_cast<int>(stride_), value);
    }
  }

  // A valid tape; `constants` are its leaves that are no variables, in order.
  // False where the batch is full: nothing was added.
  bool Add(const Instruction* instructions, size_t count,
           const Value* constants, size_t constants_count,
           const int64_t* integers, size_t integers_count) {
    LaneTape tape;
    tape.word = static_cast<uint32_t>(words_.size());
    if (words_.size() + 3 * count > kWordsMax) return false;
    tape.temporaries =
        static_cast<uint32_t>(Encode(instructions, count, &words_));
    tape.words = static_cast<uint32_t>(words_.size()) - tape.word;
    for (size_t k = 0; k < count; ++k) {
      if (ArityOf(instructions[k].op) > 0) {
        tape.ops |= uint64_t{1} << static_cast<int>(instructions[k].op);
      }
    }
    tape.constant = static_cast<uint32_t>(constants_.size() / D::kParts);
    tape.constants = static_cast<uint32_t>(constants_count);
    for (size_t k = 0; k < constants_count; ++k) {
      constants_.resize(constants_.size() + D::kParts);
      D::Store(&constants_[constants_.size() - D::kParts], 1, constants[k]);
    }
    tape.integer = static_cast<uint32_t>(integers_.size());
    tape.integers = static_cast<uint32_t>(integers_count);
    integers_.insert(integers_.end(), integers, integers + integers_count);
    tapes_.push_back(tape);
    return true;
  }
  void ClearTapes() {
    tapes_.clear();
    words_.clear();
    constants_.clear();
    integers_.clear();
  }

  const typename D::Field& field() const { return field_; }
  size_t points() const { return points_; }
  size_t stride() const { return stride_; }
  size_t variables() const { return variables_; }
  const std::vector<LaneTape>& tapes() const { return tapes_; }
  const std::vector<uint32_t>& words() const { return words_; }
  // kParts scalars a constant, side by side.
  const std::vector<Scalar>& constants() const { return constants_; }
  const std::vector<int64_t>& integers() const { return integers_; }
  // [variable][part][stride].
  const std::vector<Scalar>& coordinates() const { return coordinates_; }

 private:
  typename D::Field field_;
  size_t variables_ = 0;
  size_t points_ = 0;
  size_t stride_ = 0;
  std::vector<LaneTape> tapes_;
  std::vector<uint32_t> words_;
  std::vector<Scalar> constants_;
  std::vector<int64_t> integers_;
  std::vector<Scalar> coordinates_;
};

// Results: [tape][part][point], and for residues whether there is none.
template <typename D>
struct LaneValues {
  size_t points = 0;
  std::vector<typename D::Scalar> scalars;
  std::vector<uint8_t> undefined;  // Of residues alone: [tape][point].

  void Resize(size_t tapes, size_t points_count) {
    points = points_count;
    scalars.resize(tapes * points * D::kParts);
    undefined.assign(
        std::is_same_v<typename D::Scalar, double> ? 0 : tapes * points, 0);
  }
  typename D::Value at(size_t tape, size_t point) const {
    return D::Load(&scalars[tape * points * D::kParts + point],
                   static_cast<int>(points));
  }
};

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_LANE_BATCH_H_
