// The complex ball domain holds what Arb holds: containment over random and
// edge discs for every operation.
#include "kernels/complex_ball.h"

#include <gtest/gtest.h>

#include <sstream>

#include "kernels/arb_complex.h"
#include "kernels/ball_tape.h"
#include "kernels/tape.h"
#include "tests/kernels/reference.h"

namespace assay::kernels {
namespace {

using State = Enclosure::State;
constexpr slong kPrec = 200;

ComplexBall DrawBall(Random* random) {
  ComplexBall ball = {Edgy(random, 6), Edgy(random, 6), EdgyRadius(random)};
  switch ((*random)() % 6) {
    case 0:
      ball.im = 0;
      break;
    case 1:  // The disc that points are drawn from.
      ball.re = 0.7 + Uniform(random, -0.7, 0.7);
      ball.im = 0.4 + Uniform(random, -0.7, 0.7);
      ball.rad = (*random)() % 2 == 0 ? 0 : 0x1p-50;
      break;
    case 2:
      if ((*random)() % 8 == 0) ball.re = Logarithmic(random, -700, 700);
      break;
    default:
      break;
  }
  return ball;
}

// A point of the disc, often on its edge.
void PointOf(const ComplexBall& ball, Random* random, acb_t out) {
  const double angle = Uniform(random, 0, 6.3);
  const double part =
      (*random)() % 2 == 0 ? 1 - 0x1p-40 : Uniform(random, 0, 1 - 0x1p-40);
  Acb offset;
  // cos and sin of libm are within 2^-50, so the point is inside.
  acb_set_d_d(offset.z, part * std::cos(angle), part * std::sin(angle));
  Arb radius(ball.rad);
  acb_mul_arb(offset.z, offset.z, radius.x, kPrec);
  acb_set_d_d(out, ball.re, ball.im);
  acb_add(out, out, offset.z, kPrec);
}

bool Holds(const ComplexBall& ball, const acb_t value) {
  Acb distance;
  acb_set_d_d(distance.z, ball.re, ball.im);
  acb_sub(distance.z, distance.z, value, kPrec);
  Arb modulus, radius(ball.rad);
  acb_abs(modulus.x, distance.z, kPrec);
  return !arb_gt(modulus.x, radius.x);
}

std::string Describe(Op op, const ComplexBall& a, const ComplexBall& b,
                     int64_t n, const ComplexBall& out) {
  std::ostringstream text;
  text.precision(17);
  text << Facts(op).text << " a=(" << a.re << ", " << a.im << ")+-" << a.rad
       << " b=(" << b.re << ", " << b.im << ")+-" << b.rad << " n=" << n
       << " -> (" << out.re << ", " << out.im << ")+-" << out.rad;
  return text.str();
}

bool CheckOne(Op op, Random* random) {
  const int arity = Facts(op).arity;
  const ComplexBall a = DrawBall(random);
  const ComplexBall b = arity == 2 ? DrawBall(random) : ComplexBall{0, 0, 0};
  int64_t n = static_cast<int64_t>((*random)() % 21) - 10;
  if (op == Op::kRoot) n = 2 + static_cast<int64_t>((*random)() % 9);
  const ComplexBall out = arity == 2 ? Binary(op, a, b) : Unary(op, a, n);
  if (!out.defined() && !out.proved_undefined()) return false;
  for (int i = 0; i < 2; ++i) {
    Acb x, y, value;
    PointOf(a, random, x.z);
    PointOf(b, random, y.z);
    const State state = arity == 2 ? ComplexBinary(op, value.z, x.z, y.z, kPrec)
                                   : ComplexUnary(op, value.z, x.z, n, kPrec);
    if (out.proved_undefined()) {
      EXPECT_NE(state, State::kDefined) << Describe(op, a, b, n, out);
    } else if (state == State::kDefined) {
      EXPECT_TRUE(Holds(out, value.z)) << Describe(op, a, b, n, out);
    } else {
      EXPECT_NE(state, State::kUndefined) << Describe(op, a, b, n, out);
    }
  }
  return out.defined();
}

TEST(ComplexBall, HoldsEveryPointOfEveryOperation) {
  Random random(640320);
  for (int k = 0; k < kOpsCount; ++k) {
    const Op op = static_cast<Op>(k);
    if (Facts(op).arity == 0 || (Facts(op).domains & kComplex) == 0) continue;
    int64_t defined = 0;
    for (int i = 0; i < kBallsCount && !testing::Test::HasFailure(); ++i) {
      defined += CheckOne(op, &random);
    }
    EXPECT_GT(defined, kBallsCount / 4) << Facts(op).text;
    std::printf("%-6s %d balls, %ld defined\n",
                std::string(Facts(op).text).c_str(), kBallsCount, defined);
  }
}

TEST(ComplexBall, ModulusNeverOverflowsIntoAValue) {
  // |z|^2 overflows long before z: the reciprocal must not become 0.
  for (double size : {1e160, 1e200, 1e300, 1e-160, 1e-300}) {
    for (const ComplexBall& z :
         {ComplexBall{size, size, 0}, ComplexBall{size, size, size * 1e-10},
          ComplexBall{0, size, 0}}) {
      const ComplexBall inverse = Binary(Op::kDivide, {1, 0, 0}, z);
      if (!inverse.defined()) continue;
      Acb exact;
      acb_set_d_d(exact.z, z.re, z.im);
      acb_inv(exact.z, exact.z, kPrec);
      EXPECT_TRUE(Holds(inverse, exact.z)) << size;
    }
    EXPECT_FALSE(Unary(Op::kLog, ComplexBall{1e300, 1e300, 1}, 0).defined());
  }
}

TEST(ComplexBall, CutsAreUnknownButForExactNumbers) {
  const ComplexBall minus = {-4, 0, 0}, near = {-4, 1e-20, 1e-10};
  const ComplexBall root = complex::Sqrt(minus);
  EXPECT_TRUE(root.exact());
  EXPECT_EQ(root.re, 0);
  EXPECT_EQ(root.im, 2);
  EXPECT_NEAR(complex::Log(minus).im, M_PI, 1e-15);
  for (Op op : {Op::kSqrt, Op::kLog, Op::kArg}) {
    EXPECT_FALSE(Unary(op, near, 0).defined()) << Facts(op).text;
  }
  EXPECT_FALSE(Unary(Op::kRoot, near, 3).defined());
  // No agreed value on the cuts of the inverse functions.
  for (Op op : {Op::kAsin, Op::kAcos, Op::kAtanh}) {
    EXPECT_FALSE(Unary(op, ComplexBall{2, 0, 0}, 0).defined());
    EXPECT_FALSE(Unary(op, ComplexBall{-3, 0, 0}, 0).defined());
  }
  EXPECT_FALSE(Unary(Op::kAcosh, ComplexBall{0.5, 0, 0}, 0).defined());
  EXPECT_FALSE(Unary(Op::kAtan, ComplexBall{0, 2, 0}, 0).defined());
  EXPECT_FALSE(Unary(Op::kAsinh, ComplexBall{0, -2, 0}, 0).defined());
  // What only the reals order is unknown here.
  for (Op op : {Op::kFloor, Op::kCeil, Op::kSign}) {
    EXPECT_FALSE(Unary(op, ComplexBall{1.5, 0, 0}, 0).defined());
  }
}

TEST(ComplexBall, KeepsExactValuesExact) {
  const ComplexBall a = {3, 4, 0}, b = {1, -2, 0};
  const ComplexBall product = complex::Multiply(a, b);
  EXPECT_TRUE(product.exact());
  EXPECT_EQ(product.re, 11);
  EXPECT_EQ(product.im, -2);
  const ComplexBall quotient = complex::Divide(product, b);
  EXPECT_TRUE(quotient.exact());
  EXPECT_EQ(quotient.re, 3);
  EXPECT_TRUE(complex::Abs(a).exact());
  EXPECT_EQ(complex::Abs(a).re, 5);
  EXPECT_TRUE(complex::PowInt({0, 1, 0}, 4).exact());
}

}  // namespace
}  // namespace assay::kernels
