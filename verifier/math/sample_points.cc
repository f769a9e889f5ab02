#include "verifier/math/sample_points.h"

#include <cstdint>
#include <set>
#include <utility>

namespace assay::math {
namespace {

using kernels::Point;
using kernels::PointKind;

// Where a kink or a jump may hide: points around this many of the constants.
constexpr size_t kThresholdsMax = 6;
constexpr int64_t kThresholdMax = int64_t{1} << 40;

// The draw's coordinates, with the signs of a pattern: bit v of `negative`
// belongs to variable v modulo 2.
struct Drawn {
  PointKind kind;
  uint64_t index;
  unsigned negative;
};
// Every mix of signs comes early, so that |x| and x are told apart.
constexpr Drawn kRealPoints[] = {
    {PointKind::kPositive, 0, 0b00}, {PointKind::kPositive, 1, 0b11},
    {PointKind::kPositive, 2, 0b01}, {PointKind::kPositive, 3, 0b10},
    {PointKind::kUnit, 0, 0b00},     {PointKind::kPositive, 4, 0b00},
    {PointKind::kReal, 0, 0b00},     {PointKind::kReal, 1, 0b00},
    {PointKind::kUnit, 1, 0b11},     {PointKind::kLarge, 0, 0b00},
    {PointKind::kLarge, 1, 0b11}};
constexpr Drawn kComplexPoints[] = {{PointKind::kComplexDisc, 0, 0b00},
                                    {PointKind::kComplexDisc, 1, 0b11},
                                    {PointKind::kComplexDisc, 2, 0b01},
                                    {PointKind::kComplexDisc, 3, 0b10},
                                    {PointKind::kPositive, 0, 0b00}};

Point DrawPoint(const kernels::PointSource& source, const Drawn& drawn,
                int variables) {
  Point point = source.Draw(drawn.kind, drawn.index, variables);
  for (size_t v = 0; v < point.coordinates.size(); ++v) {
    if (((drawn.negative >> (v % 2)) & 1) == 0) continue;
    kernels::Coordinate& c = point.coordinates[v];
    c.re.numerator = -c.re.numerator;
    c.im.numerator = -c.im.numerator;
  }
  return point;
}

std::vector<Point> Draw(const kernels::PointSource& source,
                        absl::Span<const Drawn> drawn, int variables) {
  std::vector<Point> points;
  points.reserve(drawn.size());
  for (const Drawn& d : drawn) {
    points.push_back(DrawPoint(source, d, variables));
  }
  return points;
}

std::vector<Point> DrawMore(const kernels::PointSource& source, int variables) {
  constexpr int kCount = 32;
  constexpr PointKind kKinds[] = {PointKind::kUnit, PointKind::kPositive,
                                  PointKind::kUnit, PointKind::kLarge};
  std::vector<Point> points;
  for (int i = 0; i < kCount; ++i) {
    const Drawn drawn = {kKinds[i % 4], static_cast<uint64_t>(8 + i / 4),
                         static_cast<unsigned>(i / 4 % 4)};
    Point point = DrawPoint(source, drawn, variables);
    // Half of those near 0 come nearer.
    if (i % 4 == 2) {
      for (kernels::Coordinate& c : point.coordinates) c.re.shift += 2;
    }
    points.push_back(std::move(point));
  }
  return points;
}

std::vector<Point> DrawScattered(const kernels::PointSource& source,
                                 int variables) {
  constexpr int kCount = 192;
  constexpr unsigned kScales = 8;
  std::vector<Point> points;
  points.reserve(kCount);
  for (int i = 0; i < kCount; ++i) {
    Point point =
        source.Draw(i % 3 == 0 ? PointKind::kLarge : PointKind::kPositive,
                    static_cast<uint64_t>(64 + i), variables);
    for (size_t v = 0; v < point.coordinates.size(); ++v) {
      kernels::Coordinate& c = point.coordinates[v];
      const uint32_t mixed = (static_cast<uint32_t>(i) + 1) * 2654435761u +
                             (static_cast<uint32_t>(v) + 1) * 2246822519u;
      const uint32_t bits = (mixed ^ (mixed >> 15)) * 3266489917u >> 8;
      c.re.shift = static_cast<uint8_t>(c.re.shift + bits % kScales);
      if ((bits >> 8 & 1) != 0) c.re.numerator = -c.re.numerator;
    }
    points.push_back(std::move(point));
  }
  return points;
}

// Integers not far above the constants of both tapes, largest first.
std::vector<int64_t> Thresholds(const kernels::Tape& a,
                                const kernels::Tape& b) {
  // The last one is for those that are written as powers.
  std::set<int64_t> found = {1, 2, kThresholdMax - 1};
  for (const kernels::Tape* tape : {&a, &b}) {
    for (const kernels::Rational& r : tape->parts().constants) {
      if (r.numerator.size() != 1 || r.denominator.size() != 1) continue;
      const uint64_t whole = r.numerator[0] / r.denominator[0];
      if (whole < kThresholdMax) found.insert(static_cast<int64_t>(whole));
    }
  }
  std::vector<int64_t> largest(found.rbegin(), found.rend());
  if (largest.size() > kThresholdsMax) largest.resize(kThresholdsMax);
  return largest;
}

}  // namespace

SamplePoints::SamplePoints(const kernels::PointSource* source)
    : source_(source) {
  for (int v = 0; v <= kKeptVariablesMax; ++v) {
    real_[v] = Draw(*source, kRealPoints, v);
    complex_[v] = Draw(*source, kComplexPoints, v);
    more_[v] = DrawMore(*source, v);
  }
  for (int v = 0; v <= kScatteredVariablesMax; ++v) {
    scattered_[v] = DrawScattered(*source, v);
  }
}

absl::Span<const Point> SamplePoints::Usual(bool complex, bool constant,
                                            int variables,
                                            std::vector<Point>* storage) const {
  const bool is_complex = complex && !constant;
  absl::Span<const Point> points;
  if (variables <= kKeptVariablesMax) {
    points = (is_complex ? complex_ : real_)[variables];
  } else {
    *storage = is_complex ? Draw(*source_, kComplexPoints, variables)
                          : Draw(*source_, kRealPoints, variables);
    points = *storage;
  }
  return constant ? points.subspan(0, 1) : points;
}

absl::Span<const Point> SamplePoints::More(int variables,
                                           std::vector<Point>* storage) const {
  if (variables <= kKeptVariablesMax) return more_[variables];
  *storage = DrawMore(*source_, variables);
  return *storage;
}

absl::Span<const Point> SamplePoints::Scattered(
    int variables, std::vector<Point>* storage) const {
  if (variables <= kScatteredVariablesMax) return scattered_[variables];
  *storage = DrawScattered(*source_, variables);
  return *storage;
}

bool HasKinks(const kernels::Tape& tape) {
  for (const kernels::Instruction& i : tape.instructions()) {
    switch (i.op) {
      case kernels::Op::kAbs:
      case kernels::Op::kFloor:
      case kernels::Op::kCeil:
      case kernels::Op::kSign:
      case kernels::Op::kMin:
      case kernels::Op::kMax:
      case kernels::Op::kSqrt:
      case kernels::Op::kRoot:
      case kernels::Op::kAtan:
      case kernels::Op::kAsin:
      case kernels::Op::kAcos:
        return true;
      default:
        break;
    }
  }
  return false;
}

std::vector<Point> KinkPoints(const kernels::Tape& gold,
                              const kernels::Tape& answer, int variables) {
  std::vector<Point> points;
  auto add = [&](int64_t numerator, uint8_t shift) {
    Point p;
    const kernels::Coordinate c = {{numerator, shift}, {}};
    p.coordinates.assign(variables, c);
    points.push_back(std::move(p));
  };
  for (int64_t c : Thresholds(gold, answer)) {
    for (int64_t sign : {1, -1}) {
      add(sign * c, 0);
      add(sign * c, 1);
      add(sign * (8 * c + 3), 2);
    }
  }
  return points;
}

}  // namespace assay::math
