// What the usual leaves of tapes come to in a field, computed once: roots of
// unity, square roots of small primes, inverses of small integers. Each would
// cost a hundred products or two where a tape has it.
//
//   LeafTable<Montgomery> table(field, /*order=*/360);
//   std::optional<Fp2> z = table.Unity(1, 8);       // as Roots::Unity
//   uint64_t half = table.InverseOf(2);
//
// What is not in the table comes from Roots and the field: the same values.
// Threads: immutable. Bounds: 16 bytes a root of unity, for orders up to
// kOrderMax alone.
#ifndef KERNELS_LEAF_TABLE_H_
#define KERNELS_LEAF_TABLE_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "kernels/modular.h"
#include "kernels/roots.h"

namespace assay::kernels {

template <typename F>
class LeafTable {
 public:
  static constexpr uint32_t kOrderMax = 720;
  static constexpr uint64_t kSmall = 64;  // Integers below it are kept.

  // As Roots.
  LeafTable(const F& field, uint32_t order);

  const Roots<F>& roots() const { return roots_; }
  std::optional<Fp2> Unity(int64_t numerator, uint32_t denominator) const;
  // q is a prime.
  std::optional<Fp2> OfPrime(uint64_t q, uint32_t n) const;
  bool IsSquare(uint64_t q) const;
  // 1/n in the field's own form; n is not 0 there.
  uint64_t InverseOf(uint64_t n) const;

 private:
  struct Small {
    uint64_t inverse = 0;
    std::optional<Fp2> square_root;  // Of primes alone, as is_square.
    bool is_square = false;
  };

  F field_;
  Roots<F> roots_;
  std::vector<Fp2> unity_;  // Powers of the first root; empty: not kept.
  std::array<Small, kSmall> small_;
};

extern template class LeafTable<Montgomery>;
extern template class LeafTable<Mersenne61>;

}  // namespace assay::kernels

#endif  // KERNELS_LEAF_TABLE_H_
