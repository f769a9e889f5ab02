// The proved bounds of the elementary functions, held against Arb.
#include "kernels/elementary.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <string>

#include "kernels/real_ball.h"
#include "kernels/tape.h"
#include "tests/kernels/reference.h"

namespace assay::kernels {
namespace {

struct Case {
  std::string name;
  std::function<double(double)> ours;
  std::function<void(arb_t, const arb_t)> theirs;
  double low, high;  // Arguments.
  double ulps;
  double absolute = 0;
  Op op;
};

constexpr slong kPrec = 160;

std::vector<Case> Cases() {
  namespace e = elementary;
  return {
      {"exp", e::Exp, [](arb_t y, const arb_t x) { arb_exp(y, x, kPrec); },
       e::kExpArgumentMin, e::kExpArgumentMax, e::kExpUlps, 0, Op::kExp},
      {"log", e::Log, [](arb_t y, const arb_t x) { arb_log(y, x, kPrec); },
       0x1p-1070, 0x1p1000, e::kLogUlps, 0, Op::kLog},
      {"sin", [](double x) { return e::SinCos(x).sin; },
       [](arb_t y, const arb_t x) { arb_sin(y, x, kPrec); }, -0x1p20, 0x1p20,
       e::kSinCosUlps, e::kSinCosAbsolute, Op::kSin},
      {"cos", [](double x) { return e::SinCos(x).cos; },
       [](arb_t y, const arb_t x) { arb_cos(y, x, kPrec); }, -0x1p20, 0x1p20,
       e::kSinCosUlps, e::kSinCosAbsolute, Op::kCos},
      {"tan",
       [](double x) {
         const auto p = e::SinCos(x);
         return p.sin / p.cos;
       },
       [](arb_t y, const arb_t x) { arb_tan(y, x, kPrec); }, -100, 100,
       e::kTanUlps, 0x1p-90, Op::kTan},
      {"atan", e::Atan, [](arb_t y, const arb_t x) { arb_atan(y, x, kPrec); },
       -0x1p60, 0x1p60, e::kAtanUlps, 0, Op::kAtan},
      {"asin", e::Asin, [](arb_t y, const arb_t x) { arb_asin(y, x, kPrec); },
       -1, 1, e::kAsinUlps, 0, Op::kAsin},
      {"acos", e::Acos, [](arb_t y, const arb_t x) { arb_acos(y, x, kPrec); },
       -1, 1, e::kAcosUlps, 0, Op::kAcos},
      {"sinh", e::Sinh, [](arb_t y, const arb_t x) { arb_sinh(y, x, kPrec); },
       -690, 690, e::kSinhUlps, 0, Op::kSinh},
      {"cosh", e::Cosh, [](arb_t y, const arb_t x) { arb_cosh(y, x, kPrec); },
       -690, 690, e::kCoshUlps, 0, Op::kCosh},
      {"tanh", e::Tanh, [](arb_t y, const arb_t x) { arb_tanh(y, x, kPrec); },
       -0x1p30, 0x1p30, e::kTanhUlps, 0, Op::kTanh},
      {"asinh", e::Asinh,
       [](arb_t y, const arb_t x) { arb_asinh(y, x, kPrec); }, -0x1p20, 0x1p20,
       e::kAsinhUlps, 0, Op::kAsinh},
      {"acosh", e::Acosh,
       [](arb_t y, const arb_t x) { arb_acosh(y, x, kPrec); }, 1, 0x1p20,
       e::kAcoshUlps, 0, Op::kAcosh},
      {"atanh", e::Atanh,
       [](arb_t y, const arb_t x) { arb_atanh(y, x, kPrec); }, -1 + 0x1p-53,
       1 - 0x1p-53, e::kAtanhUlps, 0, Op::kAtanh},
  };
}

double Draw(const Case& c, Random* random) {
  for (int attempt = 0; attempt < 1000; ++attempt) {
    double x = 0;
    switch ((*random)() % 6) {
      case 0:
        x = Uniform(random, c.low, c.high);
        break;
      case 1:  // Around the borders of ranges.
        x = Uniform(random, 0.4, 1.45) *
            ((*random)() % 2 == 0 ? 1 : 2.4142 / 1.0);
        break;
      case 2:  // Near multiples of pi/2.
        x = std::nearbyint(Uniform(random, -4000, 4000)) * M_PI / 2;
        break;
      case 3:  // Near 1.
        x = 1 + Logarithmic(random, -52, -1);
        break;
      case 4:
        x = Logarithmic(random, -40, 20);
        break;
      default:
        x = Logarithmic(random, -300, 300);
        break;
    }
    if (x >= c.low && x <= c.high && x != 0) return x;
  }
  return c.high;
}

TEST(Elementary, BoundsHoldAgainstArb) {
  Random random(20261121);
  for (const Case& c : Cases()) {
    double worst = 0, worst_x = 0;
    for (int i = 0; i < 100000; ++i) {
      const double x = Draw(c, &random);
      const double y = c.ours(x);
      Arb argument(x), value, error(y);
      c.theirs(value.x, argument.x);
      arb_sub(error.x, error.x, value.x, kPrec);
      const double size = arf_get_d(arb_midref(value.x), ARF_RND_NEAR);
      const double off = std::fabs(arf_get_d(arb_midref(error.x), ARF_RND_UP));
      const double rest = std::max(off - c.absolute, 0.0);
      const double ulps = rest == 0 ? 0 : rest / (kUnit * std::fabs(size));
      if (!(ulps <= worst)) {
        worst = ulps;
        worst_x = x;
      }
    }
    EXPECT_LE(worst, c.ulps) << c.name << " at " << worst_x;
    std::printf("%-6s worst %.3f of %g units of 2^-53, at %.17g\n",
                c.name.c_str(), worst, c.ulps, worst_x);
  }
}

TEST(Elementary, TableStatesTheBounds) {
  for (const Case& c : Cases()) EXPECT_EQ(Facts(c.op).ulps, c.ulps) << c.name;
}

std::string ReadBeside(const std::string& path) {
  const std::string here = __FILE__;
  std::ifstream file(here.substr(0, here.rfind("tests/kernels")) + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// What the script printed, and its bounds were proved for, is what is used.
TEST(Elementary, CoefficientsAreTheScripts) {
  const std::string printed = ReadBeside("kernels/sollya/elementary.txt");
  const std::string source = ReadBeside("kernels/elementary.h");
  if (printed.empty() || source.empty()) GTEST_SKIP() << "no source tree";
  std::istringstream words(printed.substr(0, printed.find("// constants")));
  int coefficients = 0;
  for (std::string word; words >> word;) {
    if (word.find("0x") == std::string::npos) continue;
    ++coefficients;
    EXPECT_NE(source.find(word + ";"), std::string::npos) << word;
  }
  EXPECT_EQ(coefficients, 50);
}

TEST(Elementary, FloorsExactly) {
  Random random(7);
  for (int i = 0; i < 100000; ++i) {
    const double x = Edgy(&random, 60);
    EXPECT_EQ(FloorOf(x), std::floor(x)) << x;
  }
  for (double x : {-0.5, 0.5, 1.5, 2.5, -1.5, 0x1p51, 0x1p52 + 1, -0x1p53}) {
    EXPECT_EQ(FloorOf(x), std::floor(x)) << x;
  }
}

}  // namespace
}  // namespace assay::kernels
