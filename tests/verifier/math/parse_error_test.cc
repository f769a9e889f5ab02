// What is refused, where, and within which bounds.
#include <string>

#include "gtest/gtest.h"
#include "verifier/math/parse.h"

namespace assay::math {
namespace {

absl::Status Status(const std::string& text) {
  Arena arena;
  return Parse(text, ParseOptions(), &arena).status();
}

TEST(ParseError, RefusesWhatIsNoMathematics) {
  for (const char* text : {"",
                           "   ",
                           "$",
                           "x+",
                           "(1",
                           "1)",
                           "[1",
                           "{",
                           "}",
                           "2 3",
                           "1.2.3",
                           "1..2",
                           R"(\foo)",
                           R"(\frac{1})",
                           R"(\sqrt)",
                           "x ? y",
                           "= 5 =",
                           "x^",
                           "x_",
                           "a^{b",
                           R"(\begin{pmatrix}1 & 2)",
                           R"(\begin{pmatrix}1 & 2 \\ 3\end{pmatrix})",
                           "12_2",
                           "5_99",
                           R"(\left(1)",
                           "|x",
                           "x \\equiv",
                           "The answer 5 is odd",
                           "5 is the answer",
                           R"(\log_)",
                           R"(\int x)",
                           R"(\sum)",
                           R"(\lim x)",
                           "#",
                           "@",
                           "\x01",
                           "\xFF\xFE",
                           "\\"}) {
    const absl::Status status = Status(text);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument)
        << "text: " << text << " status: " << status;
  }
}

TEST(ParseError, SaysWhere) {
  EXPECT_EQ(Status("x + ").message(), "byte 4: expected an operand");
  EXPECT_EQ(Status(R"(1 + \foo)").message(), "byte 4: an unknown command");
  // Folding moves nothing: bytes count in the original.
  EXPECT_EQ(Status("\xCF\x80 + \\foo").message(), "byte 5: an unknown command");
}

std::string Repeat(const std::string& s, size_t times) {
  std::string out;
  out.reserve(s.size() * times);
  for (size_t i = 0; i < times; ++i) out += s;
  return out;
}

TEST(ParseError, BoundsDepth) {
  EXPECT_TRUE(Status(Repeat(R"(\sqrt{)", 200) + "1" + Repeat("}", 200)).ok());
  for (const char* open :
       {"(", "{", "[", R"(\sqrt{)", "-", "|", "2^", R"(\frac{)", R"(\{)",
        R"(\sin )", R"(\lnot )", R"(\left()", "\\lfloor "}) {
    const absl::Status status = Status(Repeat(open, 20000 / 8) + "1");
    EXPECT_FALSE(status.ok()) << open;
  }
  EXPECT_EQ(Status(Repeat("(", 3000) + "1" + Repeat(")", 3000)).code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(ParseError, BoundsLengthAndNodes) {
  EXPECT_EQ(Status(std::string(kTextBytesMax + 1, '1')).code(),
            absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(Status(std::string(kTextBytesMax, '1')).ok());
  // More nodes than an arena holds.
  const absl::Status status = Status(Repeat("a+", kTextBytesMax / 2 - 1) + "a");
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(Status(Repeat("\xC2\xBD", kTextBytesMax / 2)).code(),
            absl::StatusCode::kResourceExhausted);
}

TEST(ParseError, AnArenaServesAgainAfterReset) {
  Arena arena;
  for (int i = 0; i < 1000; ++i) {
    arena.Reset();
    EXPECT_TRUE(Parse(R"(\frac{x^2+1}{y})", ParseOptions(), &arena).ok());
    EXPECT_EQ(arena.nodes_count(), 7u);
  }
}

}  // namespace
}  // namespace assay::math
