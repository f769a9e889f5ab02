#include "verifier/math/fold.h"

#include <string>

#include "gtest/gtest.h"

namespace assay::math {
namespace {

std::string Fold(const std::string& text) {
  Arena arena;
  Folded folded;
  EXPECT_TRUE(assay::math::Fold(text, &arena, &folded));
  return std::string(folded.text);
}

TEST(Fold, LeavesPlainTextWhereItIs) {
  const std::string text = R"(\frac{1}{2} < x)";
  Arena arena;
  Folded folded;
  ASSERT_TRUE(assay::math::Fold(text, &arena, &folded));
  EXPECT_EQ(folded.text.data(), text.data());
  EXPECT_EQ(folded.offsets, nullptr);
}

TEST(Fold, FoldsSigns) {
  EXPECT_EQ(Fold("x\xC2\xB2"), "x^{2}");
  EXPECT_EQ(Fold("10\xE2\x81\xBB\xC2\xB9\xE2\x81\xB0"), "10^{-10}");
  EXPECT_EQ(Fold("a\xE2\x82\x81\xE2\x82\x82"), "a_{12}");
  EXPECT_EQ(Fold("1 \xE2\x89\xA4 2"), "1 \\le  2");
  EXPECT_EQ(Fold("\xE2\x88\x92"
                 "5"),
            "-5");
  EXPECT_EQ(Fold("\xE2\x84\x9D"), "\\mathbb{R}");
  EXPECT_EQ(Fold("\xEF\xBC\x91\xEF\xBC\x92\xEF\xBC\x9D\xEF\xBD\x98"), "12=x");
  EXPECT_EQ(Fold("\xD9\xA4\xD9\xA2"), "42");          // Arabic
  EXPECT_EQ(Fold("\xE0\xA5\xAA\xE0\xA5\xA8"), "42");  // Devanagari
  EXPECT_EQ(Fold("4\xE2\x80\x8B"
                 "2"),
            "42");  // Zero width.
  EXPECT_EQ(Fold("\xE2\x80\xAE"
                 "42"),
            "42");  // Right to left.
}

TEST(Fold, FoldsMarkupAndLostEscapes) {
  EXPECT_EQ(Fold("3<sup>x</sup>&lt;5"), "3^{x}<5");
  EXPECT_EQ(Fold("a<b and x<2"), "a<b and x<2");
  EXPECT_EQ(Fold("\text{cm}"), "\\text{cm}");
  EXPECT_EQ(Fold("\frac{1}{2}"), "\\frac{1}{2}");
  EXPECT_EQ(Fold("\x08oxed{1}"), "\\boxed{1}");
  EXPECT_EQ(Fold(std::string("1\0002", 3)), "1 2");
}

TEST(Fold, HalvesDoubledBackslashes) {
  EXPECT_EQ(Fold(R"(\\frac{1}{2}\\pi)"), R"(\frac{1}{2}\pi)");
  EXPECT_EQ(Fold(R"(\\left\\{1\\right\\})"), R"(\left\{1\right\})");
  // Row ends stay.
  EXPECT_EQ(Fold(R"(\begin{matrix}x\\\sqrt{x}\end{matrix})"),
            R"(\begin{matrix}x\\\sqrt{x}\end{matrix})");
  EXPECT_EQ(Fold(R"(\\begin{matrix}1\\\\2\\end{matrix})"),
            R"(\begin{matrix}1\\2\end{matrix})");
}

TEST(Fold, SurvivesBrokenUtf8) {
  EXPECT_EQ(Fold("1\xFF"), "1?");
  EXPECT_EQ(Fold("\xE2\x89"), "??");
  EXPECT_EQ(Fold("\xC2"), "?");
  EXPECT_EQ(Fold("\xF4\x90\x80\x80x").back(), 'x');
}

TEST(Fold, MapsEveryByteBack) {
  const std::string text = "x\xC2\xB2 + \xCF\x80";
  Arena arena;
  Folded folded;
  ASSERT_TRUE(assay::math::Fold(text, &arena, &folded));
  ASSERT_NE(folded.offsets, nullptr);
  for (size_t i = 0; i <= folded.text.size(); ++i) {
    EXPECT_LE(folded.offsets[i], text.size());
    if (i > 0) {
      EXPECT_GE(folded.offsets[i], folded.offsets[i - 1]);
    }
  }
  EXPECT_EQ(folded.offsets[folded.text.size()], text.size());
}

}  // namespace
}  // namespace assay::math
