#include "kernels/roots.h"

#include <flint/ulong_extras.h>

#include <bit>
#include <numeric>

namespace assay::kernels {
namespace {

// The primes that divide n, at most 20 bits: at most 7.
struct Primes {
  uint64_t list[8];
  int count = 0;
};

Primes PrimesOf(uint64_t n) {
  Primes primes;
  for (uint64_t q = 2; q * q <= n; ++q) {
    if (n % q != 0) continue;
    primes.list[primes.count++] = q;
    while (n % q == 0) n /= q;
  }
  if (n > 1) primes.list[primes.count++] = n;
  return primes;
}

uint128 GroupOrder(uint64_t p) { return static_cast<uint128>(p) * p - 1; }

int TwoAdic(uint64_t p) {
  return std::countr_zero(p - 1) + std::countr_zero(p + 1);
}

}  // namespace

template <typename F>
Roots<F>::Roots(const F& field, uint32_t order)
    : field_(field),
      order_(order),
      imaginary_{0, field.one()},
      two_adic_(TwoAdic(field.p())) {
  two_power_ = FindUnity(uint64_t{1} << two_adic_);
  // Of its odd powers that one, or its inverse, which leads to i.
  if (!(Raise(field_, two_power_, uint128{1} << (two_adic_ - 2)) ==
        imaginary_)) {
    two_power_ = Invert(field_, two_power_);
  }
  const Fp2 first = FindUnity(order);
  zeta_ = first;
  for (uint32_t k = 1; k < order; ++k) {
    if (std::gcd(k, order) != 1) continue;
    zeta_ = Raise(field_, first, k);
    if (Agrees(zeta_)) return;
  }
}

// Searches small elements, the same for every tape and every run.
template <typename F>
Fp2 Roots<F>::FindUnity(uint64_t order) const {
  const Primes primes = PrimesOf(order);
  for (uint64_t k = 1;; ++k) {
    const Fp2 seed = {field_.Enter(k), field_.Enter(2 * k + 1)};
    const Fp2 z = Raise(field_, seed, GroupOrder(field_.p()) / order);
    bool exact = true;
    for (int i = 0; i < primes.count; ++i) {
      exact =
          exact && !(Raise(field_, z, order / primes.list[i]) == One(field_));
    }
    if (exact) return z;
  }
}

// sqrt q of a prime q that divides the order, by Gauss's sum: the sum of
// (k/q) e^(2 pi i k/q) is sqrt q, or i sqrt q where q = 3 mod 4.
template <typename F>
Fp2 Roots<F>::SquareRootFrom(const Fp2& zeta, uint32_t q) const {
  if (q == 2) {
    const Fp2 eighth = Raise(field_, zeta, order_ / 8);
    return Add(field_, eighth, Invert(field_, eighth));
  }
  const Fp2 step = Raise(field_, zeta, order_ / q);
  Fp2 power = step, sum;
  for (uint32_t k = 1; k < q; ++k) {
    sum = n_jacobi_unsigned(k, q) == 1 ? Add(field_, sum, power)
                                       : Subtract(field_, sum, power);
    power = Multiply(field_, power, step);
  }
  if (q % 4 == 1) return sum;
  return Multiply(field_, sum, Negate(field_, imaginary_));
}

template <typename F>
bool Roots<F>::Agrees(const Fp2& zeta) const {
  if (!(Raise(field_, zeta, order_ / 4) == imaginary_)) return false;
  const Primes primes = PrimesOf(order_);
  for (int i = 0; i < primes.count; ++i) {
    const std::optional<Fp2> root = OfPrime(primes.list[i], 2);
    if (!root || !(SquareRootFrom(zeta, primes.list[i]) == *root)) {
      return false;
    }
  }
  return true;
}

template <typename F>
std::optional<Fp2> Roots<F>::Unity(int64_t numerator,
                                   uint32_t denominator) const {
  if (denominator == 0) return std::nullopt;
  int64_t k = numerator % denominator;
  if (k < 0) k += denominator;
  const int64_t common = std::gcd(k, static_cast<int64_t>(denominator));
  const int64_t d = denominator / common;
  if (order_ % d != 0) return std::nullopt;
  return Raise(field_, zeta_, k / common * (order_ / d));
}

template <typename F>
bool Roots<F>::IsSquare(uint64_t q) const {
  const uint64_t half = (field_.p() - 1) / 2;
  return RaiseMod(field_, field_.Enter(q), half) == field_.one();
}

template <typename F>
std::optional<Fp2> Roots<F>::OfPrime(uint64_t q, uint32_t n) const {
  const uint64_t half = (field_.p() - 1) / 2;
  if (n == 0 || q % field_.p() == 0) return std::nullopt;
  const uint32_t odd = n >> std::countr_zero(n);
  if (std::gcd<uint64_t>(odd, half) != 1) return std::nullopt;
  const uint64_t root = n_invmod(n % half, half);
  const uint64_t element = field_.Enter(q);
  if (IsSquare(q)) return Fp2{RaiseMod(field_, element, root), 0};
  const Fp2 main = {RaiseMod(field_, NegateMod(field_, element), root), 0};
  const int twos = std::countr_zero(n);
  if (twos > two_adic_ - 1) return std::nullopt;
  // eta_n: w to the power 2^(v-1-a) times the inverse of n's odd part.
  const uint64_t order = uint64_t{1} << two_adic_;
  const uint64_t inverse = n_invmod(odd % order, order);
  const Fp2 eta =
      Raise(field_, two_power_,
            static_cast<uint128>(inverse) << (two_adic_ - 1 - twos));
  return Multiply(field_, eta, main);
}

template class Roots<Montgomery>;
template class Roots<Mersenne61>;

}  // namespace assay::kernels
