// The model of limits against the ceilings of the research on GPU evaluators,
// for an H200 at 1.83 GHz.
#include "bench/kernels/limits.h"

#include <gtest/gtest.h>

#include <string>

namespace assay::kernels::lanes {
namespace {

constexpr Machine kH200 = {.processors = 132,
                           .clock_hz = 1.83e9,
                           .fp64_lanes = Fp64Lanes(9, 0),
                           .memory_bytes_per_s = 4.8e12};

// An addition and a product of operands that are at hand.
template <typename D>
double OperationsPerSecond() {
  Work work{.nodes = 2};
  for (Op op : {Op::kAdd, Op::kMultiply}) {
    const Cost cost = CostOf<D>(op);
    (std::is_same_v<typename D::Scalar, double> ? work.fp64 : work.integer) +=
        cost.pipe;
    work.issued += cost.issued;
  }
  return LimitOf(kH200, work).nodes_per_s;
}

void ExpectNear(double value, double truth) {
  EXPECT_NEAR(value / truth, 1, 0.05) << value << " for " << truth;
}

TEST(LimitOf, HasTheCeilingsOfTheResearch) {
  ExpectNear(OperationsPerSecond<PlainDomain>(), 1.55e13);
  ExpectNear(OperationsPerSecond<RealDomain>(), 3.9e12);
  ExpectNear(OperationsPerSecond<ComplexDomain>(), 1.9e12);
  ExpectNear(OperationsPerSecond<PrimeDomain<Mersenne61>>(), 1.5e12);
  ExpectNear(OperationsPerSecond<QuadraticDomain<Mersenne61>>(), 5.1e11);
}

TEST(LimitOf, NamesTheSlowestPart) {
  Work work{.nodes = 12, .fp64 = 5, .issued = 10, .shared_bytes = 40};
  EXPECT_EQ(LimitOf(kH200, work).what, std::string("shared memory"));
  // 128 bytes a clock, so 40 bytes are 5/16 of one.
  ExpectNear(LimitOf(kH200, work).nodes_per_s, 12 * 132 * 1.83e9 * 128 / 40);
  work.memory_bytes = 8 * 12;
  EXPECT_EQ(LimitOf(kH200, work).what, std::string("memory"));
  work.fp64 = 1000;
  EXPECT_EQ(LimitOf(kH200, work).what, std::string("fp64 pipe"));
  EXPECT_EQ(LimitOf(kH200, {}).nodes_per_s, 0);
}

// x * y + 3, by hand: load x; mul y; add 3.
TEST(WorkOf, CountsOperandsAndResults) {
  const Instruction code[] = {{Op::kVariable, 0, -1},
                              {Op::kVariable, 1, -1},
                              {Op::kMultiply, 0, 1},
                              {Op::kConstant, 0, -1},
                              {Op::kAdd, 2, 3}};
  const RealBall three = {3, 0};
  LaneBatch<RealDomain> batch;
  batch.SetPoints(2, 1);
  ASSERT_TRUE(batch.Add(code, 5, &three, 1, nullptr, 0));
  const Work work = WorkOf(batch, 5);
  EXPECT_EQ(work.fp64, 3 + 5);
  EXPECT_EQ(work.shared_bytes, 2 * 16);  // x and y, two doubles each.
  EXPECT_EQ(work.issued, 3 + 5 + 2 * 2);
  EXPECT_EQ(work.memory_bytes, 16);
  EXPECT_EQ(work.integer, 0);
}

TEST(CostOf, FieldsDearerToReduceCostMore) {
  EXPECT_GT(CostOf<PrimeDomain<Montgomery>>(Op::kMultiply).pipe,
            CostOf<PrimeDomain<Mersenne61>>(Op::kMultiply).pipe);
  EXPECT_EQ(CostOf<PrimeDomain<Montgomery>>(Op::kMultiply).products, 3);
  EXPECT_EQ(CostOf<QuadraticDomain<Montgomery>>(Op::kMultiply).products, 8);
  EXPECT_GT(CostOf<PrimeDomain<Mersenne61>>(Op::kDivide).issued,
            CostOf<PrimeDomain<Mersenne61>>(Op::kMultiply).issued);
}

}  // namespace
}  // namespace assay::kernels::lanes
