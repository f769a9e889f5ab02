// What two tapes' values at the points say, in one small answer a pair; the
// same source for host and device, so the same answer.
//
//   std::vector<LanePair> pairs = {{gold, answer, PairTest::kEqual}};
//   std::vector<PairTally> tallies;
//   TestOnHost(batch, values, pairs, &tallies);
//   if (tallies[0].witness >= 0) ...            // differ at that point
//
//   kEqual         a point where both are defined and disjoint is a witness.
//   kProportional  the same of a(p) b(q) and a(q) b(p), q the next point (the
//                  first after the last): a witness shows that no constant c
//                  has a = c b.
//   kSign          of a alone: how often it is surely positive, negative, 0.
//
// Agreement proves nothing for balls; for residues see residue.h. Threads:
// pure.
#ifndef KERNELS_LANES_PAIR_TEST_H_
#define KERNELS_LANES_PAIR_TEST_H_

#include <cstdint>
#include <type_traits>
#include <vector>

#include "kernels/lanes/lane_batch.h"

namespace assay::kernels::lanes {

enum class PairTest : uint32_t { kEqual, kProportional, kSign };

struct LanePair {
  uint32_t a = 0;  // Numbers of tapes of the batch.
  uint32_t b = 0;
  PairTest test = PairTest::kEqual;
};

struct PairTally {
  int32_t witness = -1;   // The first point that separates, or -1.
  uint32_t compared = 0;  // Points where all that is needed is defined.
  uint32_t positive = 0;  // For kSign.
  uint32_t negative = 0;
  uint32_t zero = 0;
  friend bool operator==(const PairTally&, const PairTally&) = default;
};

// What one point says.
enum class PointWord : uint32_t {
  kNothing,
  kAgrees,
  kDiffers,
  kPositive,
  kNegative,
  kZero
};

// Surely no common number. Each difference and the sum of the radii err by
// 2^-53, far less than the margin.
ASSAY_HOST_DEVICE inline bool Apart(const RealBall& a, const RealBall& b) {
  return Magnitude(a.mid - b.mid) * (1 - 0x1p-50) >
         (a.rad + b.rad) * (1 + 0x1p-50);
}
ASSAY_HOST_DEVICE inline bool Apart(const ComplexBall& a,
                                    const ComplexBall& b) {
  const double x = Magnitude(a.re - b.re), y = Magnitude(a.im - b.im);
  const double most = MaxOf(x, y), reach = (a.rad + b.rad) * (1 + 0x1p-50);
  // The larger part of a distance is at most the distance.
  const bool far = most * (1 - 0x1p-50) > reach;
  const bool in_range = (most > 0x1p-500) & (most < 0x1p500);
  return far | (in_range & (SquareRoot(x * x + y * y) * (1 - 0x1p-48) > reach));
}
ASSAY_HOST_DEVICE inline bool HasValue(const RealBall& a) {
  return a.defined();
}
ASSAY_HOST_DEVICE inline bool HasValue(const ComplexBall& a) {
  return a.defined();
}
// Values of residues and doubles: whether there is one is known elsewhere.
template <typename Value>
ASSAY_HOST_DEVICE bool HasValue(const Value&) {
  return true;
}
ASSAY_HOST_DEVICE inline bool Apart(const Fp2& a, const Fp2& b) {
  return a.re != b.re || a.im != b.im;
}
template <typename Value>
ASSAY_HOST_DEVICE bool Apart(const Value& a, const Value& b) {
  return a.x != b.x;
}

ASSAY_HOST_DEVICE inline PointWord SignOf(double mid, double other,
                                          double rad) {
  if (other == 0 && Magnitude(mid) * (1 - 0x1p-50) > rad) {
    return mid > 0 ? PointWord::kPositive : PointWord::kNegative;
  }
  return mid == 0 && other == 0 && rad == 0 ? PointWord::kZero
                                            : PointWord::kNothing;
}
ASSAY_HOST_DEVICE inline PointWord SignOf(const RealBall& a) {
  return SignOf(a.mid, 0, a.rad);
}
ASSAY_HOST_DEVICE inline PointWord SignOf(const ComplexBall& a) {
  return SignOf(a.re, a.im, a.rad);
}
// A residue has no sign but 0.
ASSAY_HOST_DEVICE inline PointWord SignOf(const Fp2& a) {
  return IsZero(a) ? PointWord::kZero : PointWord::kNothing;
}
template <typename Value>
ASSAY_HOST_DEVICE PointWord SignOf(const Value& a) {
  return a.x == 0 ? PointWord::kZero : PointWord::kNothing;
}
// Rows of values of tapes a and b: [part][points], and whether residues are
// undefined.
template <typename D>
struct PairRows {
  const typename D::Scalar* a;
  const typename D::Scalar* b;
  const uint8_t* a_undefined;  // Null for balls.
  const uint8_t* b_undefined;
  uint32_t points;

  ASSAY_HOST_DEVICE bool HasA(uint32_t k) const {
    return a_undefined == nullptr ? HasValue(D::Load(a + k, points))
                                  : a_undefined[k] == 0;
  }
  ASSAY_HOST_DEVICE bool HasB(uint32_t k) const {
    return b_undefined == nullptr ? HasValue(D::Load(b + k, points))
                                  : b_undefined[k] == 0;
  }
};

template <typename D>
ASSAY_HOST_DEVICE PointWord Ask(const PairRows<D>& rows, PairTest test,
                                const typename D::Field& field, uint32_t k) {
  const int stride = static_cast<int>(rows.points);
  if (!rows.HasA(k)) return PointWord::kNothing;
  const typename D::Value a = D::Load(rows.a + k, stride);
  if (test == PairTest::kSign) return SignOf(a);
  if (!rows.HasB(k)) return PointWord::kNothing;
  const typename D::Value b = D::Load(rows.b + k, stride);
  if (test == PairTest::kEqual) {
    return Apart(a, b) ? PointWord::kDiffers : PointWord::kAgrees;
  }
  const uint32_t q = k + 1 == rows.points ? 0 : k + 1;
  if (!rows.HasA(q) || !rows.HasB(q)) return PointWord::kNothing;
  bool undefined = false;
  const typename D::Value left = D::Binary(
      Op::kMultiply, field, a, D::Load(rows.b + q, stride), &undefined);
  const typename D::Value right = D::Binary(
      Op::kMultiply, field, D::Load(rows.a + q, stride), b, &undefined);
  if (!HasValue(left) || !HasValue(right)) return PointWord::kNothing;
  return Apart(left, right) ? PointWord::kDiffers : PointWord::kAgrees;
}

template <typename D>
PairRows<D> RowsOf(const LaneValues<D>& values, const LanePair& pair) {
  const size_t points = values.points;
  const bool sparse = !values.undefined.empty();
  return {&values.scalars[pair.a * points * D::kParts],
          &values.scalars[pair.b * points * D::kParts],
          sparse ? &values.undefined[pair.a * points] : nullptr,
          sparse ? &values.undefined[pair.b * points] : nullptr,
          static_cast<uint32_t>(points)};
}

// The slow and obvious way: point after point.
template <typename D>
void TestOnHost(const typename D::Field& field, const LaneValues<D>& values,
                const std::vector<LanePair>& pairs,
                std::vector<PairTally>* tallies) {
  tallies->assign(pairs.size(), {});
  for (size_t i = 0; i < pairs.size() && values.points > 0; ++i) {
    const PairRows<D> rows = RowsOf(values, pairs[i]);
    PairTally& tally = (*tallies)[i];
    for (uint32_t k = 0; k < rows.points; ++k) {
      const PointWord word = Ask(rows, pairs[i].test, field, k);
      if (word == PointWord::kNothing) continue;
      ++tally.compared;
      tally.positive += word == PointWord::kPositive ? 1 : 0;
      tally.negative += word == PointWord::kNegative ? 1 : 0;
      tally.zero += word == PointWord::kZero ? 1 : 0;
      if (word == PointWord::kDiffers && tally.witness < 0) {
        tally.witness = static_cast<int32_t>(k);
      }
    }
  }
}

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_PAIR_TEST_H_
