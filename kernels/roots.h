// One choice of roots in GF(p^2) for all tapes: roots of unity and n-th roots
// of rationals, consistent with each other.
//
//   Roots<Montgomery> roots(Montgomery(p), 360);
//   Fp2 z = roots.Unity(1, 8);                 // e^(2 pi i / 8)
//   std::optional<Fp2> s = roots.OfPrime(7, 2);   // sqrt 7
//
// Why this is one ring homomorphism from the ring made of zeta = e^(2 pi i/M)
// and all q^(1/n) to GF(p^2).
//
// Let G be the squares of GF(p)*, a group of odd order g = (p-1)/2, as
// p = 3 mod 4. Every element of G has exactly one n-th root in G where
// gcd(n, g) = 1, namely its power n^-1 mod g, and these satisfy
// root(x, n m)^m = root(x, n) and multiply. Of q and -q one is in G:
//   q in G:   q^(1/n) -> root(q, n);
//   -q in G:  q^(1/n) -> eta_n root(-q, n), where the eta_n are powers of one
//             root of unity w of order 2^v, with eta_n^n = -1,
//             eta_(nm)^m = eta_n and eta_2 = i.
// zeta is sent to a root of unity of exact order M, so relations among roots
// of unity hold. In the number field the two families meet in square roots
// alone (an n-th root of a rational that is abelian over Q is a root of unity
// times a square root), and sqrt q is in Q(zeta_M) only for q that divide M:
// zeta is chosen among the powers so that i and sqrt q for all such q come out
// as above. Beyond that the roots q^(1/n) are free: any choice extends.
//
// Where p = -1 mod M and q is in G, the map z -> z^p fixes q^(1/n) and
// inverts zeta: it is complex conjugation.
//
// Threads: immutable. Bounds: the constructor takes some milliseconds.
#ifndef KERNELS_ROOTS_H_
#define KERNELS_ROOTS_H_

#include <cstdint>
#include <optional>

#include "kernels/modular.h"

namespace assay::kernels {

template <typename F>
class Roots {
 public:
  // `order` is a multiple of 8 that divides p^2 - 1, at most
  // ResidueField::kOrderMax.
  Roots(const F& field, uint32_t order);

  uint32_t order() const { return order_; }
  // e^(2 pi i numerator / denominator); nothing where the denominator (in
  // lowest terms) does not divide the order.
  std::optional<Fp2> Unity(int64_t numerator, uint32_t denominator) const;
  // q^(1/n) for a prime q; nothing where the field has not all such roots.
  std::optional<Fp2> OfPrime(uint64_t q, uint32_t n) const;
  // Whether q^(1/n) is fixed by conjugation (q is a square mod p).
  bool IsSquare(uint64_t q) const;

 private:
  Fp2 FindUnity(uint64_t order) const;
  bool Agrees(const Fp2& zeta) const;
  Fp2 SquareRootFrom(const Fp2& zeta, uint32_t q) const;

  F field_;
  uint32_t order_;
  Fp2 imaginary_;
  int two_adic_;   // v: 2^v divides p^2 - 1 exactly.
  Fp2 two_power_;  // w, of order 2^v.
  Fp2 zeta_;
};

extern template class Roots<Montgomery>;
extern template class Roots<Mersenne61>;

}  // namespace assay::kernels

#endif  // KERNELS_ROOTS_H_
