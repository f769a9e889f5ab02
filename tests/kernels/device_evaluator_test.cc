// The evaluator of this machine says the host's bits, whatever it is. Where
// there is no device the comparison with one is skipped, with the reason.
#include "kernels/device_evaluator.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "kernels/lane_packer.h"
#include "kernels/lanes/host_lanes.h"
#include "kernels/lanes/pair_test.h"
#include "tests/kernels/random_tape.h"

namespace assay::kernels {
namespace {

std::vector<Tape> Tapes(int count, uint8_t domain, bool arithmetic) {
  std::mt19937_64 random(77);
  std::vector<Tape> tapes;
  for (int i = 0; i < count; ++i) {
    tapes.push_back(RandomTape(&random, 4 + i % 20, 2, domain, arithmetic));
  }
  return tapes;
}

std::vector<const Tape*> Pointers(const std::vector<Tape>& tapes) {
  std::vector<const Tape*> pointers;
  for (const Tape& tape : tapes) pointers.push_back(&tape);
  return pointers;
}

bool Same(const BallValue& a, const BallValue& b) {
  return a.state == b.state && std::memcmp(&a.re, &b.re, 8) == 0 &&
         std::memcmp(&a.im, &b.im, 8) == 0 &&
         std::memcmp(&a.radius, &b.radius, 8) == 0;
}

void Compare(const Evaluator& evaluator) {
  const PointSource source("device evaluator");
  const auto host = MakeHostEvaluator();
  for (const BallDomain domain : {BallDomain::kReal, BallDomain::kComplex}) {
    const bool real = domain == BallDomain::kReal;
    const std::vector<Tape> tapes = Tapes(600, real ? kReal : kComplex, false);
    const std::vector<const Tape*> pointers = Pointers(tapes);
    std::vector<Point> points;
    for (uint64_t i = 0; i < 16; ++i) {
      points.push_back(
          source.Draw(real ? PointKind::kReal : PointKind::kComplexDisc, i, 2));
    }
    std::vector<BallValue> a, b;
    ASSERT_TRUE(evaluator.Evaluate({domain, pointers, points}, &a).ok());
    ASSERT_TRUE(host->Evaluate({domain, pointers, points}, &b).ok());
    ASSERT_EQ(a.size(), b.size());
    for (size_t k = 0; k < a.size(); ++k) ASSERT_TRUE(Same(a[k], b[k])) << k;
  }
}

TEST(MakeEvaluator, WithoutADeviceItIsTheHost) {
  const auto evaluator = MakeEvaluator({.device = false});
  EXPECT_EQ(evaluator->name(), "host");
  Compare(*evaluator);
}

TEST(MakeEvaluator, DeviceSaysTheHostsBits) {
  const auto evaluator = MakeEvaluator({.break_even = 0});
  if (evaluator->name() == "host") GTEST_SKIP() << "no CUDA device here";
  Compare(*evaluator);
}

// Lane code of residues against the fields' own evaluation.
template <typename D>
void CompareResidues(const ResidueField& field, typename D::Field form) {
  const std::vector<Tape> tapes = Tapes(400, kResidues, true);
  const std::vector<const Tape*> pointers = Pointers(tapes);
  std::vector<ResiduePoint> points(3);
  points[1].index = 5;
  points[2].integers = {7, std::nullopt};
  lanes::LaneBatch<D> batch(form);
  lanes::LaneValues<D> values;
  std::vector<size_t> packed;
  PackResidues(field, pointers, points, &packed, &batch);
  lanes::EvaluateOnHost(batch, 1, &values);
  EXPECT_GT(packed.size(), 20u);
  for (size_t i = 0; i < packed.size(); ++i) {
    for (size_t k = 0; k < points.size(); ++k) {
      const Residue truth = field.Evaluate(tapes[packed[i]], points[k]);
      const bool undefined = values.undefined[i * points.size() + k] != 0;
      ASSERT_EQ(truth.state, undefined ? Residue::State::kUndefined
                                       : Residue::State::kDefined);
      if (undefined) continue;
      uint64_t parts[2] = {0, 0};
      D::Store(parts, 1, values.at(i, k));
      EXPECT_EQ(form.Leave(parts[0]), truth.re);
      EXPECT_EQ(form.Leave(parts[1]), truth.im);
    }
  }
}

TEST(PackResidues, SaysWhatTheFieldSays) {
  const PointSource source("packed residues");
  const auto mersenne = ResidueField::Mersenne(source);
  const auto secret = *ResidueField::Draw(source, 0);
  CompareResidues<lanes::PrimeDomain<Mersenne61>>(*mersenne, {});
  CompareResidues<lanes::QuadraticDomain<Mersenne61>>(*mersenne, {});
  CompareResidues<lanes::PrimeDomain<Montgomery>>(*secret,
                                                  Montgomery(secret->prime()));
  CompareResidues<lanes::QuadraticDomain<Montgomery>>(
      *secret, Montgomery(secret->prime()));
}

TEST(PairTest, FindsWitnessesMultiplesAndSigns) {
  using lanes::PairTest;
  const Instruction x[] = {{Op::kVariable, 0, -1}};
  const Instruction twice[] = {
      {Op::kVariable, 0, -1}, {Op::kConstant, 0, -1}, {Op::kMultiply, 0, 1}};
  const Instruction square[] = {{Op::kVariable, 0, -1}, {Op::kMultiply, 0, 0}};
  const RealBall two = {2, 0};
  lanes::LaneBatch<lanes::RealDomain> batch;
  batch.SetPoints(1, 5);
  const double at[] = {0, 2, -1, 3, 4};
  for (size_t k = 0; k < 5; ++k) batch.SetVariable(0, k, {at[k], 0});
  ASSERT_TRUE(batch.Add(x, 1, nullptr, 0, nullptr, 0));
  ASSERT_TRUE(batch.Add(twice, 3, &two, 1, nullptr, 0));
  ASSERT_TRUE(batch.Add(square, 2, nullptr, 0, nullptr, 0));
  lanes::LaneValues<lanes::RealDomain> values;
  lanes::EvaluateOnHost(batch, 1, &values);
  std::vector<lanes::PairTally> tallies;
  lanes::TestOnHost<lanes::RealDomain>({}, values,
                                       {{0, 1, PairTest::kEqual},
                                        {0, 1, PairTest::kProportional},
                                        {1, 2, PairTest::kEqual},
                                        {0, 2, PairTest::kProportional},
                                        {0, 0, PairTest::kSign}},
                                       &tallies);
  EXPECT_EQ(tallies[0].witness, 1);  // 0 = 2 0, but 2 is not 4.
  EXPECT_EQ(tallies[0].compared, 5u);
  EXPECT_EQ(tallies[1].witness, -1);
  EXPECT_EQ(tallies[2].witness, 2);  // 2 x and x^2 agree at 0 and 2.
  EXPECT_GE(tallies[3].witness, 0);
  EXPECT_EQ(tallies[4].positive, 3u);
  EXPECT_EQ(tallies[4].negative, 1u);
  EXPECT_EQ(tallies[4].zero, 1u);
}

}  // namespace
}  // namespace assay::kernels
