// The naive peer is a fair one: it computes what ours does.
#include "bench/kernels/stack_machine.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "bench/kernels/measure.h"

namespace assay::kernels::lanes {
namespace {

bool SameBits(double a, double b) {
  return std::memcmp(&a, &b, sizeof(a)) == 0 || (a != a && b != b);
}

class StackMachine : public testing::TestWithParam<Mix> {};

TEST_P(StackMachine, SaysOurBits) {
  constexpr size_t kPoints = 9;
  const auto tapes = DistinctTapes(5, GetParam(), 2000);
  const auto batch = MakeBatch<PlainDomain>({}, tapes, kVariables, kPoints, 6);
  const StackCode code = ToStackCode(tapes);
  LaneValues<PlainDomain> ours;
  EvaluateOnHost(batch, 1, &ours);
  ASSERT_EQ(code.first.size(), tapes.size() + 1);
  const auto stride = static_cast<uint32_t>(batch.stride());
  size_t defined = 0;
  for (size_t t = 0; t < tapes.size(); ++t) {
    for (uint32_t k = 0; k < kPoints; ++k) {
      const double value = ours.at(t, k).x;
      const auto run = [&](auto machine) {
        return machine(&code.words[code.first[t]],
                       code.first[t + 1] - code.first[t], code.constants.data(),
                       batch.coordinates().data(), stride, k);
      };
      ASSERT_TRUE(SameBits(run(RunStack<false>), value)) << tapes[t].Python();
      if (!std::isfinite(value)) continue;
      ++defined;
      ASSERT_NEAR(run(RunStack<true>), value, 1e-7 * (1 + std::fabs(value)));
    }
  }
  EXPECT_GT(defined, tapes.size() * kPoints / 2);
}

INSTANTIATE_TEST_SUITE_P(Mixes, StackMachine,
                         testing::Values(Mix::kArithmetic, Mix::kRational,
                                         Mix::kFunctions));

TEST(DistinctTapes, AreDistinctAndMany) {
  const auto tapes = DistinctTapes(11, Mix::kFunctions, 50'000);
  std::unordered_set<std::string> texts;
  for (const SymbolicTape& tape : tapes) texts.insert(tape.Python());
  EXPECT_EQ(texts.size(), tapes.size());
}

}  // namespace
}  // namespace assay::kernels::lanes
