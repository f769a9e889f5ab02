#include "kernels/lane_packer.h"

#include <algorithm>

#include "kernels/ball_values.h"

namespace assay::kernels {
namespace {

using lanes::ComplexDomain;
using lanes::LaneBatch;
using lanes::PrimeDomain;
using lanes::QuadraticDomain;
using lanes::RealDomain;

bool IsConstant(const Instruction& in) {
  return ArityOf(in.op) == 0 && in.op != Op::kVariable;
}

size_t VariablesCount(absl::Span<const Tape* const> tapes) {
  int count = 0;
  for (const Tape* tape : tapes) {
    count = std::max(count, tape->variables_count());
  }
  return static_cast<size_t>(count);
}

template <typename D>
bool Constants(const ResidueField& field, const Tape& tape,
               std::vector<typename D::Value>* constants) {
  constants->clear();
  for (const Instruction& in : tape.instructions()) {
    if (!lanes::Knows<D>(in.op)) return false;
    if (!IsConstant(in)) continue;
    uint64_t parts[2];
    if (!field.LaneConstant(tape, in, &parts[0], &parts[1])) return false;
    if (D::kParts == 1 && parts[1] != 0) return false;
    constants->push_back(D::Load(parts, 1));
  }
  return true;
}

}  // namespace

template <typename D>
void PackBalls(absl::Span<const Tape* const> tapes,
               absl::Span<const Point> points, LaneBatch<D>* batch) {
  using Ball = typename D::Value;
  const size_t variables = points.empty() ? 0 : VariablesCount(tapes);
  batch->ClearTapes();
  batch->SetPoints(variables, points.size());
  for (size_t v = 0; v < variables; ++v) {
    for (size_t k = 0; k < points.size(); ++k) {
      batch->SetVariable(v, k,
                         FromCoordinate(points[k].coordinates[v], Ball()));
    }
  }
  std::vector<Ball> constants;
  for (const Tape* tape : tapes) {
    const std::vector<Instruction>& all = tape->instructions();
    constants.clear();
    for (size_t k = 0; k < all.size(); ++k) {
      if (IsConstant(all[k])) {
        constants.push_back(FromLeaf(tape->leaf_balls()[k], Ball()));
      }
    }
    const std::vector<int64_t>& integers = tape->parts().integers;
    batch->Add(all.data(), all.size(), constants.data(), constants.size(),
               integers.data(), integers.size());
  }
}

template <typename D>
void PackResidues(const ResidueField& field,
                  absl::Span<const Tape* const> tapes,
                  absl::Span<const ResiduePoint> points,
                  std::vector<size_t>* packed, LaneBatch<D>* batch) {
  const size_t variables = VariablesCount(tapes);
  batch->ClearTapes();
  batch->SetPoints(variables, points.size());
  for (size_t v = 0; v < variables; ++v) {
    for (size_t k = 0; k < points.size(); ++k) {
      const uint64_t parts[] = {
          field.LaneVariable(static_cast<int>(v), points[k]), 0};
      batch->SetVariable(v, k, D::Load(parts, 1));
    }
  }
  std::vector<typename D::Value> constants;
  for (size_t t = 0; t < tapes.size(); ++t) {
    const Tape& tape = *tapes[t];
    if (!Constants<D>(field, tape, &constants)) continue;
    batch->Add(tape.instructions().data(), tape.instructions().size(),
               constants.data(), constants.size(), tape.parts().integers.data(),
               tape.parts().integers.size());
    packed->push_back(t);
  }
}

template void PackBalls(absl::Span<const Tape* const>, absl::Span<const Point>,
                        LaneBatch<RealDomain>*);
template void PackBalls(absl::Span<const Tape* const>, absl::Span<const Point>,
                        LaneBatch<ComplexDomain>*);
#define ASSAY_PACK(D)                                     \
  template void PackResidues(                             \
      const ResidueField&, absl::Span<const Tape* const>, \
      absl::Span<const ResiduePoint>, std::vector<size_t>*, LaneBatch<D>*);
ASSAY_PACK(PrimeDomain<Mersenne61>)
ASSAY_PACK(PrimeDomain<Montgomery>)
ASSAY_PACK(QuadraticDomain<Mersenne61>)
ASSAY_PACK(QuadraticDomain<Montgomery>)
#undef ASSAY_PACK

}  // namespace assay::kernels
