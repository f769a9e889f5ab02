#include "kernels/high_precision.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/kernels/random_tape.h"

namespace assay::kernels {
namespace {

using State = Enclosure::State;

Enclosure At(TapeBuilder* b, int result, const Point& point = Point(),
             BallDomain domain = BallDomain::kReal, int bits = 256) {
  HighPrecisionOptions options;
  options.domain = domain;
  options.precision_bits = bits;
  return EvaluateHighPrecision(*b->Build(result), point, options);
}

TEST(HighPrecision, EnclosesAndPrints) {
  TapeBuilder b(0);
  const Enclosure root = At(&b, b.Surd(Rational::FromInt(2), 2));
  ASSERT_TRUE(root.defined());
  EXPECT_EQ(root.Print(20).substr(0, 22), "[1.4142135623730950488");
  EXPECT_LE(root.radius_log2(), -250);
  EXPECT_NEAR(root.magnitude_log2(), 0.5, 0.01);
  EXPECT_FALSE(root.exact());
  EXPECT_TRUE(root.real());
  EXPECT_EQ(root.sign(), 1);
  EXPECT_FALSE(root.contains_zero());
  EXPECT_FALSE(root.unique_integer().has_value());
  const Enclosure five = At(&b, b.Integer(-5));
  EXPECT_TRUE(five.exact());
  EXPECT_EQ(five.sign(), -1);
  EXPECT_EQ(five.unique_integer(), -5);
  EXPECT_EQ(five.Print(), "-5.00000000000000000000000000000");
  EXPECT_TRUE(std::isinf(five.radius_log2()));
  // sqrt(2)^2 - 2 holds zero, of no certain sign.
  const int square = b.PowInt(b.Surd(Rational::FromInt(2), 2), 2);
  const Enclosure zero = At(&b, b.Apply(Op::kSubtract, square, b.Integer(2)));
  EXPECT_TRUE(zero.contains_zero());
  EXPECT_FALSE(zero.sign().has_value());
  EXPECT_EQ(zero.unique_integer(), 0);
}

TEST(HighPrecision, CopiesAndMoves) {
  TapeBuilder b(0);
  Enclosure a = At(&b, b.Apply(Op::kPi));
  Enclosure copy = a;
  Enclosure moved = std::move(a);
  EXPECT_TRUE(Enclosure::Overlaps(copy, moved));
  copy = At(&b, b.Apply(Op::kE));
  EXPECT_TRUE(Enclosure::Disjoint(copy, moved));
  copy = moved;
  EXPECT_EQ(copy.Print(), moved.Print());
  const Enclosure none;
  EXPECT_EQ(none.state(), State::kUnknown);
  EXPECT_FALSE(Enclosure::Overlaps(none, moved));
  EXPECT_FALSE(Enclosure::Disjoint(none, moved));
  EXPECT_TRUE(std::isnan(none.re()));
}

TEST(HighPrecision, RealAndComplexRules) {
  struct Row {
    const char* name;
    std::function<int(TapeBuilder*)> make;
    State real;
    State complex;
  };
  const auto minus = [](TapeBuilder* b) { return b->Integer(-8); };
  const Row rows[] = {
      {"sqrt -8", [&](auto* b) { return b->Apply(Op::kSqrt, minus(b)); },
       State::kUndefined, State::kDefined},
      {"cbrt -8", [&](auto* b) { return b->Root(minus(b), 3); },
       State::kDefined, State::kDefined},
      {"(-8)^(1/3)",
       [&](auto* b) {
         return b->Apply(Op::kPower, minus(b),
                         b->Constant(Rational::FromInts(1, 3)));
       },
       State::kUndefined, State::kDefined},
      {"log -8", [&](auto* b) { return b->Apply(Op::kLog, minus(b)); },
       State::kUndefined, State::kDefined},
      {"log 0", [](auto* b) { return b->Apply(Op::kLog, b->Integer(0)); },
       State::kUndefined, State::kUndefined},
      {"asin 2", [](auto* b) { return b->Apply(Op::kAsin, b->Integer(2)); },
       State::kUndefined, State::kUnknown},
      {"i", [](auto* b) { return b->Apply(Op::kI); }, State::kUnknown,
       State::kDefined},
      {"1/0",
       [](auto* b) {
         return b->Apply(Op::kDivide, b->Integer(1), b->Integer(0));
       },
       State::kUndefined, State::kUndefined},
      {"1/(sqrt 2 ^2 - 2)",
       [](auto* b) {
         const int square = b->PowInt(b->Surd(Rational::FromInt(2), 2), 2);
         return b->Apply(Op::kDivide, b->Integer(1),
                         b->Apply(Op::kSubtract, square, b->Integer(2)));
       },
       State::kUnknown, State::kUnknown},
      {"floor pi",
       [](auto* b) { return b->Apply(Op::kFloor, b->Apply(Op::kPi)); },
       State::kDefined, State::kDefined},
      {"floor(sqrt 2 ^2)",
       [](auto* b) {
         return b->Apply(Op::kFloor,
                         b->PowInt(b->Surd(Rational::FromInt(2), 2), 2));
       },
       State::kUnknown, State::kUnknown},
  };
  for (const Row& row : rows) {
    TapeBuilder b(0);
    const int result = row.make(&b);
    EXPECT_EQ(At(&b, result).state(), row.real) << row.name;
    EXPECT_EQ(At(&b, result, Point(), BallDomain::kComplex).state(),
              row.complex)
        << row.name;
  }
  // The real root and the principal one.
  TapeBuilder b(0);
  const int cube = b.Root(b.Integer(-8), 3);
  EXPECT_NEAR(At(&b, cube).re(), -2, 1e-15);
  EXPECT_NEAR(At(&b, cube, Point(), BallDomain::kComplex).im(), std::sqrt(3),
              1e-15);
}

TEST(HighPrecision, PrecisionIsMonotone) {
  std::mt19937_64 random(12);
  const PointSource source("precision");
  for (int i = 0; i < 300; ++i) {
    const Tape tape = RandomTape(&random, 12, 2, kReal);
    const Point point = source.Draw(PointKind::kPositive, i, 2);
    HighPrecisionOptions options;
    options.precision_bits = 128;
    const Enclosure low = EvaluateHighPrecision(tape, point, options);
    options.precision_bits = 1024;
    const Enclosure high = EvaluateHighPrecision(tape, point, options);
    if (low.defined()) {
      ASSERT_TRUE(high.defined()) << tape.Print();
      EXPECT_TRUE(Enclosure::Overlaps(low, high)) << tape.Print();
    }
    if (low.state() == State::kUndefined) {
      EXPECT_EQ(high.state(), State::kUndefined) << tape.Print();
    }
  }
}

TEST(HighPrecision, BudgetStopsEverything) {
  TapeBuilder b(0);
  int x = b.Integer(2);
  for (int i = 0; i < 4000; ++i) x = b.Apply(Op::kSin, x);
  HighPrecisionOptions options;
  options.precision_bits = 1 << 30;  // Clamped.
  options.budget = 1 << 22;
  const Enclosure spent = EvaluateHighPrecision(*b.Build(x), Point(), options);
  EXPECT_EQ(spent.state(), State::kBudget);
  EXPECT_LT(spent.operations_count(), 4000);
  options.budget = 0;
  EXPECT_EQ(EvaluateHighPrecision(*b.Build(x), Point(), options).state(),
            State::kBudget);
  options.budget = -1;
  EXPECT_EQ(EvaluateHighPrecision(*b.Build(x), Point(), options).state(),
            State::kBudget);
}

// How far below 1 something may hide in what is written.
TEST(HighPrecision, ExtentFollowsConstantsAndValues) {
  auto extent = [](TapeBuilder* b, int value) {
    return At(b, value).extent_bits();
  };
  TapeBuilder b(0);
  const int one = b.Integer(1), ten = b.Integer(10);
  EXPECT_EQ(extent(&b, b.Apply(Op::kAdd, one, b.Apply(Op::kPi))), 0);
  const int tiny = b.PowInt(ten, -900);
  EXPECT_NEAR(extent(&b, tiny), 900 * std::log2(10), 1);
  const int near = b.Apply(Op::kAdd, one, tiny);
  EXPECT_GE(extent(&b, near), 2980);
  EXPECT_GE(extent(&b, b.PowInt(near, 3)), 3 * 2980);
  EXPECT_GE(extent(&b, b.Apply(Op::kTanh, b.Integer(1000))), 2880);
  const int far = b.PowInt(b.PowInt(near, 1'000'000), 1'000'000);
  EXPECT_LE(extent(&b, far), Enclosure::kExtentBitsMax);
}

TEST(HighPrecision, HugeExponentsAreUnknown) {
  TapeBuilder b(0);
  const int ten = b.Integer(10);
  // 10^(10^10) is fine as a ball; towers are not.
  const int large = b.PowInt(ten, 10000000000);
  EXPECT_TRUE(At(&b, large).defined());
  EXPECT_NEAR(At(&b, large).magnitude_log2(), 1e10 * std::log2(10), 1e5);
  EXPECT_FALSE(At(&b, large).Print().empty());
  EXPECT_EQ(At(&b, b.PowInt(ten, INT64_MAX)).state(), State::kUnknown);
  EXPECT_EQ(At(&b, b.PowInt(ten, INT64_MIN)).state(), State::kUnknown);
  EXPECT_EQ(At(&b, b.Apply(Op::kPower, ten, large)).state(), State::kUnknown);
  EXPECT_EQ(At(&b, b.PowInt(b.Integer(1), INT64_MAX)).re(), 1);
  int tower = ten;
  for (int i = 0; i < 100; ++i) tower = b.Apply(Op::kExp, tower);
  for (BallDomain domain : {BallDomain::kReal, BallDomain::kComplex}) {
    EXPECT_EQ(At(&b, tower, Point(), domain).state(), State::kUnknown);
    for (Op op : {Op::kSin, Op::kTan, Op::kSinh, Op::kTanh, Op::kAtan, Op::kLog,
                  Op::kAsinh, Op::kFloor, Op::kSqrt}) {
      for (int value : {large, b.Apply(Op::kExp, b.PowInt(ten, 11))}) {
        const Enclosure e = At(&b, b.Apply(op, value), Point(), domain, 4096);
        EXPECT_NE(e.state(), State::kBudget) << Facts(op).text;
        EXPECT_FALSE(e.Print().empty());
      }
    }
  }
}

TEST(HighPrecision, MissingVariablesAreUnknown) {
  TapeBuilder b(1);
  EXPECT_EQ(At(&b, b.Variable(0)).state(), State::kUnknown);
}

TEST(HighPrecision, BigConstantsStayExact) {
  // (2^200 + 1) - 2^200 = 1.
  Rational large;
  large.numerator = {1, 0, 0, 256};
  Rational power;
  power.numerator = {0, 0, 0, 256};
  TapeBuilder b(0);
  const int difference =
      b.Apply(Op::kSubtract, b.Constant(large), b.Constant(power));
  EXPECT_EQ(At(&b, difference).Print(3), "1.00");
  EXPECT_TRUE(At(&b, difference).exact());
}

}  // namespace
}  // namespace assay::kernels
