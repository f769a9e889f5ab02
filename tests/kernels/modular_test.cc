// Modular arithmetic against naive 128-bit arithmetic, and FLINT's primes.
#include "kernels/modular.h"

#include <flint/fmpz.h>
#include <flint/ulong_extras.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "kernels/points.h"
#include "kernels/residue.h"
#include "kernels/roots.h"

namespace assay::kernels {
namespace {

using Random = std::mt19937_64;

uint64_t Slow(uint64_t a, uint64_t b, uint64_t p) {
  return static_cast<uint64_t>(static_cast<uint128>(a) * b % p);
}

std::vector<uint64_t> Edges(uint64_t p) {
  return {0, 1, 2, p - 1, p - 2, p / 2, p / 2 + 1, uint64_t{1} << 60};
}

template <typename F>
void ComparePairs(const F& f, Random* random) {
  const uint64_t p = f.p();
  std::vector<uint64_t> values = Edges(p);
  while (values.size() < 300) values.push_back((*random)() % p);
  for (uint64_t a : values) {
    ASSERT_EQ(f.Leave(f.Enter(a)), a);
    for (uint64_t b : values) {
      const uint64_t x = f.Enter(a), y = f.Enter(b);
      ASSERT_EQ(f.Leave(MultiplyMod(f, x, y)), Slow(a, b, p)) << a << " " << b;
      ASSERT_EQ(f.Leave(AddMod(f, x, y)), (a + b) % p);
      ASSERT_EQ(f.Leave(NegateMod(f, x)), (p - a) % p);
    }
  }
  EXPECT_EQ(f.Leave(f.one()), 1u);
  EXPECT_EQ(f.Leave(f.Enter(UINT64_MAX)), UINT64_MAX % p);
}

// (a + bi)(c + di) by four products, each reduced.
template <typename F>
void ComparePlane(const F& f, Random* random) {
  const uint64_t p = f.p();
  std::vector<uint64_t> edges = Edges(p);
  const auto draw = [&] {
    return (*random)() % 4 == 0 ? edges[(*random)() % edges.size()]
                                : (*random)() % p;
  };
  for (int i = 0; i < 100000; ++i) {
    const uint64_t a = draw(), b = draw(), c = draw(), d = draw();
    const Fp2 x = {f.Enter(a), f.Enter(b)}, y = {f.Enter(c), f.Enter(d)};
    const Fp2 z = Multiply(f, x, y);
    ASSERT_EQ(f.Leave(z.re), (Slow(a, c, p) + p - Slow(b, d, p)) % p);
    ASSERT_EQ(f.Leave(z.im), (Slow(a, d, p) + Slow(b, c, p)) % p);
    if (i < 1000 && !IsZero(x)) {
      ASSERT_EQ(Multiply(f, x, Invert(f, x)), One(f));
      // Frobenius, and the group's order.
      ASSERT_EQ(Raise(f, x, p), Conjugate(f, x));
      ASSERT_EQ(Raise(f, x, static_cast<uint128>(p) * p - 1), One(f));
    }
  }
}

TEST(Modular, AgreesWithNaiveArithmetic) {
  Random random(61);
  const PointSource source("modular");
  for (int i = 0; i < 4; ++i) {
    const uint64_t p = (*ResidueField::Draw(source, i))->prime();
    ComparePairs(Montgomery(p), &random);
    ComparePlane(Montgomery(p), &random);
  }
  ComparePairs(Montgomery(Mersenne61::kPrime), &random);
  ComparePairs(Mersenne61(), &random);
  ComparePlane(Mersenne61(), &random);
}

TEST(Modular, PrimesAreSecretPrimesOfTheClass) {
  const PointSource source("a secret"), other("another");
  for (uint32_t order : {1u, 360u, 7u, 11u, 13u, 17u, 1001u}) {
    for (int i = 0; i < 3; ++i) {
      const auto field = *ResidueField::Draw(source, i, order);
      const uint64_t p = field->prime();
      fmpz_t n;
      fmpz_init_set_ui(n, p);
      EXPECT_EQ(fmpz_is_prime(n), 1) << p;
      fmpz_clear(n);
      EXPECT_EQ(p % 4, 3u);
      EXPECT_EQ((p + 1) % 360, 0u);
      EXPECT_EQ((p + 1) % order, 0u);
      EXPECT_EQ(p >> 60, 1u);
      EXPECT_EQ((*ResidueField::Draw(source, i, order))->prime(), p);
      EXPECT_NE((*ResidueField::Draw(other, i, order))->prime(), p);
      EXPECT_NE((*ResidueField::Draw(source, i + 1, order))->prime(), p);
    }
  }
  EXPECT_FALSE(ResidueField::Draw(source, 0, 0).ok());
  EXPECT_FALSE(ResidueField::Draw(source, 0, 1 << 21).ok());
  EXPECT_FALSE(ResidueField::Draw(source, 0, 1048573).ok());
}

template <typename F>
void CheckRoots(const F& f, uint32_t order) {
  const Roots<F> roots(f, order);
  // Exact order, products, and i at a quarter turn.
  for (uint32_t d = 1; d <= order; ++d) {
    const auto z = roots.Unity(1, d);
    ASSERT_EQ(z.has_value(), order % d == 0) << d;
    if (!z) continue;
    EXPECT_EQ(Raise(f, *z, d), One(f));
    for (uint32_t k = 1; k < d; ++k) {
      ASSERT_FALSE(Raise(f, *z, k) == One(f)) << k << "/" << d;
    }
  }
  EXPECT_EQ(*roots.Unity(1, 4), (Fp2{0, f.one()}));
  EXPECT_EQ(*roots.Unity(-1, 4), Conjugate(f, *roots.Unity(1, 4)));
  // q^(1/n) to the n is q, and towers agree, whatever q is modulo p.
  for (uint64_t q = 2; q < 200; q = n_nextprime(q, 1)) {
    const Fp2 element = {f.Enter(q), 0};
    for (uint32_t n = 1; n <= 64; ++n) {
      const auto root = roots.OfPrime(q, n);
      if (!root) continue;
      ASSERT_EQ(Raise(f, *root, n), element) << q << "^(1/" << n << ")";
      for (uint32_t m = 1; m < n; ++m) {
        if (n % m != 0) continue;
        const auto lower = roots.OfPrime(q, m);
        ASSERT_TRUE(lower.has_value());
        ASSERT_EQ(Raise(f, *root, n / m), *lower) << q << " " << n << " " << m;
      }
    }
  }
}

TEST(Modular, RootsAreConsistentTowers) {
  const PointSource source("roots");
  for (int i = 0; i < 3; ++i) {
    CheckRoots(Montgomery((*ResidueField::Draw(source, i))->prime()), 360);
  }
  CheckRoots(Montgomery((*ResidueField::Draw(source, 0, 7))->prime()), 2520);
  CheckRoots(Mersenne61(), 360);
}

TEST(Modular, SecretPrimesHaveTheRootsOfSmallIndices) {
  const PointSource source("roots");
  for (int i = 0; i < 3; ++i) {
    const Montgomery f((*ResidueField::Draw(source, i))->prime());
    const Roots<Montgomery> roots(f, 360);
    for (uint64_t q : {2, 3, 5}) {
      EXPECT_TRUE(roots.IsSquare(q));
      for (uint32_t n = 2; n <= 36; ++n) {
        EXPECT_TRUE(roots.OfPrime(q, n).has_value()) << q << " " << n;
      }
    }
    for (uint32_t n : {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15}) {
      EXPECT_TRUE(roots.OfPrime(1009, n).has_value()) << n;
    }
  }
}

}  // namespace
}  // namespace assay::kernels
