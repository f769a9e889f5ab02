// Tapes: what is built, what is refused, and that nothing hostile is believed.
#include "kernels/tape.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>

#include "kernels/evaluator.h"
#include "kernels/exact.h"

namespace assay::kernels {
namespace {

using testing::HasSubstr;

TEST(Tape, BuildJoinsEqualAndDropsUnneeded) {
  TapeBuilder b(2);
  const int x = b.Variable(0);
  b.Apply(Op::kExp, b.Variable(1));  // Not needed.
  const int two = b.Integer(2);
  EXPECT_EQ(b.Integer(2), two);
  const int sum = b.Apply(Op::kAdd, x, two);
  EXPECT_EQ(b.Apply(Op::kAdd, x, two), sum);
  const auto tape = b.Build(b.Apply(Op::kMultiply, sum, sum));
  ASSERT_TRUE(tape.ok()) << tape.status();
  EXPECT_EQ(tape->instructions().size(), 4u);
  EXPECT_TRUE(tape->arithmetic());
  EXPECT_FALSE(tape->one_sided());
  EXPECT_EQ(tape->variables_used(), 1u);
  EXPECT_EQ(tape->domains(), kResidues | kReal | kComplex);
  EXPECT_EQ(tape->Print(),
            "%0 = var 0\n%1 = const 2\n%2 = add %0 %1\n%3 = mul %2 %2\n");
}

TEST(Tape, BuildServesManyResults) {
  TapeBuilder b(1);
  const int x = b.Variable(0);
  const int y = b.Apply(Op::kFloor, x);
  EXPECT_EQ(b.Build(x)->instructions().size(), 1u);
  EXPECT_EQ(b.Build(y)->domains(), kReal);
  b.set_one_sided();
  EXPECT_TRUE(b.Build(y)->one_sided());
}

struct BuilderRow {
  const char* name;
  std::function<int(TapeBuilder*)> make;
  absl::StatusCode code;
};

std::vector<BuilderRow> BuilderRows() {
  using absl::StatusCode;
  return {
      {"no operand", [](TapeBuilder* b) { return b->Apply(Op::kAdd, 0, 1); },
       StatusCode::kInvalidArgument},
      {"negative operand",
       [](TapeBuilder* b) { return b->Apply(Op::kExp, -7); },
       StatusCode::kInvalidArgument},
      {"future operand",
       [](TapeBuilder* b) { return b->Apply(Op::kExp, 1 << 30); },
       StatusCode::kInvalidArgument},
      {"no variable", [](TapeBuilder* b) { return b->Variable(1); },
       StatusCode::kInvalidArgument},
      {"const by Apply", [](TapeBuilder* b) { return b->Apply(Op::kConstant); },
       StatusCode::kInvalidArgument},
      {"no such op",
       [](TapeBuilder* b) { return b->Apply(static_cast<Op>(250), 0); },
       StatusCode::kInvalidArgument},
      {"denominator 0",
       [](TapeBuilder* b) { return b->Constant(Rational::FromInts(1, 0)); },
       StatusCode::kInvalidArgument},
      {"no denominator",
       [](TapeBuilder* b) {
         Rational r;
         r.denominator.clear();
         return b->Constant(r);
       },
       StatusCode::kInvalidArgument},
      {"surd of 0",
       [](TapeBuilder* b) { return b->Surd(Rational::FromInt(0), 2); },
       StatusCode::kInvalidArgument},
      {"surd of -2",
       [](TapeBuilder* b) { return b->Surd(Rational::FromInt(-2), 3); },
       StatusCode::kInvalidArgument},
      {"first root", [](TapeBuilder* b) { return b->Root(b->Integer(2), 1); },
       StatusCode::kInvalidArgument},
      {"root beyond",
       [](TapeBuilder* b) { return b->Root(b->Integer(2), 1 << 20); },
       StatusCode::kInvalidArgument},
      {"turn over 0", [](TapeBuilder* b) { return b->CosTurn(1, 0); },
       StatusCode::kInvalidArgument},
      {"turn beyond", [](TapeBuilder* b) { return b->SinTurn(1, 1 << 21); },
       StatusCode::kInvalidArgument},
      {"constant beyond",
       [](TapeBuilder* b) {
         Rational r;
         r.numerator.assign(1100, ~uint64_t{0});
         return b->Constant(r);
       },
       StatusCode::kResourceExhausted},
      {"zero limbs beyond",
       [](TapeBuilder* b) {
         Rational r;
         r.numerator.assign(1100, 0);
         return b->Constant(r);
       },
       StatusCode::kResourceExhausted},
      {"constants beyond",
       [](TapeBuilder* b) {
         int sum = b->Integer(0);
         for (uint64_t i = 0; i < 100; ++i) {
           Rational r;
           r.numerator.assign(900, ~i);
           sum = b->Apply(Op::kAdd, sum, b->Constant(r));
         }
         return sum;
       },
       StatusCode::kResourceExhausted},
      {"instructions beyond",
       [](TapeBuilder* b) {
         int sum = b->Integer(0);
         for (int i = 1; i < 5000; ++i) {
           sum = b->Apply(Op::kAdd, sum, b->Variable(0));
         }
         return sum;
       },
       StatusCode::kResourceExhausted},
      {"surds beyond",
       [](TapeBuilder* b) {
         int sum = b->Integer(0);
         for (int i = 2; i < 100; ++i) {
           sum = b->Apply(Op::kAdd, sum, b->Surd(Rational::FromInt(i), 2));
         }
         return sum;
       },
       StatusCode::kResourceExhausted},
  };
}

TEST(Tape, BuilderNamesTheFirstFault) {
  for (const BuilderRow& row : BuilderRows()) {
    TapeBuilder b(1);
    const auto tape = b.Build(row.make(&b));
    EXPECT_EQ(tape.status().code(), row.code)
        << row.name << ": " << tape.status();
  }
  EXPECT_FALSE(TapeBuilder(65).Build(0).ok());
  EXPECT_FALSE(TapeBuilder(-1).Build(0).ok());
}

Tape::Parts GoodParts() {
  Tape::Parts parts;
  parts.variables_count = 1;
  parts.constants = {Rational::FromInts(1, 3)};
  parts.integers = {3};
  parts.turns = {{1, 5}};
  SurdImmediate surd;
  surd.radicand = Rational::FromInt(12);
  parts.surds = {surd};
  parts.instructions = {{Op::kConstant, 0, -1}, {Op::kVariable, 0, -1},
                        {Op::kPowInt, 1, 0},    {Op::kCosTurn, 0, -1},
                        {Op::kSurd, 0, -1},     {Op::kAdd, 2, 4}};
  return parts;
}

TEST(Tape, ValidateRefusesEveryBrokenForm) {
  ASSERT_TRUE(Tape::Validate(GoodParts()).ok());
  const std::vector<std::function<void(Tape::Parts*)>> breaks = {
      [](auto* p) { p->instructions.clear(); },
      [](auto* p) { p->instructions[5].b = 5; },
      [](auto* p) { p->instructions[5].a = -1; },
      [](auto* p) { p->instructions[0].a = 1; },
      [](auto* p) { p->instructions[1].a = 1; },
      [](auto* p) { p->instructions[1].a = -1; },
      [](auto* p) { p->instructions[2].b = 1; },
      [](auto* p) { p->instructions[3].a = 9; },
      [](auto* p) { p->instructions[4].a = 1; },
      [](auto* p) { p->instructions[4].op = static_cast<Op>(255); },
      [](auto* p) {
        p->constants[0].denominator = {0, 0};
      },
      [](auto* p) { p->turns[0].denominator = 0; },
      [](auto* p) { p->surds[0].index = 0; },
      [](auto* p) { p->surds[0].radicand.negative = true; },
      [](auto* p) { p->variables_count = 0; },
      [](auto* p) { p->variables_count = 65; },
      [](auto* p) {
        p->instructions[2] = {Op::kRoot, 1, 0}, p->integers = {1};
      },
  };
  for (size_t i = 0; i < breaks.size(); ++i) {
    Tape::Parts parts = GoodParts();
    breaks[i](&parts);
    EXPECT_FALSE(Tape::Validate(parts).ok()) << i;
  }
}

TEST(Tape, ValidateSurvivesRandomParts) {
  std::mt19937_64 random(99);
  int accepted = 0;
  const auto evaluator = MakeHostEvaluator();
  for (int round = 0; round < 20000; ++round) {
    Tape::Parts parts = GoodParts();
    const size_t count = 1 + random() % 12;
    parts.instructions.clear();
    for (size_t k = 0; k < count; ++k) {
      const auto operand = [&] {
        return static_cast<int32_t>(random() % (k + 2)) - (random() % 16 == 0);
      };
      parts.instructions.push_back(
          {static_cast<Op>(random() % (kOpsCount + 1)), operand(), operand()});
    }
    const auto tape = Tape::Validate(std::move(parts));
    if (!tape.ok()) continue;
    ++accepted;
    const Tape* tapes[] = {&*tape};
    const Point points[] = {Point::OfIntegers({2})};
    std::vector<BallValue> values;
    EXPECT_TRUE(
        evaluator
            ->Evaluate(BallBatch{BallDomain::kReal, tapes, points}, &values)
            .ok());
  }
  EXPECT_GT(accepted, 100);
}

TEST(Tape, FactorsOfSurds) {
  const auto factors = [](Rational r) {
    TapeBuilder b(0);
    return b.Build(b.Surd(std::move(r), 2))->parts().surds[0];
  };
  const SurdImmediate a = factors(Rational::FromInts(360, 49));
  ASSERT_TRUE(a.factored);
  ASSERT_EQ(a.factors.size(), 4u);
  EXPECT_EQ(a.factors[0].prime, 2u);
  EXPECT_EQ(a.factors[0].exponent, 3);
  EXPECT_EQ(a.factors[3].prime, 7u);
  EXPECT_EQ(a.factors[3].exponent, -2);
  // Two primes of 31 bits.
  const SurdImmediate b =
      factors(Rational::FromInt(int64_t{2147483647} * 2147483629));
  ASSERT_TRUE(b.factored);
  EXPECT_EQ(b.factors.size(), 2u);
  // 2^200 + 1's like: too large to split, said so.
  Rational large;
  large.numerator = {0x123456789abcdef1, 0xfedcba9876543211, 0x0f1e2d3c4b5a6978,
                     7};
  EXPECT_FALSE(factors(large).factored);
}

TEST(Tape, LeafBallsAreTightAndExactWherePossible) {
  TapeBuilder b(0);
  const auto leaf = [&](int value) { return b.Build(value)->leaf_balls()[0]; };
  EXPECT_EQ(leaf(b.Constant(Rational::FromInts(-3, 4))).re, -0.75);
  EXPECT_EQ(leaf(b.Constant(Rational::FromInts(-3, 4))).rad, 0);
  const LeafBall third = leaf(b.Constant(Rational::FromInts(1, 3)));
  EXPECT_EQ(third.re, 1.0 / 3);
  EXPECT_GT(third.rad, 0);
  EXPECT_LT(third.rad, 0x1p-54);
  EXPECT_EQ(leaf(b.CosTurn(1, 6)).re, 0.5);
  EXPECT_EQ(leaf(b.CosTurn(1, 6)).rad, 0);
  EXPECT_EQ(leaf(b.CosTurn(1, 4)).re, 0);
  EXPECT_EQ(leaf(b.RootOfUnity(1, 2)).im, 0);
  EXPECT_EQ(leaf(b.Surd(Rational::FromInt(9), 2)).re, 3);
  EXPECT_LT(leaf(b.Surd(Rational::FromInt(2), 2)).rad, 2.3e-16);
  // Beyond the doubles: no value here.
  Rational huge;
  huge.numerator.assign(20, 0);
  huge.numerator.back() = 1;
  EXPECT_TRUE(std::isinf(leaf(b.Constant(huge)).rad));
}

// The short cuts for common leaves against Arb.
TEST(Tape, LeafBallsAgreeWithArb) {
  std::mt19937_64 random(31);
  for (int i = 0; i < 20'000; ++i) {
    TapeBuilder b(0);
    const uint64_t n = (random() >> (11 + random() % 50)) + 1;
    const uint64_t d = (random() >> (11 + random() % 50)) + 1;
    int value = -1;
    switch (i % 4) {
      case 0:
        value = b.Apply(i % 8 == 0 ? Op::kPi : Op::kE);
        break;
      case 1:
        value = b.Constant(Rational::FromInts(static_cast<int64_t>(n),
                                              static_cast<int64_t>(d)));
        break;
      default:
        value = b.Surd(Rational::FromInt(static_cast<int64_t>(n)), 2);
    }
    const Tape tape = *b.Build(value);
    const LeafBall quick = tape.leaf_balls()[0];
    const LeafBall slow = SlowBallOfLeaf(tape.parts(), tape.instructions()[0]);
    ASSERT_EQ(quick.re, slow.re) << n;
    ASSERT_EQ(quick.im, slow.im) << n;
    // Never less than all that is missed; hardly more.
    ASSERT_GE(quick.rad, slow.rad * (1 - 0x1p-28)) << n;
    ASSERT_LE(quick.rad, slow.rad * (1 + 0x1p-20)) << n;
  }
}

TEST(Tape, TableIsWhole) {
  for (int k = 0; k < kOpsCount; ++k) {
    const OpFacts& facts = Facts(static_cast<Op>(k));
    EXPECT_FALSE(facts.text.empty());
    EXPECT_GE(facts.arity, 0);
    EXPECT_LE(facts.arity, 2);
    EXPECT_NE(facts.domains, 0);
    for (int j = 0; j < k; ++j) {
      EXPECT_NE(Facts(static_cast<Op>(j)).text, facts.text);
    }
  }
}

}  // namespace
}  // namespace assay::kernels
