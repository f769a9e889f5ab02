// The host evaluator: whole tapes against Arb, determinism, bounds.
#include "kernels/evaluator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <thread>

#include "kernels/high_precision.h"
#include "tests/kernels/random_tape.h"

namespace assay::kernels {
namespace {

std::vector<BallValue> Evaluate(BallDomain domain,
                                const std::vector<const Tape*>& tapes,
                                const std::vector<Point>& points) {
  std::vector<BallValue> values;
  const auto status =
      MakeHostEvaluator()->Evaluate(BallBatch{domain, tapes, points}, &values);
  EXPECT_TRUE(status.ok()) << status;
  return values;
}

std::vector<Point> Points(const PointSource& source, BallDomain domain) {
  std::vector<Point> points;
  for (uint64_t i = 0; i < 3; ++i) {
    if (domain == BallDomain::kComplex) {
      points.push_back(source.Draw(PointKind::kComplexDisc, i, 2));
    } else {
      points.push_back(source.Draw(PointKind::kPositive, i, 2));
      points.push_back(source.Draw(PointKind::kReal, i, 2));
      points.push_back(source.Draw(PointKind::kInteger, i, 2));
    }
  }
  return points;
}

struct Tally {
  int defined = 0;
  int undefined = 0;
  int unknown = 0;
};

// Whatever the ball says, Arb says too.
void Compare(const Tape& tape, const Point& point, BallDomain domain,
             const BallValue& value, Tally* tally) {
  HighPrecisionOptions options;
  options.domain = domain;
  options.precision_bits = 300;
  const Enclosure exact = EvaluateHighPrecision(tape, point, options);
  switch (value.state) {
    case BallValue::State::kDefined:
      ++tally->defined;
      EXPECT_NE(exact.state(), Enclosure::State::kUndefined)
          << tape.Print() << point.Print({});
      if (exact.defined()) {
        EXPECT_TRUE(exact.Overlaps(value))
            << tape.Print() << point.Print({}) << value.Print() << " against "
            << exact.Print();
      }
      break;
    case BallValue::State::kUndefined:
      ++tally->undefined;
      EXPECT_FALSE(exact.defined())
          << tape.Print() << point.Print({}) << exact.Print();
      break;
    case BallValue::State::kUnknown:
      ++tally->unknown;
      break;
  }
}

TEST(HostEvaluator, RandomTapesHoldArbsEnclosures) {
  const PointSource source("evaluator");
  for (BallDomain domain : {BallDomain::kReal, BallDomain::kComplex}) {
    std::mt19937_64 random(31337);
    const std::vector<Point> points = Points(source, domain);
    Tally tally;
    for (int i = 0; i < 3000 && !testing::Test::HasFailure(); ++i) {
      const Tape tape =
          RandomTape(&random, 4 + i % 30, 2,
                     domain == BallDomain::kReal ? kReal : kComplex);
      const auto values = Evaluate(domain, {&tape}, points);
      for (size_t k = 0; k < points.size(); ++k) {
        Compare(tape, points[k], domain, values[k], &tally);
      }
    }
    std::printf("%d defined, %d undefined, %d unknown\n", tally.defined,
                tally.undefined, tally.unknown);
    EXPECT_GT(tally.defined, (tally.undefined + tally.unknown) / 2);
  }
}

bool SameBits(const BallValue& a, const BallValue& b) {
  return a.state == b.state && std::memcmp(&a.re, &b.re, 8) == 0 &&
         std::memcmp(&a.im, &b.im, 8) == 0 &&
         std::memcmp(&a.radius, &b.radius, 8) == 0;
}

TEST(HostEvaluator, SameBitsWhateverTheBatch) {
  const PointSource source("bits");
  std::mt19937_64 random(5);
  for (BallDomain domain : {BallDomain::kReal, BallDomain::kComplex}) {
    std::vector<Tape> tapes;
    std::vector<const Tape*> pointers;
    for (int i = 0; i < 40; ++i) {
      tapes.push_back(RandomTape(
          &random, 20, 2, domain == BallDomain::kReal ? kReal : kComplex));
    }
    for (const Tape& tape : tapes) pointers.push_back(&tape);
    std::vector<Point> points = Points(source, domain);
    const std::vector<Point> first = points;
    for (int i = 0; i < 3; ++i) {
      points.insert(points.end(), first.begin(), first.end());
    }
    const auto whole = Evaluate(domain, pointers, points);
    for (size_t t = 0; t < tapes.size(); ++t) {
      for (size_t k = 0; k < points.size(); ++k) {
        const auto alone = Evaluate(domain, {&tapes[t]}, {points[k]});
        EXPECT_TRUE(SameBits(alone[0], whole[t * points.size() + k]));
      }
    }
  }
}

// A few values by their bits: a compiler that joins products and sums, or
// another libm, would change them.
TEST(HostEvaluator, KnownBits) {
  TapeBuilder b(1);
  const int x = b.Variable(0);
  const int y = b.Apply(
      Op::kAdd, b.Apply(Op::kSin, b.Apply(Op::kExp, x)),
      b.Apply(Op::kMultiply, b.Apply(Op::kAtan, x), b.Apply(Op::kLog, x)));
  const Tape tape = *b.Build(y);
  Point point;
  point.coordinates = {{{1638163, 20}, {}}};
  const auto value = Evaluate(BallDomain::kReal, {&tape}, {point})[0];
  HighPrecisionOptions options;
  const Enclosure exact = EvaluateHighPrecision(tape, point, options);
  EXPECT_TRUE(exact.Within(value));
  EXPECT_EQ(value.re, -0x1.1a697861e8dcbp-1);
  EXPECT_EQ(value.radius, 0x1.ce150943100e9p-49);
}

TEST(HostEvaluator, RamanujanNeedsMoreThanDoubles) {
  // e^(pi sqrt 163) and 640320^3 + 744 differ by 7.5e-13, relatively 3e-30.
  TapeBuilder b(0);
  const int power =
      b.Apply(Op::kExp, b.Apply(Op::kMultiply, b.Apply(Op::kPi),
                                b.Surd(Rational::FromInt(163), 2)));
  const int integer =
      b.Apply(Op::kAdd, b.PowInt(b.Integer(640320), 3), b.Integer(744));
  const Tape left = *b.Build(power), right = *b.Build(integer);
  for (BallDomain domain : {BallDomain::kReal, BallDomain::kComplex}) {
    const auto values = Evaluate(domain, {&left, &right}, {Point()});
    ASSERT_TRUE(values[0].defined() && values[1].defined());
    EXPECT_TRUE(Overlap(values[0], values[1]));
    EXPECT_FALSE(Disjoint(values[0], values[1]));
    HighPrecisionOptions options;
    options.domain = domain;
    options.precision_bits = 64;
    EXPECT_TRUE(
        Enclosure::Overlaps(EvaluateHighPrecision(left, Point(), options),
                            EvaluateHighPrecision(right, Point(), options)));
    options.precision_bits = 256;
    const Enclosure power_value = EvaluateHighPrecision(left, Point(), options);
    const Enclosure integer_value =
        EvaluateHighPrecision(right, Point(), options);
    EXPECT_TRUE(Enclosure::Disjoint(power_value, integer_value));
    // Printed to 20 digits both would read ...744.00.
    const int digits = Enclosure::DigitsToSeparate(power_value, integer_value);
    EXPECT_THAT(power_value.Print(digits),
                testing::HasSubstr("262537412640768743.999999999999250"));
  }
}

TEST(HostEvaluator, DisjointBallsDisprove) {
  TapeBuilder b(1);
  const int x = b.Variable(0);
  const Tape modulus = *b.Build(b.Apply(Op::kAbs, x));
  const Tape root = *b.Build(b.Apply(Op::kSqrt, b.PowInt(x, 2)));
  const Tape plain = *b.Build(x);
  const auto at = Evaluate(BallDomain::kReal, {&modulus, &root, &plain},
                           {Point::OfIntegers({-3}), Point::OfIntegers({3})});
  EXPECT_TRUE(Overlap(at[0], at[2]));   // |x| and sqrt(x^2) at -3.
  EXPECT_TRUE(Disjoint(at[0], at[4]));  // |x| and x at -3.
  EXPECT_TRUE(Overlap(at[1], at[5]));   // at 3.
  EXPECT_EQ(CertainSign(at[4]), -1);
  EXPECT_EQ(CertainSign(at[0]), 1);
  // An off-real point separates |z| from sqrt(z^2).
  Point off;
  off.coordinates = {{{3, 2}, {1, 1}}};
  const auto complex = Evaluate(BallDomain::kComplex, {&modulus, &root}, {off});
  EXPECT_TRUE(Disjoint(complex[0], complex[1]));
  // Undefined is neither.
  const BallValue none;
  EXPECT_FALSE(Disjoint(none, at[0]));
  EXPECT_FALSE(Overlap(none, at[0]));
  EXPECT_FALSE(CertainSign(none).has_value());
}

TEST(HostEvaluator, RefusesBadBatches) {
  TapeBuilder b(2);
  const Tape tape = *b.Build(b.Variable(1));
  const auto evaluator = MakeHostEvaluator();
  std::vector<BallValue> values;
  const std::vector<const Tape*> tapes = {&tape}, null = {nullptr};
  const std::vector<Point> few = {Point::OfIntegers({1})};
  Point complex;
  complex.coordinates = {{{1, 0}, {1, 0}}, {{1, 0}, {}}};
  Point wild;
  wild.coordinates = {{{1, 0}, {}}, {{INT64_MAX, 0}, {}}};
  const auto code = [&](BallBatch batch) {
    return evaluator->Evaluate(batch, &values).code();
  };
  using absl::StatusCode;
  EXPECT_EQ(code({BallDomain::kReal, tapes, few}),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(code({BallDomain::kReal, null, few}), StatusCode::kInvalidArgument);
  EXPECT_EQ(code({BallDomain::kReal, tapes, {&complex, 1}}),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(code({BallDomain::kReal, tapes, {&wild, 1}}),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(code({BallDomain::kComplex, tapes, {&complex, 1}}),
            StatusCode::kOk);
  EXPECT_EQ(code({BallDomain::kReal, {}, {}}), StatusCode::kOk);
  EXPECT_TRUE(values.empty());
  const std::vector<const Tape*> many(5000, &tape);
  const std::vector<Point> crowd(5000, Point::OfIntegers({1, 2}));
  EXPECT_EQ(code({BallDomain::kReal, many, crowd}),
            StatusCode::kResourceExhausted);
}

TEST(HostEvaluator, ResiduesInBatchesAndThreads) {
  const PointSource source("threads");
  const auto field = *ResidueField::Draw(source, 0);
  const auto mersenne = ResidueField::Mersenne(source);
  std::mt19937_64 random(8);
  std::vector<Tape> tapes;
  std::vector<const Tape*> pointers;
  for (int i = 0; i < 50; ++i) {
    tapes.push_back(RandomTape(&random, 12, 2, kResidues, true));
  }
  for (const Tape& tape : tapes) pointers.push_back(&tape);
  const std::vector<const ResidueField*> fields = {field.get(), mersenne.get()};
  std::vector<ResiduePoint> points(2);
  points[1].index = 7;
  const auto evaluator = MakeHostEvaluator();
  std::vector<std::vector<Residue>> results(4);
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&] {
      EXPECT_TRUE(
          evaluator->Evaluate(ResidueBatch{pointers, fields, points}, &result)
              .ok());
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& result : results) EXPECT_EQ(result, results[0]);
  ASSERT_EQ(results[0].size(), tapes.size() * 4);
  EXPECT_EQ(results[0][4 * 3 + 2 * 1 + 1],
            mersenne->Evaluate(tapes[3], points[1]));
}

TEST(HostEvaluator, HostileTapesCostLittle) {
  // 4,000 squarings, huge exponents, towers: a bounded number of operations
  // and no value where there is none.
  TapeBuilder b(1);
  int x = b.Variable(0);
  for (int i = 0; i < 4000; ++i) x = b.PowInt(x, INT64_MIN + i);
  const Tape powers = *b.Build(x);
  TapeBuilder c(1);
  int y = c.Variable(0);
  for (int i = 0; i < 4000; ++i) y = c.Apply(Op::kExp, y);
  const Tape tower = *c.Build(y);
  for (BallDomain domain : {BallDomain::kReal, BallDomain::kComplex}) {
    const auto values =
        Evaluate(domain, {&powers, &tower}, {Point::OfIntegers({3})});
    EXPECT_NE(values[1].state, BallValue::State::kUndefined);
    EXPECT_FALSE(values[1].defined());
  }
  const auto field = *ResidueField::Draw(PointSource("hostile"), 0);
  EXPECT_TRUE(field->Evaluate(powers, {}).defined());
}

}  // namespace
}  // namespace assay::kernels
