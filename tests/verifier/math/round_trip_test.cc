// What Print writes, Parse reads back as an equal tree.
#include <string>

#include "gtest/gtest.h"
#include "tests/verifier/math/random_answer.h"
#include "verifier/math/parse.h"

namespace assay::math {
namespace {

void ExpectRoundTrip(const std::string& text) {
  Arena arena;
  const auto first = Parse(text, ParseOptions(), &arena);
  ASSERT_TRUE(first.ok()) << text << ": " << first.status();
  const std::string printed = Print(**first);
  const auto second = Parse(printed, ParseOptions(), &arena);
  ASSERT_TRUE(second.ok()) << text << " printed as " << printed << ": "
                           << second.status();
  EXPECT_TRUE(Same(**first, **second))
      << text << "\nprinted as " << printed << "\n"
      << Outline(**first) << "read back as\n"
      << Outline(**second);
}

TEST(RoundTrip, RandomAnswers) {
  for (uint64_t seed = 0; seed < 20000; ++seed) {
    ExpectRoundTrip(RandomAnswer(seed).Answer());
    if (HasFailure()) return;
  }
}

TEST(RoundTrip, TroublesomeTrees) {
  for (const char* text : {"-(-x)",
                           "(-2)x",
                           "a-(b-c)",
                           "a-(b+c)",
                           "(a+b)+c",
                           "(ab)c",
                           "a/(b/c)",
                           "(a/b)/c",
                           "(a^b)^c",
                           "a^{b^c}",
                           "(-x)^2",
                           "(x!)!",
                           "(x^2)!",
                           "x!^2",
                           "2(1\\frac12)",
                           "(1\\frac12)x",
                           "-1\\frac12",
                           "(5\\%)x",
                           "5\\% + 1",
                           "(5\\text{ cm}) + 1",
                           "1 + (5\\text{ cm})",
                           "-5\\text{ cm}",
                           "(3 \\pm 1) + 2",
                           "2 + (3 \\pm 1)",
                           "-(3 \\pm 1)",
                           "\\pm(a+b)",
                           "(\\sum_{k=1}^n k) x",
                           "x \\sum_{i=1}^n i",
                           "(a = b) = c",
                           "\\lnot (a \\land b) \\lor c",
                           "(A \\cup B) \\cup C",
                           "A \\setminus (B \\setminus C)",
                           "(A \\cap B) \\cup C",
                           "a \\bmod (b \\bmod c)",
                           "\\frac{d}{dx}(x+1)",
                           "90^\\circ + x",
                           "(a+b)^\\circ",
                           "\\{(1,2), (3,4)\\}",
                           "((1,2),3)",
                           "\\lim_{x \\to -\\infty} e^x",
                           "\\imath + 1",
                           "\\int (\\int x dx) dy",
                           "f'(x) + x_1'",
                           "\\sqrt[n]{\\frac{1}{x}}",
                           "a:b:c",
                           "\\langle 1, 2 \\rangle",
                           "\\|v\\|",
                           "2A_{16} + 1",
                           "0.1\\overline{6}",
                           "1.5e-7"}) {
    ExpectRoundTrip(text);
  }
}

}  // namespace
}  // namespace assay::math
