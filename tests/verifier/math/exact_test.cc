// Exact values against a slow twin, and the bounds that refuse giants.
#include "verifier/math/exact.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <random>
#include <string>

#include "verifier/math/exact_functions.h"
#include "verifier/math/parse.h"
#include "verifier/math/rewrite.h"

namespace assay::math {
namespace {

Exact ValueOf(const std::string& text) {
  Arena arena;
  Budget budget;
  auto e = Parse(text, ParseOptions(), &arena);
  return e.ok() ? ExactValue(**e, nullptr, &budget) : Exact();
}

std::string Text(const std::string& text) {
  const Exact x = ValueOf(text);
  if (x.state == Exact::kUndefined) return "undefined";
  return x.ok() ? x.value.ToString() : "none";
}

TEST(ExactTest, ValuesOfLiteralsAndFunctions) {
  EXPECT_EQ(Text("1/2+1/3"), "5/6");
  EXPECT_EQ(Text(R"(0.1\overline{6})"), "1/6");
  EXPECT_EQ(Text(R"(0.\overline{142857})"), "1/7");
  EXPECT_EQ(Text("1.5e3"), "1500");
  EXPECT_EQ(Text(R"(1101_2)"), "13");
  EXPECT_EQ(Text(R"(-3\frac12)"), "-7/2");
  EXPECT_EQ(Text("12.5\\%"), "1/8");
  EXPECT_EQ(Text("10!!"), "3840");
  EXPECT_EQ(Text(R"(\binom{10}{3})"), "120");
  EXPECT_EQ(Text(R"(\gcd(2.4, 3.6))"), "6/5");
  EXPECT_EQ(Text(R"(\log_4 8)"), "3/2");
  EXPECT_EQ(Text(R"(\log_{1/2} 8)"), "-3");
  EXPECT_EQ(Text(R"(\sqrt{\frac{9}{4}})"), "3/2");
  EXPECT_EQ(Text(R"(8^{2/3})"), "4");
  EXPECT_EQ(Text(R"(\lfloor -1.5 \rfloor)"), "-2");
  EXPECT_EQ(Text(R"(\lceil -1.5 \rceil)"), "-1");
  EXPECT_EQ(Text(R"(\begin{vmatrix}2&1\\1&2\end{vmatrix})"), "3");
  EXPECT_EQ(Text(R"(7^{7^{7}} \bmod 10)"), "3");
}

TEST(ExactTest, UndefinedIsNoValue) {
  EXPECT_EQ(Text(R"(\frac{1}{0})"), "undefined");
  EXPECT_EQ(Text(R"(\frac{0}{0})"), "undefined");
  EXPECT_EQ(Text(R"(\sqrt{-1})"), "undefined");
  EXPECT_EQ(Text("0^0"), "undefined");
  EXPECT_EQ(Text("(-1)!"), "undefined");
}

TEST(ExactTest, IrrationalsAndSymbolsAreNone) {
  for (const char* text :
       {R"(\sqrt{2})", R"(\pi)", "x", R"(\ln 2)", R"(\log_2 3)", "2^{1/2}"}) {
    EXPECT_EQ(Text(text), "none") << text;
  }
}

TEST(ExactTest, GiantsAreRefusedUncomputed) {
  for (const char* text :
       {"10^{10^{10}}", "((9!)!)!", "9^{9^{9^9}}", R"(2^{-10^{10}})",
        R"(\prod_{k=1}^{10^9} k)", R"(\sum_{k=1}^{10^9} k)",
        R"(\binom{10^9}{5 \cdot 10^8})", "(10^{100})!"}) {
    Arena arena;
    Budget budget;
    auto e = Parse(text, ParseOptions(), &arena);
    ASSERT_TRUE(e.ok()) << text;
    EXPECT_FALSE(ExactValue(**e, nullptr, &budget).ok()) << text;
    EXPECT_LT(budget.spent, 10'000u) << text;
  }
}

TEST(ExactTest, TowersHaveResidues) {
  Arena arena;
  Budget budget;
  uint64_t r = 99;
  auto residue = [&](const char* text, uint64_t m) {
    auto e = Parse(text, ParseOptions(), &arena);
    EXPECT_TRUE(e.ok()) << text;
    return e.ok() && ResidueOfTower(**e, m, &budget, &r);
  };
  // 2^10 = 1 mod 11, and 10^{10^10} is 0 mod 10.
  ASSERT_TRUE(residue("2^{10^{10^{10}}}", 11));
  EXPECT_EQ(r, 1u);
  ASSERT_TRUE(residue("10^{10^{10}}", 7));
  EXPECT_EQ(r, 4u);
  ASSERT_TRUE(residue("((9!)!)!", 1'000'003));
  EXPECT_EQ(r, 0u);
  EXPECT_FALSE(residue("x", 7));
}

// A fraction of machine integers: slow and obvious.
struct Twin {
  int64_t n = 0, d = 1;
  void Reduce() {
    const int64_t g = std::gcd(n < 0 ? -n : n, d);
    if (g > 1) n /= g, d /= g;
  }
  std::string ToString() const {
    return std::to_string(n) + (d == 1 ? "" : "/" + std::to_string(d));
  }
};

struct Pair {
  std::string text;
  Twin value;
  bool defined = true;
};

Pair Random(std::mt19937* rng, int depth) {
  auto below = [rng](int n) {
    return static_cast<int>((*rng)() % static_cast<unsigned>(n));
  };
  if (depth == 0 || below(5) == 0) {
    const int64_t n = below(7);
    return {std::to_string(n), {n, 1}};
  }
  const Pair a = Random(rng, depth - 1), b = Random(rng, depth - 1);
  Pair r;
  r.defined = a.defined && b.defined;
  const Twin &x = a.value, &y = b.value;
  switch (below(4)) {
    case 0:
      r.text = "(" + a.text + "+" + b.text + ")";
      r.value = {x.n * y.d + y.n * x.d, x.d * y.d};
      break;
    case 1:
      r.text = "(" + a.text + "-" + b.text + ")";
      r.value = {x.n * y.d - y.n * x.d, x.d * y.d};
      break;
    case 2:
      r.text = "((" + a.text + R"()\cdot()" + b.text + "))";
      r.value = {x.n * y.n, x.d * y.d};
      break;
    default:
      r.text = R"(\frac{)" + a.text + "}{" + b.text + "}";
      if (y.n == 0) {
        r.defined = false;
        break;
      }
      r.value = {x.n * y.d, x.d * y.n};
      if (r.value.d < 0) r.value = {-r.value.n, -r.value.d};
  }
  r.value.Reduce();
  return r;
}

TEST(ExactTest, AgreesWithTheSlowTwin) {
  std::mt19937 rng(20240607);
  int defined = 0;
  for (int i = 0; i < 4000; ++i) {
    const Pair p = Random(&rng, 3);
    const Exact x = ValueOf(p.text);
    if (!p.defined) {
      EXPECT_FALSE(x.ok()) << p.text;
      continue;
    }
    ++defined;
    ASSERT_TRUE(x.ok()) << p.text;
    EXPECT_EQ(x.value.ToString(), p.value.ToString()) << p.text;
  }
  EXPECT_GT(defined, 2000);
}

TEST(ExactTest, BudgetStopsLongWork) {
  std::string text = "1";
  for (int i = 2; i < 2000; ++i) text += "+1/" + std::to_string(i);
  Arena arena;
  auto e = Parse(text, ParseOptions(), &arena);
  ASSERT_TRUE(e.ok());
  Budget small;
  small.limit = 500;
  EXPECT_FALSE(ExactValue(**e, nullptr, &small).ok());
  EXPECT_TRUE(small.exhausted());
}

}  // namespace
}  // namespace assay::math
