// What is kept in the table is what the field itself says.
#include "kernels/leaf_table.h"

#include <flint/ulong_extras.h>
#include <gtest/gtest.h>

#include "kernels/residue.h"

namespace assay::kernels {
namespace {

template <typename F>
void Compare(const F& field, uint32_t order) {
  const LeafTable<F> table(field, order);
  const Roots<F> roots(field, order);
  for (const uint32_t denominator : {1u, 2u, 3u, 7u, 8u, 45u, 360u, 720u, 0u}) {
    for (int64_t k = -400; k < 800; k += 3) {
      ASSERT_EQ(table.Unity(k, denominator), roots.Unity(k, denominator))
          << k << "/" << denominator;
    }
  }
  EXPECT_EQ(table.Unity(INT64_MIN, 360), roots.Unity(INT64_MIN, 360));
  for (uint64_t q = 2; q < 100; ++q) {
    if (n_is_prime(q) == 0) continue;
    EXPECT_EQ(table.IsSquare(q), roots.IsSquare(q)) << q;
    for (uint32_t n : {2u, 3u, 4u, 5u, 6u}) {
      EXPECT_EQ(table.OfPrime(q, n), roots.OfPrime(q, n)) << q << " " << n;
    }
  }
  for (uint64_t n = 1; n < 200; ++n) {
    EXPECT_EQ(MultiplyMod(field, field.Enter(n), table.InverseOf(n)),
              field.one())
        << n;
  }
}

TEST(LeafTable, SaysWhatTheFieldSays) {
  const PointSource source("leaf table");
  const auto secret = *ResidueField::Draw(source, 0);
  Compare(Montgomery(secret->prime()), 360);
  // Of orders that are not kept.
  const auto wide = *ResidueField::Draw(source, 0, 7);
  ASSERT_GT(wide->order(), LeafTable<Montgomery>::kOrderMax);
  Compare(Montgomery(wide->prime()), wide->order());
  Compare(Mersenne61(), 360);
}

}  // namespace
}  // namespace assay::kernels
