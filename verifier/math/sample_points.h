// The points at which the ladder compares two tapes.
//
//   SamplePoints source(&points);
//   std::vector<kernels::Point> storage;
//   for (const kernels::Point& p : source.Usual(false, false, 2, &storage)) ...
//
// Those of up to kKeptVariablesMax variables, of which words that are read as
// products have many, are drawn once for all.
// Threads: immutable. Ownership: the source of points outlives it.
#ifndef VERIFIER_MATH_SAMPLE_POINTS_H_
#define VERIFIER_MATH_SAMPLE_POINTS_H_

#include <array>
#include <vector>

#include "absl/types/span.h"
#include "kernels/points.h"
#include "kernels/tape.h"

namespace assay::math {

class SamplePoints {
 public:
  explicit SamplePoints(const kernels::PointSource* source);

  // The first points, most telling first; of a pair without variables one.
  // They live in this object or in `storage`.
  absl::Span<const kernels::Point> Usual(
      bool complex, bool constant, int variables,
      std::vector<kernels::Point>* storage) const;
  // For pairs that have few common points among the usual ones: their domain
  // may be short, or far from 0.
  absl::Span<const kernels::Point> More(
      int variables, std::vector<kernels::Point>* storage) const;

  // Near 0 and far from it, each variable by itself, in every mix of signs:
  // for pairs that may differ in a small part of their domain alone.
  absl::Span<const kernels::Point> Scattered(
      int variables, std::vector<kernels::Point>* storage) const;

 private:
  static constexpr int kKeptVariablesMax = 26;
  // Scattered points are many.
  static constexpr int kScatteredVariablesMax = 4;

  const kernels::PointSource* source_;
  std::array<std::vector<kernels::Point>, kKeptVariablesMax + 1> real_;
  std::array<std::vector<kernels::Point>, kKeptVariablesMax + 1> complex_;
  std::array<std::vector<kernels::Point>, kKeptVariablesMax + 1> more_;
  std::array<std::vector<kernels::Point>, kScatteredVariablesMax + 1>
      scattered_;
};

// Whether an operation of the tape has a kink, a jump or a cut.
bool HasKinks(const kernels::Tape& tape);

// |x + 1000| and x + 1000 part below -1000 alone, floor x and ceil x - 1 at
// the integers alone: so each side of each constant is looked at, and the
// constants themselves.
std::vector<kernels::Point> KinkPoints(const kernels::Tape& gold,
                                       const kernels::Tape& answer,
                                       int variables);

}  // namespace assay::math

#endif  // VERIFIER_MATH_SAMPLE_POINTS_H_
