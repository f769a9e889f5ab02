// What the tests of this room compare with: seeded numbers, and Arb beside
// doubles.
#ifndef TESTS_KERNELS_REFERENCE_H_
#define TESTS_KERNELS_REFERENCE_H_

#include <acb.h>

#include <cmath>
#include <random>

#include "kernels/ball.h"

namespace assay::kernels {

using Random = std::mt19937_64;

// Balls an operation, two points of each; fewer where every allocation of Arb
// is watched.
#ifdef __SANITIZE_ADDRESS__
inline constexpr int kBallsCount = 2500;
#else
inline constexpr int kBallsCount = 50000;
#endif

inline double Uniform(Random* random, double low, double high) {
  return low +
         (high - low) * (static_cast<double>((*random)() >> 11) * 0x1p-53);
}

// Of magnitude 2^low to 2^high, any sign.
inline double Logarithmic(Random* random, double low, double high) {
  const double x = std::exp2(Uniform(random, low, high));
  return (*random)() % 2 == 0 ? x : -x;
}

// Zero now and then, small integers and halves often, else spread over
// magnitudes: where branches and exactness meet.
inline double Edgy(Random* random, double magnitude_log2) {
  switch ((*random)() % 8) {
    case 0:
      return 0;
    case 1:
      return static_cast<double>((*random)() % 9) - 4;
    case 2:
      return (static_cast<double>((*random)() % 17) - 8) / 4;
    case 3:
      return Logarithmic(random, -60, 0);
    default:
      return Logarithmic(random, -3, magnitude_log2);
  }
}

inline double EdgyRadius(Random* random) {
  switch ((*random)() % 4) {
    case 0:
      return 0;
    case 1:
      return std::exp2(Uniform(random, -60, -40));
    case 2:
      return std::exp2(Uniform(random, -20, -2));
    default:
      return std::exp2(Uniform(random, -40, 1));
  }
}

// One arb, freed at the end of its scope.
struct Arb {
  Arb() { arb_init(x); }
  explicit Arb(double value) {
    arb_init(x);
    arb_set_d(x, value);
  }
  ~Arb() { arb_clear(x); }
  Arb(const Arb&) = delete;
  Arb& operator=(const Arb&) = delete;
  arb_t x;
};

struct Acb {
  Acb() { acb_init(z); }
  ~Acb() { acb_clear(z); }
  Acb(const Acb&) = delete;
  Acb& operator=(const Acb&) = delete;
  acb_t z;
};

}  // namespace assay::kernels

#endif  // TESTS_KERNELS_REFERENCE_H_
