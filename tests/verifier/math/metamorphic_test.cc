// Rewriting an expression keeps it equal; perturbing it never does; exchanging
// the sides changes no verdict; and rungs never contradict each other.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/math/judged.h"
#include "verifier/math/world.h"

namespace assay::math {
namespace {

class Generator {
 public:
  explicit Generator(unsigned seed) : rng_(seed) {}

  int Below(int n) {
    return static_cast<int>(rng_() % static_cast<unsigned>(n));
  }

  // An expression that is defined for positive variables.
  std::string Expression(int depth) {
    if (depth == 0 || Below(6) == 0) return Atom();
    const std::string a = Expression(depth - 1), b = Expression(depth - 1);
    switch (Below(7)) {
      case 0:
        return "(" + a + "+" + b + ")";
      case 1:
        return "(" + a + "-" + b + ")";
      case 2:
        return "(" + a + ")(" + b + ")";
      case 3:
        return R"(\frac{)" + a + "}{" + std::to_string(2 + Below(7)) + "}";
      case 4:
        return "(" + a + ")^{" + std::to_string(2 + Below(2)) + "}";
      case 5:
        return R"(\sin(()" + a + ")+(" + b + "))";
      default:
        return R"(\sqrt{()" + a + ")^2+" + std::to_string(1 + Below(5)) + "}";
    }
  }

  // The same value, written otherwise.
  std::string Rewritten(const std::string& e) {
    switch (Below(7)) {
      case 0:
        return "0+(" + e + ")";
      case 1:
        return R"(\frac{2(()" + e + "))}{2}";
      case 2:
        return "(" + e + ")+x-x";
      case 3:
        return "-(-(" + e + "))";
      case 4:
        return "(" + e + R"()\cdot(\sin^2 x+\cos^2 x))";
      case 5:
        return "((" + e + ")+1)^2-(" + e + ")^2-(" + e + ")-1";
      default:
        return R"(\frac{(y+1)(()" + e + "))}{y+1}";
    }
  }

  std::string Perturbed(const std::string& e) {
    switch (Below(5)) {
      case 0:
        return "(" + e + ")+1";
      case 1:
        return "(" + e + R"()+\frac{1}{10^{12}})";
      case 2:
        return "(" + e + ")+x^2+1";
      case 3:
        return R"(\frac{1001}{1000}((()" + e + ")^2+1))-(" + e + ")^2-1+(" + e +
               ")";
      default:
        return "(" + e + R"()+e^{-y^2-20})";
    }
  }

 private:
  std::string Atom() {
    switch (Below(5)) {
      case 0:
        return "x";
      case 1:
        return "y";
      case 2:
        return R"(\sqrt{)" + std::to_string(2 + Below(4)) + "}";
      case 3:
        return R"(\frac{)" + std::to_string(1 + Below(9)) + "}{" +
               std::to_string(2 + Below(7)) + "}";
      default:
        return std::to_string(1 + Below(12));
    }
  }

  std::mt19937 rng_;
};

TEST(MetamorphicTest, RewritingIsNeverProvedDifferent) {
  Generator g(1);
  int accepted = 0;
  constexpr int kPairs = 3000;
  for (int i = 0; i < kPairs; ++i) {
    const std::string e = g.Expression(3), f = g.Rewritten(e);
    const Judged j = JudgePair(e, f);
    EXPECT_NE(j.report.verdict, Verdict::kWrongAnswer)
        << e << " and " << f << ": " << j.report.reason;
    EXPECT_NE(j.report.verdict, Verdict::kNoVerdict) << e;
    accepted += j.report.verdict == Verdict::kAccepted ? 1 : 0;
  }
  EXPECT_GT(accepted, kPairs * 95 / 100);
}

TEST(MetamorphicTest, PerturbingIsNeverAccepted) {
  Generator g(2);
  int rejected = 0;
  constexpr int kPairs = 3000;
  for (int i = 0; i < kPairs; ++i) {
    const std::string e = g.Expression(3), f = g.Perturbed(e);
    const Judged j = JudgePair(e, f);
    EXPECT_NE(j.report.verdict, Verdict::kAccepted)
        << e << " and " << f << ": rung " << j.evidence().rung;
    rejected += j.report.verdict == Verdict::kWrongAnswer ? 1 : 0;
  }
  EXPECT_GT(rejected, kPairs * 95 / 100);
}

TEST(MetamorphicTest, ExchangingTheSidesChangesNothing) {
  Generator g(3);
  for (int i = 0; i < 1000; ++i) {
    const std::string e = g.Expression(2), f = g.Expression(2);
    EXPECT_EQ(JudgePair(e, f).report.verdict, JudgePair(f, e).report.verdict)
        << e << " and " << f;
  }
}

TEST(MetamorphicTest, ListsMatchInAnyOrder) {
  Generator g(4);
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> items;
    std::string list, reversed, changed;
    const int n = 2 + g.Below(4);
    for (int k = 0; k < n; ++k) items.push_back(g.Expression(1));
    for (int k = 0; k < n; ++k) {
      list += (k == 0 ? "" : ", ") + items[k];
      reversed += (k == 0 ? "" : ", ") + items[n - 1 - k];
      changed += (k == 0 ? "" : ", ") + items[k] + (k == 1 ? "+100" : "");
    }
    EXPECT_EQ(JudgePair(list, reversed).report.verdict, Verdict::kAccepted)
        << list;
    EXPECT_EQ(JudgePair(list, changed).report.verdict, Verdict::kWrongAnswer)
        << list << " and " << changed;
  }
}

TEST(MetamorphicTest, RungsNeverContradict) {
  Generator g(5);
  for (int i = 0; i < 500; ++i) {
    const std::string e = g.Expression(3);
    JudgePair(e, g.Rewritten(e));
    JudgePair(e, g.Perturbed(e));
  }
  EXPECT_EQ(ContradictionsCount().load(), 0u);
}

}  // namespace
}  // namespace assay::math
