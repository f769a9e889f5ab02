#include "kernels/break_even.h"

#include <gtest/gtest.h>

namespace assay::kernels {
namespace {

TEST(BreakEvenOf, IsWhereTheDeviceStaysQuicker) {
  EXPECT_EQ(BreakEvenOf({{10, 1, 5}, {20, 2, 5}, {40, 4, 4}, {80, 8, 4}}), 40u);
  // One lucky run below does not count.
  EXPECT_EQ(BreakEvenOf({{10, 1, 0.5}, {20, 2, 5}, {40, 4, 3}}), 40u);
  EXPECT_EQ(BreakEvenOf({{10, 9, 5}, {20, 9, 5}}), 10u);
}

TEST(BreakEvenOf, IsBeyondWhatWasMeasuredWhereTheHostStaysQuicker) {
  EXPECT_EQ(BreakEvenOf({{10, 1, 5}, {20, 2, 5}}), 40u);
  EXPECT_EQ(BreakEvenOf({}), 0u);
}

}  // namespace
}  // namespace assay::kernels
