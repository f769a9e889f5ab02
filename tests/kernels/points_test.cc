#include "kernels/points.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace assay::kernels {
namespace {

TEST(Points, PrintExactly) {
  Point p;
  p.coordinates = {{{6, 3}, {}}, {{-27, 6}, {1, 0}}, {{0, 0}, {-1, 1}}};
  EXPECT_EQ(p.Print({"x", "y"}), "x = 3/4, y = -27/64 + 1 i, v2 = 0 - 1/2 i");
  EXPECT_FALSE(p.IsReal());
  EXPECT_EQ(Point::OfIntegers({-5, 0}).Print({}), "v0 = -5, v1 = 0");
  EXPECT_TRUE(Point::OfIntegers({-5, 0}).IsReal());
  EXPECT_EQ((Dyadic{-27, 6}).ToDouble(), -27.0 / 64);
}

TEST(Points, DependOnSecretKindAndIndexAlone) {
  const PointSource a("secret one"), b("secret two");
  for (PointKind kind :
       {PointKind::kPositive, PointKind::kReal, PointKind::kComplexDisc}) {
    const Point p = a.Draw(kind, 5, 3);
    EXPECT_EQ(p.Print({}), a.Draw(kind, 5, 3).Print({}));
    EXPECT_NE(p.Print({}), a.Draw(kind, 6, 3).Print({}));
    EXPECT_NE(p.Print({}), b.Draw(kind, 5, 3).Print({}));
    // A tape with more variables sees the same first ones.
    const Point more = a.Draw(kind, 5, 8);
    for (int v = 0; v < 3; ++v) {
      EXPECT_EQ(more.coordinates[v].re.numerator,
                p.coordinates[v].re.numerator);
    }
    EXPECT_NE(p.coordinates[0].re.numerator, p.coordinates[1].re.numerator);
  }
}

TEST(Points, StayInTheirRange) {
  const PointSource source("a secret");
  std::set<std::string> seen;
  for (uint64_t i = 0; i < 5000; ++i) {
    const auto re = [&](PointKind kind) {
      return source.Draw(kind, i, 1).coordinates[0].re.ToDouble();
    };
    const double positive = re(PointKind::kPositive);
    EXPECT_GT(positive, 0);
    EXPECT_LT(positive, 4);
    EXPECT_LT(std::fabs(re(PointKind::kReal)), 4);
    EXPECT_NE(re(PointKind::kReal), 0);
    EXPECT_LT(std::fabs(re(PointKind::kUnit)), 1);
    const double large = re(PointKind::kLarge);
    EXPECT_GT(large, 4);
    EXPECT_LT(large, 64);
    const double integer = re(PointKind::kInteger);
    EXPECT_EQ(integer, std::floor(integer));
    EXPECT_LE(std::fabs(integer), 40);
    const double natural = re(PointKind::kNatural);
    EXPECT_GE(natural, 0);
    EXPECT_LE(natural, 40);
    if (i <= 12) {
      EXPECT_EQ(natural, i);
    }
    const Point disc = source.Draw(PointKind::kComplexDisc, i, 1);
    const double x = disc.coordinates[0].re.ToDouble() - 0.7;
    const double y = disc.coordinates[0].im.ToDouble() - 0.4;
    EXPECT_LT(x * x + y * y, 1 + 1e-5);
    EXPECT_FALSE(disc.IsReal());
    seen.insert(disc.Print({}));
  }
  EXPECT_GT(seen.size(), 4990u);
}

TEST(Points, BitsAreBalanced) {
  const PointSource source("bits");
  for (int bit = 0; bit < 64; ++bit) {
    int ones = 0;
    for (uint64_t i = 0; i < 4000; ++i) {
      ones += (source.Bits(i, 0, 0) >> bit) & 1;
    }
    EXPECT_NEAR(ones, 2000, 200) << bit;
  }
}

TEST(Points, SecretsDifferByAnyByte) {
  const std::string secret(17, 'a');
  std::set<uint64_t> seen = {PointSource(secret).Bits(0, 0, 0)};
  for (size_t i = 0; i < secret.size(); ++i) {
    std::string other = secret;
    other[i] ^= 1;
    EXPECT_TRUE(seen.insert(PointSource(other).Bits(0, 0, 0)).second) << i;
  }
  EXPECT_TRUE(seen.insert(PointSource(secret + '\0').Bits(0, 0, 0)).second);
  EXPECT_TRUE(seen.insert(PointSource("").Bits(0, 0, 0)).second);
}

}  // namespace
}  // namespace assay::kernels
