// The real ball domain holds what Arb holds: containment over random and edge
// balls for every operation.
#include "kernels/real_ball.h"

#include <gtest/gtest.h>

#include <map>

#include "kernels/arb_real.h"
#include "kernels/ball_tape.h"
#include "kernels/tape.h"
#include "tests/kernels/reference.h"

namespace assay::kernels {
namespace {

using State = Enclosure::State;
constexpr slong kPrec = 200;

struct Tally {
  int64_t evaluations = 0;
  int64_t defined = 0;
  int64_t proved = 0;  // Proved undefined.
};

// A point of the ball: its ends, its middle or between.
void PointOf(const RealBall& ball, Random* random, arb_t out) {
  arb_set_d(out, ball.rad);
  const double where[] = {-1, 1, 0, Uniform(random, -1, 1)};
  Arb factor(where[(*random)() % 4]), mid(ball.mid);
  arb_mul(out, out, factor.x, kPrec);
  arb_add(out, out, mid.x, kPrec);
}

// |value - mid| <= rad, up to Arb's own 2^-190.
bool Holds(const RealBall& ball, const arb_t value) {
  Arb distance(ball.mid), radius(ball.rad);
  arb_sub(distance.x, distance.x, value, kPrec);
  arb_abs(distance.x, distance.x);
  return !arb_gt(distance.x, radius.x);
}

std::string Describe(Op op, const RealBall& a, const RealBall& b, int64_t n,
                     const RealBall& out) {
  std::ostringstream text;
  text.precision(17);
  text << Facts(op).text << " a=" << a.mid << "+-" << a.rad << " b=" << b.mid
       << "+-" << b.rad << " n=" << n << " -> " << out.mid << "+-" << out.rad;
  return text.str();
}

RealBall DrawBall(Op op, Random* random) {
  double magnitude = 20;
  if (op == Op::kExp || op == Op::kSinh || op == Op::kCosh) magnitude = 10;
  if (op == Op::kAsin || op == Op::kAcos || op == Op::kAtanh) magnitude = 0.2;
  if (op == Op::kMultiply || op == Op::kDivide || op == Op::kAdd ||
      op == Op::kSqrt || op == Op::kLog) {
    magnitude = (*random)() % 8 == 0 ? 1000 : 20;
  }
  RealBall ball = {Edgy(random, magnitude), EdgyRadius(random)};
  if (magnitude > 100 && (*random)() % 2 == 0) {
    ball.mid = Logarithmic(random, -1000, 1000);
    ball.rad = (*random)() % 2 == 0 ? 0 : std::fabs(ball.mid) * 0x1p-30;
  }
  return ball;
}

void CheckOne(Op op, Random* random, Tally* tally) {
  const int arity = Facts(op).arity;
  const RealBall a = DrawBall(op, random);
  const RealBall b = arity == 2 ? DrawBall(op, random) : RealBall{0, 0};
  int64_t n = static_cast<int64_t>((*random)() % 41) - 20;
  if (op == Op::kRoot) n = 2 + static_cast<int64_t>((*random)() % 9);
  const RealBall out = arity == 2 ? Binary(op, a, b) : Unary(op, a, n);
  ++tally->evaluations;
  tally->defined += out.defined();
  tally->proved += out.proved_undefined();
  if (!out.defined() && !out.proved_undefined()) return;
  for (int i = 0; i < 2; ++i) {
    Arb x, y, value;
    PointOf(a, random, x.x);
    PointOf(b, random, y.x);
    const State state = arity == 2 ? RealBinary(op, value.x, x.x, y.x, kPrec)
                                   : RealUnary(op, value.x, x.x, n, kPrec);
    if (out.proved_undefined()) {
      EXPECT_NE(state, State::kDefined) << Describe(op, a, b, n, out);
    } else if (state == State::kDefined) {
      EXPECT_TRUE(Holds(out, value.x)) << Describe(op, a, b, n, out);
    } else {
      // A point of the operands without value would refute the ball.
      EXPECT_NE(state, State::kUndefined) << Describe(op, a, b, n, out);
    }
  }
}

TEST(RealBall, HoldsEveryPointOfEveryOperation) {
  Random random(163);
  int64_t total = 0;
  for (int k = 0; k < kOpsCount; ++k) {
    const Op op = static_cast<Op>(k);
    if (Facts(op).arity == 0 || (Facts(op).domains & kReal) == 0) continue;
    Tally tally;
    for (int i = 0; i < kBallsCount && !testing::Test::HasFailure(); ++i) {
      CheckOne(op, &random, &tally);
    }
    // The operation is really exercised.
    EXPECT_GT(tally.defined, tally.evaluations / 10) << Facts(op).text;
    std::printf("%-6s %ld balls, %ld defined, %ld proved undefined\n",
                std::string(Facts(op).text).c_str(), tally.evaluations,
                tally.defined, tally.proved);
    total += tally.evaluations;
  }
  EXPECT_GE(total, 30 * kBallsCount);
}

TEST(RealBall, KeepsExactValuesExact) {
  const auto exact = [](const RealBall& ball, double value) {
    return ball.rad == 0 && ball.mid == value;
  };
  using real::Exactly;
  EXPECT_TRUE(exact(real::Add(Exactly(2), Exactly(3)), 5));
  EXPECT_TRUE(exact(real::Multiply(Exactly(0.75), Exactly(-4)), -3));
  EXPECT_TRUE(exact(real::Divide(Exactly(-6), Exactly(4)), -1.5));
  EXPECT_FALSE(real::Divide(Exactly(1), Exactly(3)).exact());
  EXPECT_TRUE(exact(real::Sqrt(Exactly(2.25)), 1.5));
  EXPECT_FALSE(real::Sqrt(Exactly(2)).exact());
  EXPECT_TRUE(exact(real::PowInt(Exactly(-3), 5), -243));
  EXPECT_TRUE(exact(real::PowInt(Exactly(2), -3), 0.125));
  EXPECT_TRUE(exact(real::Power(Exactly(-2), Exactly(3)), -8));
  EXPECT_TRUE(exact(real::Floor({2.5, 0.25}), 2));
  EXPECT_TRUE(exact(real::Ceil({2.5, 0.25}), 3));
  EXPECT_TRUE(exact(real::Sign({-1e-9, 1e-10}), -1));
  EXPECT_TRUE(exact(real::Exp(Exactly(0)), 1));
  EXPECT_TRUE(exact(real::Log(Exactly(1)), 0));
}

struct Edge {
  const char* name;
  RealBall ball;
  bool undefined;  // Else unknown.
};

TEST(RealBall, TellsUndefinedFromUnknown) {
  using real::Exactly;
  const Edge edges[] = {
      {"1/0", real::Divide(Exactly(1), Exactly(0)), true},
      {"1/(0+-e)", real::Divide(Exactly(1), {0, 1e-9}), false},
      {"sqrt -1", real::Sqrt(Exactly(-1)), true},
      {"sqrt (0+-e)", real::Sqrt({0, 1e-9}), false},
      {"log 0", real::Log(Exactly(0)), true},
      {"log (-1)", real::Log(Exactly(-1)), true},
      {"log (0+-e)", real::Log({1e-10, 1e-9}), false},
      {"asin 2", real::Asin(Exactly(2)), true},
      {"asin (1+-e)", real::Asin({1, 1e-9}), false},
      {"acosh 0", real::Acosh(Exactly(0)), true},
      {"atanh 1", real::Atanh(Exactly(1)), true},
      {"root4 -1", real::Root(Exactly(-1), 4), true},
      {"(-8)^(1/3)",
       real::Power(Exactly(-8), real::Divide(Exactly(1), Exactly(3))), true},
      {"0^-1", real::PowInt(Exactly(0), -1), true},
      {"floor (1+-e)", real::Floor({1, 1e-9}), false},
      {"sign (0+-e)", real::Sign({0, 1e-9}), false},
      {"exp 1000", real::Exp(Exactly(1000)), false},
      {"sin 2^21", real::Sin(Exactly(0x1p21)), false},
      {"tan pi/2", real::Tan({M_PI / 2, 1e-15}), false},
      {"1e308 * 10", Binary(Op::kMultiply, Exactly(1e308), Exactly(10)), false},
      {"2^(2^62)", Unary(Op::kPowInt, Exactly(2), int64_t{1} << 62), false},
  };
  for (const Edge& edge : edges) {
    EXPECT_FALSE(edge.ball.defined()) << edge.name;
    EXPECT_EQ(edge.ball.proved_undefined(), edge.undefined) << edge.name;
  }
}

TEST(RealBall, CarriesUndefinedOperandsThrough) {
  const RealBall one = {1, 0}, unknown = RealBall::Unknown(),
                 undefined = RealBall::Undefined();
  for (int k = 0; k < kOpsCount; ++k) {
    const Op op = static_cast<Op>(k);
    if (Facts(op).arity == 1) {
      EXPECT_FALSE(Unary(op, unknown, 2).defined());
      EXPECT_FALSE(Unary(op, unknown, 2).proved_undefined());
      EXPECT_TRUE(Unary(op, undefined, 2).proved_undefined());
    } else if (Facts(op).arity == 2) {
      EXPECT_FALSE(Binary(op, one, unknown).proved_undefined());
      EXPECT_FALSE(Binary(op, one, unknown).defined());
      EXPECT_TRUE(Binary(op, undefined, one).proved_undefined());
      EXPECT_TRUE(Binary(op, unknown, undefined).proved_undefined());
    }
  }
}

TEST(RealBall, RadiusStaysTight) {
  // Ten chained square roots and squares cost a few units, not magnitudes.
  RealBall x = {2, 0};
  for (int i = 0; i < 10; ++i) x = real::Sqrt(x);
  for (int i = 0; i < 10; ++i) x = real::Multiply(x, x);
  EXPECT_NEAR(x.mid, 2, 1e-12);
  EXPECT_LT(x.rad, 2e-12);
}

}  // namespace
}  // namespace assay::kernels
