#include "kernels/leaf_table.h"

#include <flint/ulong_extras.h>

namespace assay::kernels {

template <typename F>
LeafTable<F>::LeafTable(const F& field, uint32_t order)
    : field_(field), roots_(field, order) {
  if (order <= kOrderMax) {
    const Fp2 step = *roots_.Unity(1, order);
    unity_.reserve(order);
    Fp2 power = One(field);
    for (uint32_t k = 0; k < order; ++k) {
      unity_.push_back(power);
      power = Multiply(field, power, step);
    }
  }
  for (uint64_t n = 1; n < kSmall; ++n) {
    small_[n].inverse = RaiseMod(field, field.Enter(n), field.p() - 2);
    if (n_is_prime(n) == 0) continue;
    small_[n].square_root = roots_.OfPrime(n, 2);
    small_[n].is_square = roots_.IsSquare(n);
  }
}

template <typename F>
std::optional<Fp2> LeafTable<F>::Unity(int64_t numerator,
                                       uint32_t denominator) const {
  if (unity_.empty() || denominator == 0 || unity_.size() % denominator != 0) {
    return roots_.Unity(numerator, denominator);
  }
  const int64_t d = denominator;
  const int64_t k = (numerator % d + d) % d;
  return unity_[static_cast<size_t>(k) * (unity_.size() / denominator)];
}

template <typename F>
std::optional<Fp2> LeafTable<F>::OfPrime(uint64_t q, uint32_t n) const {
  return n == 2 && q < kSmall ? small_[q].square_root : roots_.OfPrime(q, n);
}

template <typename F>
bool LeafTable<F>::IsSquare(uint64_t q) const {
  return q < kSmall ? small_[q].is_square : roots_.IsSquare(q);
}

template <typename F>
uint64_t LeafTable<F>::InverseOf(uint64_t n) const {
  return n < kSmall ? small_[n].inverse
                    : RaiseMod(field_, field_.Enter(n), field_.p() - 2);
}

template class LeafTable<Montgomery>;
template class LeafTable<Mersenne61>;

}  // namespace assay::kernels
