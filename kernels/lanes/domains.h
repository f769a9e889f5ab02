// The domains in which lane code is evaluated: what a value is, how it lies in
// memory, and what an operation does to it. One source for host and device.
//
//   RealDomain::Value y = RealDomain::Binary(Op::kAdd, {}, a, b, &undefined);
//
//   PlainDomain       a double, nothing proved: for comparison with peers only
//   RealDomain        a real ball
//   ComplexDomain     a complex ball
//   PrimeDomain<F>    GF(p), F = Mersenne61 or Montgomery
//   QuadraticDomain<F> GF(p^2)
//
// A value has kParts scalars, which lie kParts arrays apart. What has no value
// says so within a ball (ball.h); residues set *undefined, once for a tape, as
// a tape needs all its values; then their bits mean nothing.
//
// Threads: pure.
#ifndef KERNELS_LANES_DOMAINS_H_
#define KERNELS_LANES_DOMAINS_H_

#include <cstdint>
#include <type_traits>

#include "kernels/ball_tape.h"
#include "kernels/elementary.h"
#include "kernels/modular.h"
#include "kernels/tape_op.h"

namespace assay::kernels::lanes {

// Balls and doubles need nothing but their operands.
struct NoField {};

struct PlainDomain {
  static constexpr int kParts = 1;
  using Scalar = double;
  using Field = NoField;
  struct Value {
    double x;
  };

  ASSAY_HOST_DEVICE static Value Load(const double* p, int) { return {p[0]}; }
  // The pieces of an integer power, for loops over lanes.
  static Value One() { return {1}; }
  static Value Product(const Value& a, const Value& b) { return {a.x * b.x}; }
  static Value Finish(const Value& power, const Value&, bool inverse) {
    return {inverse ? 1 / power.x : power.x};
  }
  ASSAY_HOST_DEVICE static void Store(double* p, int, const Value& v) {
    p[0] = v.x;
  }
  ASSAY_HOST_DEVICE static Value Unary(Op op, const NoField&, const Value& a,
                                       int64_t n, bool*) {
    return {Apply(op, a.x, n)};
  }
  ASSAY_HOST_DEVICE static Value Binary(Op op, const NoField&, const Value& a,
                                        const Value& b, bool*) {
    switch (op) {
      case Op::kAdd:
        return {a.x + b.x};
      case Op::kSubtract:
        return {a.x - b.x};
      case Op::kMultiply:
        return {a.x * b.x};
      case Op::kDivide:
        return {a.x / b.x};
      case Op::kPower:
        return {Exp(b.x * Log(a.x))};
      default:
        return {NotANumber()};
    }
  }

 private:
  ASSAY_HOST_DEVICE static double Apply(Op op, double x, int64_t n) {
    switch (op) {
      case Op::kNegate:
        return -x;
      case Op::kPowInt:
        return Raised(x, n);
      case Op::kSqrt:
        return SquareRoot(x);
      case Op::kExp:
        return Exp(x);
      case Op::kLog:
        return Log(x);
      case Op::kSin:
        return SinCos(x).sin;
      case Op::kCos:
        return SinCos(x).cos;
      case Op::kTan: {
        const elementary::SinCosPair p = SinCos(x);
        return p.sin / p.cos;
      }
      case Op::kAtan:
        return elementary::Atan(x);
      case Op::kSinh:
        return elementary::Sinh(x);
      case Op::kCosh:
        return elementary::Cosh(x);
      case Op::kTanh:
        return elementary::Tanh(x);
      case Op::kAbs:
        return Magnitude(x);
      default:
        return NotANumber();
    }
  }
  // Not a number outside the ranges of our own functions.
  ASSAY_HOST_DEVICE static double Exp(double x) {
    const bool inside =
        (x >= elementary::kExpArgumentMin) & (x <= elementary::kExpArgumentMax);
    return inside ? elementary::Exp(inside ? x : 0) : NotANumber();
  }
  ASSAY_HOST_DEVICE static double Log(double x) {
    const bool inside = (x > 0) & (x < Infinity());
    return inside ? elementary::Log(inside ? x : 1) : NotANumber();
  }
  ASSAY_HOST_DEVICE static elementary::SinCosPair SinCos(double x) {
    const bool inside = Magnitude(x) <= elementary::kArgumentMax;
    const elementary::SinCosPair p = elementary::SinCos(inside ? x : 0);
    return {inside ? p.sin : NotANumber(), inside ? p.cos : NotANumber()};
  }
  ASSAY_HOST_DEVICE static double Raised(double x, int64_t n) {
    uint64_t left = n < 0 ? ~static_cast<uint64_t>(n) + 1 : n;
    double power = 1;
    for (; left != 0; left >>= 1, x *= x) {
      if (left & 1) power *= x;
    }
    return n < 0 ? 1 / power : power;
  }
};

struct RealDomain {
  static constexpr int kParts = 2;
  using Scalar = double;
  using Field = NoField;
  using Value = RealBall;

  static Value One() { return real::Exactly(1); }
  static Value Product(const Value& a, const Value& b) {
    return real::Multiply(a, b);
  }
  static Value Finish(const Value& power, const Value& base, bool inverse) {
    return Blame(Choose(inverse, real::Divide(real::Exactly(1), power), power),
                 base, base);
  }

  ASSAY_HOST_DEVICE static Value Load(const double* p, int stride) {
    return {p[0], p[stride]};
  }
  ASSAY_HOST_DEVICE static void Store(double* p, int stride, const Value& v) {
    p[0] = v.mid;
    p[stride] = v.rad;
  }
  ASSAY_HOST_DEVICE static Value Unary(Op op, const NoField&, const Value& a,
                                       int64_t n, bool*) {
    return kernels::Unary(op, a, n);
  }
  ASSAY_HOST_DEVICE static Value Binary(Op op, const NoField&, const Value& a,
                                        const Value& b, bool*) {
    return kernels::Binary(op, a, b);
  }
};

struct ComplexDomain {
  static constexpr int kParts = 3;
  using Scalar = double;
  using Field = NoField;
  using Value = ComplexBall;

  static Value One() { return {1, 0, 0}; }
  static Value Product(const Value& a, const Value& b) {
    return complex::Multiply(a, b);
  }
  static Value Finish(const Value& power, const Value& base, bool inverse) {
    return Blame(Choose(inverse, complex::Divide({1, 0, 0}, power), power),
                 base, base);
  }

  ASSAY_HOST_DEVICE static Value Load(const double* p, int stride) {
    return {p[0], p[stride], p[2 * stride]};
  }
  ASSAY_HOST_DEVICE static void Store(double* p, int stride, const Value& v) {
    p[0] = v.re;
    p[stride] = v.im;
    p[2 * stride] = v.rad;
  }
  ASSAY_HOST_DEVICE static Value Unary(Op op, const NoField&, const Value& a,
                                       int64_t n, bool*) {
    return kernels::Unary(op, a, n);
  }
  ASSAY_HOST_DEVICE static Value Binary(Op op, const NoField&, const Value& a,
                                        const Value& b, bool*) {
    return kernels::Binary(op, a, b);
  }
};

template <typename F>
struct PrimeDomain {
  static constexpr int kParts = 1;
  using Scalar = uint64_t;
  using Field = F;
  struct Value {
    uint64_t x;
  };

  ASSAY_HOST_DEVICE static Value Load(const uint64_t* p, int) { return {p[0]}; }
  ASSAY_HOST_DEVICE static void Store(uint64_t* p, int, const Value& v) {
    p[0] = v.x;
  }
  static Value One(const F& f) { return {f.one()}; }
  static bool Zero(const Value& a) { return a.x == 0; }
  ASSAY_HOST_DEVICE static Value Invert(const F& f, const Value& a,
                                        bool* undefined) {
    *undefined |= a.x == 0;
    return {RaiseMod(f, a.x, f.p() - 2)};
  }
  ASSAY_HOST_DEVICE static Value Unary(Op op, const F& f, const Value& a,
                                       int64_t n, bool* undefined) {
    if (op == Op::kNegate) return {NegateMod(f, a.x)};
    const uint64_t m =
        n < 0 ? ~static_cast<uint64_t>(n) + 1 : static_cast<uint64_t>(n);
    const Value power = {RaiseMod(f, a.x, m)};
    return n < 0 ? Invert(f, power, undefined) : power;
  }
  ASSAY_HOST_DEVICE static Value Binary(Op op, const F& f, const Value& a,
                                        const Value& b, bool* undefined) {
    switch (op) {
      case Op::kAdd:
        return {AddMod(f, a.x, b.x)};
      case Op::kSubtract:
        return {AddMod(f, a.x, NegateMod(f, b.x))};
      case Op::kMultiply:
        return {MultiplyMod(f, a.x, b.x)};
      default:
        return {MultiplyMod(f, a.x, Invert(f, b, undefined).x)};
    }
  }
};

template <typename F>
struct QuadraticDomain {
  static constexpr int kParts = 2;
  using Scalar = uint64_t;
  using Field = F;
  using Value = Fp2;

  ASSAY_HOST_DEVICE static Value Load(const uint64_t* p, int stride) {
    return {p[0], p[stride]};
  }
  ASSAY_HOST_DEVICE static void Store(uint64_t* p, int stride, const Value& v) {
    p[0] = v.re;
    p[stride] = v.im;
  }
  static Value One(const F& f) { return kernels::One(f); }
  static bool Zero(const Value& a) { return IsZero(a); }
  ASSAY_HOST_DEVICE static Value Invert(const F& f, const Value& a,
                                        bool* undefined) {
    *undefined |= IsZero(a);
    return kernels::Invert(f, a);
  }
  ASSAY_HOST_DEVICE static Value Unary(Op op, const F& f, const Value& a,
                                       int64_t n, bool* undefined) {
    if (op == Op::kNegate) return Negate(f, a);
    const uint64_t m =
        n < 0 ? ~static_cast<uint64_t>(n) + 1 : static_cast<uint64_t>(n);
    const Value power = Raise(f, a, m);
    return n < 0 ? Invert(f, power, undefined) : power;
  }
  ASSAY_HOST_DEVICE static Value Binary(Op op, const F& f, const Value& a,
                                        const Value& b, bool* undefined) {
    switch (op) {
      case Op::kAdd:
        return Add(f, a, b);
      case Op::kSubtract:
        return Subtract(f, a, b);
      case Op::kMultiply:
        return Multiply(f, a, b);
      default:
        return Multiply(f, a, Invert(f, b, undefined));
    }
  }
};

// Whether a domain has the operation. What ResidueField can say of others
// (integer exponents, conjugates) needs more than lane code.
template <typename D>
constexpr bool Knows(Op op) {
  if (std::is_same_v<D, ComplexDomain>) return (DomainsOf(op) & kComplex) != 0;
  if (std::is_same_v<typename D::Scalar, double>) {
    return (DomainsOf(op) & kReal) != 0;
  }
  switch (op) {
    case Op::kPower:
    case Op::kRe:
    case Op::kIm:
    case Op::kConj:
      return false;
    default:
      return (DomainsOf(op) & kResidues) != 0;
  }
}

}  // namespace assay::kernels::lanes

#endif  // KERNELS_LANES_DOMAINS_H_
