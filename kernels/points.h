// Sample points that a candidate cannot foresee and a reader can replay.
//
//   PointSource source("a secret of 16 bytes or more");
//   Point p = source.Draw(PointKind::kPositive, /*index=*/3, /*variables=*/2);
//   p.Print({"x", "y"});   // "x = 181/128, y = 27/64"
//
// A point depends on the secret, the kind, its index and the variable's
// number alone: never on the batch, nor on the tape. Every coordinate is a
// dyadic rational that a double holds exactly, so that fp64 balls and Arb
// start from the same number.
//
// Threads: immutable. Bounds: Tape::kVariablesMax variables.
#ifndef KERNELS_POINTS_H_
#define KERNELS_POINTS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::kernels {

// numerator / 2^shift.
struct Dyadic {
  int64_t numerator = 0;  // |numerator| <= 2^53.
  uint8_t shift = 0;      // <= 62.

  double ToDouble() const;
  // "3", "-27/64", in lowest terms.
  std::string Print() const;
};

struct Coordinate {
  Dyadic re;
  Dyadic im;  // 0 at real points.
};

enum class PointKind : uint8_t {
  kPositive,     // (0, 4), multiples of 2^-20.
  kReal,         // (-4, 4).
  kUnit,         // (-1, 1): within the domain of arcsine and its kin.
  kLarge,        // (4, 64).
  kInteger,      // -40..40.
  kNatural,      // 0..40; indices 0..12 give exactly 0..12 to all variables.
  kComplexDisc,  // Centre 0.7 + 0.4i, radius 1.
};

struct Point {
  std::vector<Coordinate> coordinates;

  bool IsReal() const;
  // "x = 3/4, z = 1/2 + 3/8 i"; names beyond the list are v0, v1, ...
  std::string Print(const std::vector<std::string>& names) const;

  static Point OfIntegers(const std::vector<int64_t>& values);
};

class PointSource {
 public:
  explicit PointSource(std::string_view secret);
  Point Draw(PointKind kind, uint64_t index, int variables_count) const;
  // 64 secret bits for (index, variable, salt); what Draw is made from.
  uint64_t Bits(uint64_t index, uint64_t variable, uint64_t salt) const;

 private:
  std::array<uint64_t, 2> key_;
};

}  // namespace assay::kernels

#endif  // KERNELS_POINTS_H_
