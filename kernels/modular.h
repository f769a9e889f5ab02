// Arithmetic modulo a 61-bit prime p = 3 mod 4, and in GF(p^2) = GF(p)[i].
//
//   Montgomery field(p);
//   Fp2 z = Multiply(field, Fp2{field.Enter(3), 0}, w);
//   uint64_t re = field.Leave(z.re);
//
// Two ways to reduce: Montgomery for any such prime, Mersenne61 for 2^61 - 1.
// Elements are below p, in the field's own form between Enter and Leave.
//
// Threads: pure.
#ifndef KERNELS_MODULAR_H_
#define KERNELS_MODULAR_H_

#include <cstdint>

#include "kernels/portable.h"

namespace assay::kernels {

__extension__ typedef unsigned __int128 uint128;

class Montgomery {
 public:
  // No field yet: one is assigned.
  Montgomery() = default;
  // p odd, 2^60 < p < 2^61.
  ASSAY_HOST_DEVICE explicit Montgomery(uint64_t p) : p_(p) {
    uint64_t inverse = p;  // Correct to 3 bits; doubles each time.
    for (int i = 0; i < 5; ++i) inverse *= 2 - p * inverse;
    negative_inverse_ = ~inverse + 1;
    one_ = static_cast<uint64_t>((static_cast<uint128>(1) << 64) % p);
    square_ = static_cast<uint64_t>(static_cast<uint128>(one_) * one_ % p);
  }
  ASSAY_HOST_DEVICE uint64_t p() const { return p_; }
  ASSAY_HOST_DEVICE uint64_t one() const { return one_; }
  // x of any size.
  ASSAY_HOST_DEVICE uint64_t Enter(uint64_t x) const {
    return Reduce(static_cast<uint128>(x % p_) * square_);
  }
  ASSAY_HOST_DEVICE uint64_t Leave(uint64_t x) const { return Reduce(x); }
  // t 2^-64 mod p for t <= 2 (p - 1)^2: (t + m p) / 2^64 < p + 2^59.
  ASSAY_HOST_DEVICE uint64_t Reduce(uint128 t) const {
    const uint64_t m = static_cast<uint64_t>(t) * negative_inverse_;
    const uint64_t r =
        static_cast<uint64_t>((t + static_cast<uint128>(m) * p_) >> 64);
    return r >= p_ ? r - p_ : r;
  }

 private:
  uint64_t p_ = 0;
  uint64_t negative_inverse_ = 0;
  uint64_t one_ = 0;
  uint64_t square_ = 0;
};

class Mersenne61 {
 public:
  static constexpr uint64_t kPrime = (uint64_t{1} << 61) - 1;
  ASSAY_HOST_DEVICE uint64_t p() const { return kPrime; }
  ASSAY_HOST_DEVICE uint64_t one() const { return 1; }
  ASSAY_HOST_DEVICE uint64_t Enter(uint64_t x) const { return x % kPrime; }
  ASSAY_HOST_DEVICE uint64_t Leave(uint64_t x) const { return x; }
  // t <= 2 (p - 1)^2 < 2^123.
  ASSAY_HOST_DEVICE uint64_t Reduce(uint128 t) const {
    uint64_t r =
        (static_cast<uint64_t>(t) & kPrime) + static_cast<uint64_t>(t >> 61);
    r = (r & kPrime) + (r >> 61);
    return r >= kPrime ? r - kPrime : r;
  }
};

struct Fp2 {
  uint64_t re = 0;
  uint64_t im = 0;
  friend bool operator==(const Fp2&, const Fp2&) = default;
};

ASSAY_HOST_DEVICE inline bool IsZero(const Fp2& a) {
  return (a.re | a.im) == 0;
}

template <typename F>
ASSAY_HOST_DEVICE uint64_t AddMod(const F& f, uint64_t a, uint64_t b) {
  const uint64_t s = a + b;
  return s >= f.p() ? s - f.p() : s;
}
template <typename F>
ASSAY_HOST_DEVICE uint64_t NegateMod(const F& f, uint64_t a) {
  return a == 0 ? 0 : f.p() - a;
}
template <typename F>
ASSAY_HOST_DEVICE uint64_t MultiplyMod(const F& f, uint64_t a, uint64_t b) {
  return f.Reduce(static_cast<uint128>(a) * b);
}

template <typename F>
ASSAY_HOST_DEVICE Fp2 Add(const F& f, const Fp2& a, const Fp2& b) {
  return {AddMod(f, a.re, b.re), AddMod(f, a.im, b.im)};
}
template <typename F>
ASSAY_HOST_DEVICE Fp2 Negate(const F& f, const Fp2& a) {
  return {NegateMod(f, a.re), NegateMod(f, a.im)};
}
template <typename F>
ASSAY_HOST_DEVICE Fp2 Subtract(const F& f, const Fp2& a, const Fp2& b) {
  return Add(f, a, Negate(f, b));
}
// z^p: the conjugate over GF(p).
template <typename F>
ASSAY_HOST_DEVICE Fp2 Conjugate(const F& f, const Fp2& a) {
  return {a.re, NegateMod(f, a.im)};
}

// Two products are summed before each of the two reductions.
template <typename F>
ASSAY_HOST_DEVICE Fp2 Multiply(const F& f, const Fp2& a, const Fp2& b) {
  const uint64_t minus = NegateMod(f, a.im);
  return {f.Reduce(static_cast<uint128>(a.re) * b.re +
                   static_cast<uint128>(minus) * b.im),
          f.Reduce(static_cast<uint128>(a.re) * b.im +
                   static_cast<uint128>(a.im) * b.re)};
}

template <typename F>
ASSAY_HOST_DEVICE Fp2 One(const F& f) {
  return {f.one(), 0};
}

// By squaring; 0^0 = 1.
template <typename F>
ASSAY_HOST_DEVICE Fp2 Raise(const F& f, Fp2 base, uint128 exponent) {
  Fp2 power = One(f);
  while (exponent != 0) {
    if (exponent & 1) power = Multiply(f, power, base);
    exponent >>= 1;
    if (exponent != 0) base = Multiply(f, base, base);
  }
  return power;
}

template <typename F>
ASSAY_HOST_DEVICE uint64_t RaiseMod(const F& f, uint64_t base,
                                    uint64_t exponent) {
  uint64_t power = f.one();
  while (exponent != 0) {
    if (exponent & 1) power = MultiplyMod(f, power, base);
    exponent >>= 1;
    if (exponent != 0) base = MultiplyMod(f, base, base);
  }
  return power;
}

// a is not 0. The norm re^2 + im^2 is not 0 then, for -1 is no square mod p.
template <typename F>
ASSAY_HOST_DEVICE Fp2 Invert(const F& f, const Fp2& a) {
  const uint64_t norm = f.Reduce(static_cast<uint128>(a.re) * a.re +
                                 static_cast<uint128>(a.im) * a.im);
  const uint64_t inverse = RaiseMod(f, norm, f.p() - 2);
  return {MultiplyMod(f, a.re, inverse),
          MultiplyMod(f, NegateMod(f, a.im), inverse)};
}

}  // namespace assay::kernels

#endif  // KERNELS_MODULAR_H_
