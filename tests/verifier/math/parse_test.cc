// Golden tables: what a text is read as, seen through Print.
#include "verifier/math/parse.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace assay::math {
namespace {

struct Case {
  const char* text;
  const char* printed;
};

std::string Printed(const char* text, ParseOptions options = {}) {
  Arena arena;
  const absl::StatusOr<const Expr*> e = Parse(text, options, &arena);
  return e.ok() ? Print(**e) : "error: " + std::string(e.status().message());
}

class ParseTable : public testing::TestWithParam<Case> {};

TEST_P(ParseTable, ReadsAsPrinted) {
  EXPECT_EQ(Printed(GetParam().text), GetParam().printed)
      << "text: " << GetParam().text;
}

constexpr Case kNumbers[] = {
    {"42", "42"},
    {"-15", "-15"},
    {"+7", "7"},
    {"007", "007"},
    {".5", ".5"},
    {"0.50", "0.50"},
    {"1,234", "1234"},
    {"1,234,567", "1234567"},
    {"1,234,567.89", "1234567.89"},
    {"1 234 567", "1234567"},
    {R"(1\,234\,567)", "1234567"},
    {"10{,}000", "10000"},
    {R"(50,\!625)", "50625"},
    {R"(11,\! 111,\! 111,\! 100)", "11111111100"},
    {"14 {, }916", "14916"},
    {"1'000'000", "1000000"},
    {"1_000_000", "1000000"},
    {"1,22", "1, 22"},
    {"16,3,1,1", "16, 3, 1, 1"},
    {"3{,}14", "3.14"},
    {"0,111", "0.111"},
    {"(312,123,231)", "(312, 123, 231)"},
    {"(1,000, 2,000)", "(1000, 2000)"},
    {"6e23", "6e23"},
    {"2.5E-2", "2.5e-2"},
    {R"(6.02\times 10^{23})", R"(6.02 \cdot 10^{23})"},
    {"6.02x10^23", R"(6.02 \cdot 10^{23})"},
    {R"(0.\overline{3})", R"(0.\overline{3})"},
    {R"(0.1\overline{6})", R"(0.1\overline{6})"},
    {"0.(3)", R"(0.\overline{3})"},
    {"0.1666...", R"(0.166\overline{6})"},
    {"52_8", "52_{8}"},
    {"1010_{2}", "1010_{2}"},
    {"(1010)_2", "1010_{2}"},
    {"2A_{16}", "2A_{16}"},
    {"FF_{16}", "FF_{16}"},
    {"seven", "7"},
    {"twenty-one", "21"},
    {"5 million", R"(5 \cdot 1000000)"},
    {"XIV", "14"},
    {"IX", "9"},
};
INSTANTIATE_TEST_SUITE_P(Numbers, ParseTable, testing::ValuesIn(kNumbers));

constexpr Case kFractions[] = {
    {R"(\frac12)", R"(\frac{1}{2})"},
    {R"(\frac1{72})", R"(\frac{1}{72})"},
    {R"(\frac{1}2)", R"(\frac{1}{2})"},
    {R"(\dfrac{a}{b})", R"(\frac{a}{b})"},
    {R"(\tfrac12)", R"(\frac{1}{2})"},
    {R"(\cfrac{1}{3})", R"(\frac{1}{3})"},
    {R"({1 \over 2})", R"(\frac{1}{2})"},
    {R"({n \choose k})", R"(\binom{n}{k})"},
    {"1/2", R"(\frac{1}{2})"},
    {R"(a \div b)", R"(\frac{a}{b})"},
    {R"(\frac34i)", R"(\frac{3}{4} \cdot i)"},
    {"1/2x", R"(\frac{1}{2} \cdot x)"},
    {R"(1\frac{1}{10})", R"(1\frac{1}{10})"},
    {"2 1/2", R"(2\frac{1}{2})"},
    {"-3 1/2", R"(-3\frac{1}{2})"},
    {R"(2\frac{3}{2})", R"(2 \cdot \frac{3}{2})"},
    {R"(x\frac{1}{2})", R"(x \cdot \frac{1}{2})"},
    {"\xE2\x85\x93", R"(\frac{1}{3})"},
    {"2\xC2\xBD", R"(2\frac{1}{2})"},
};
INSTANTIATE_TEST_SUITE_P(Fractions, ParseTable, testing::ValuesIn(kFractions));

constexpr Case kAlgebra[] = {
    {"xy", R"(x \cdot y)"},
    {"2x", R"(2 \cdot x)"},
    {"3(x+1)", R"(3 \cdot (x + 1))"},
    {R"(2\pi r)", R"(2 \cdot \pi  \cdot r)"},
    {"-x^2", "-x^{2}"},
    {"-2x", R"(-2 \cdot x)"},
    {"x^10y", R"(x^{10} \cdot y)"},
    {"2^3^2", "2^{3^{2}}"},
    {"2**-1", "2^{-1}"},
    {"10^(-10)", "10^{-10}"},
    {"a - b + c", "a - b + c"},
    {R"(\sqrt3)", R"(\sqrt{3})"},
    {R"(\sqrt[3]{8})", R"(\sqrt[3]{8})"},
    {"sqrt(2)/2", R"(\frac{\sqrt{2}}{2})"},
    {"\xE2\x88\x9A(x+1)", R"(\sqrt{x + 1})"},
    {"cbrt(5)", R"(\sqrt[3]{5})"},
    {"5!7!", R"(5! \cdot 7!)"},
    {"(n+1)!", "(n + 1)!"},
    {"x!=3", R"(x \ne 3)"},
    {"5!=120", "5! = 120"},
    {R"(\binom{5}{2})", R"(\binom{5}{2})"},
    {"||x|-1|", R"(\left|\left|x\right| - 1\right|)"},
    {"||x||y||", R"(\left|\left|x\right| \cdot \left|y\right|\right|)"},
    {"|x||y|", R"(\left|x\right| \cdot \left|y\right|)"},
    {R"(\left|3-5\right|)", R"(\left|3 - 5\right|)"},
    {R"(\lfloor 1.1 \rfloor)", R"(\lfloor 1.1 \rfloor )"},
    {R"(\operatorname{ceil}(x))", R"(\lceil x \rceil )"},
    {R"(\gcd(14,2324))", R"(\operatorname{gcd}(14, 2324))"},
    {R"(\max\{1,2\})", R"(\operatorname{max}(1, 2))"},
    {R"(7 \bmod 3)", R"(7 \bmod 3)"},
    {R"(\pm 2021)", R"(\pm 2021)"},
    {R"(3 \pm 2\sqrt2)", R"(3 \pm 2 \cdot \sqrt{2})"},
    {"3+4i", R"(3 + 4 \cdot i)"},
    {"x_1+x_{12}", "x_1 + x_{12}"},
    {"x1", "x_1"},
    {R"(m_{\max })", "m_{max}"},
    {"f'", "f'"},
    {R"(f^{\prime\prime}(x))", "f''(x)"},
    {"n(n+1)", R"(n \cdot (n + 1))"},
    {"f(x+1)-1", "f(x + 1) - 1"},
    {R"(\Phi (x,y))", R"(\Phi (x, y))"},
    {"x(t)=t^2", "x(t) = t^{2}"},
    {R"(\vec{v})", R"(\vec{v})"},
    {R"(\overline{AB})", R"(\bar{AB})"},
};
INSTANTIATE_TEST_SUITE_P(Algebra, ParseTable, testing::ValuesIn(kAlgebra));

constexpr Case kFunctions[] = {
    {R"(\sin x)", R"(\operatorname{sin}(x))"},
    {R"(2\sin x\cos x)",
     R"(2 \cdot \operatorname{sin}(x) \cdot \operatorname{cos}(x))"},
    {R"(\sin^2 x)", R"(\operatorname{sin}(x)^{2})"},
    {R"(\sin^{-1} x)", R"(\operatorname{arcsin}(x))"},
    {R"(\sinh^{-1}(a))", R"(\operatorname{arsinh}(a))"},
    {R"(\sin 2\pi t)", R"(\operatorname{sin}(2 \cdot \pi  \cdot t))"},
    {R"(\tan \frac{7}{5} \pi)",
     R"(\operatorname{tan}(\frac{7}{5} \cdot \pi ))"},
    {R"(\sin{\left(\theta \right)})", R"(\operatorname{sin}(\theta ))"},
    {"sinx", R"(\operatorname{sin}(x))"},
    {R"(\text{sin}\bigg(x\bigg))", R"(\operatorname{sin}(x))"},
    {R"(\log_2 8)", R"(\log_{2}(8))"},
    {"log2(8)", R"(\log_{2}(8))"},
    {"log(x, 2)", R"(\log_{2}(x))"},
    {R"(\ln x^2)", R"(\operatorname{ln}(x^{2}))"},
    {"3*cos(sqrt(980/7)*t)",
     R"(3 \cdot \operatorname{cos}(\sqrt{\frac{980}{7}} \cdot t))"},
    {R"(\operatorname{asinh}{\left(a \right)})", R"(\operatorname{arsinh}(a))"},
    {R"(\sum_{k=1}^{n} k)", R"(\sum_{k = 1}^{n} k)"},
    {R"(\sum^{3}_{k = 1} c)", R"(\sum_{k = 1}^{3} c)"},
    {R"(\prod^c_{a = b} x)", R"(\prod_{a = b}^{c} x)"},
    {R"(\int_0^1 x^2 \, dx)", R"(\int_{0}^{1} x^{2} \, dx)"},
    {R"(\int^{b}_{a} x dx)", R"(\int_{a}^{b} x \, dx)"},
    {R"(\int \frac{dz}{z})", R"(\int \frac{1}{z} \, dz)"},
    {R"(\int_0^7 dx)", R"(\int_{0}^{7} 1 \, dx)"},
    {R"(\lim_{x \to 0^+} \frac1x)", R"(\lim_{x \to 0^{+}} \frac{1}{x})"},
    {R"(\frac{dy}{dx})", R"(\frac{d}{dx} y)"},
    {R"(\frac{d^2}{dx^2} x^3)", R"(\frac{d^{2}}{dx^{2}} x^{3})"},
};
INSTANTIATE_TEST_SUITE_P(Functions, ParseTable, testing::ValuesIn(kFunctions));

constexpr Case kCollections[] = {
    {"1,2,3", "1, 2, 3"},
    {"19, 46, and 82", "19, 46, 82"},
    {R"(21,16 \text{ or } 11)", R"(21 \text{ or } 16 \text{ or } 11)"},
    {"(1, 2)", "(1, 2)"},
    {"{1,2,3}", R"(\{1, 2, 3\})"},
    {R"(\{\})", R"(\{\})"},
    {R"(\emptyset)", R"(\emptyset )"},
    {"[0,9)", "[0, 9)"},
    {R"((-\infty, 3])", R"((-\infty , 3])"},
    {"]1,2[", "]1, 2["},
    {"(-oo, 1) U (2, oo)", R"((-\infty , 1) \cup (2, \infty ))"},
    {R"({1,2} \cup {2})", R"(\{1, 2\} \cup \{2\})"},
    {R"(\mathbb{R} \setminus \{0\})", R"(\mathbb{R} \setminus \{0\})"},
    {R"(\Big\{x | 2 < x < 3\Big\})", R"(\{x \mid 2 < x < 3\})"},
    {"{x : x > 0}", R"(\{x \mid x > 0\})"},
    {"[[1,2],[3,4]]", R"(\begin{bmatrix}1 & 2 \\ 3 & 4\end{bmatrix})"},
    {R"(\left[\begin{matrix}1\\2\end{matrix}\right])",
     R"(\begin{bmatrix}1 \\ 2\end{bmatrix})"},
    {R"(\begin{array}{cc}1&2\\3&4\end{array})",
     R"(\begin{matrix}1 & 2 \\ 3 & 4\end{matrix})"},
    {"<1,2,3>", R"(\langle 1, 2, 3 \rangle )"},
    {"1:2:3", "1 : 2 : 3"},
    {R"(1, 2, \ldots, n)", R"(1, 2, \ldots , n)"},
    {"p=5,q=2;p=7,q=2", "p = 5, q = 2; p = 7, q = 2"},
};
INSTANTIATE_TEST_SUITE_P(Collections, ParseTable,
                         testing::ValuesIn(kCollections));

constexpr Case kStatements[] = {
    {"y=2x+1", R"(y = 2 \cdot x + 1)"},
    {"x <= 2", R"(x \le 2)"},
    {R"(x \leqslant 2)", R"(x \le 2)"},
    {"-3<=x<2", R"(-3 \le x < 2)"},
    {"x=1 or x=2", R"(x = 1 \text{ or } x = 2)"},
    {"x<1 or x>3", R"(x < 1 \lor x > 3)"},
    {"x>1 and x<3", R"(x > 1 \land x < 3)"},
    {R"(x \not= 3)", R"(x \ne 3)"},
    {R"(x \equiv 3 \pmod{7})", R"(x \equiv 3 \pmod{7})"},
    {R"(x \equiv 3 (mod 7))", R"(x \equiv 3 \pmod{7})"},
    {"k in Z", R"(k \in \mathbb{Z})"},
    {R"(k \in \mathbb{Z}^+)", R"(k \in \mathbb{Z}^{+})"},
    {R"(\forall x > 0, x^2 > 0)", R"(\forall x > 0, x^{2} > 0)"},
    {R"(a = b \implies c = d)", R"(a = b \implies c = d)"},
    {"Paolo: 18, Qing: 14", R"(\text{Paolo}: 18, \text{Qing}: 14)"},
    {"Maximum = 2", R"(\text{Maximum} = 2)"},
    {"(a) 5", "(a) 5"},
    {R"(\text{only }x=0)", "x = 0"},
    {R"(\begin{cases} x & x>0 \\ -x & \text{otherwise}\end{cases})",
     R"(\begin{cases}x & x > 0 \\ -x & \text{otherwise}\end{cases})"},
    {R"(\left\{\begin{array}{l} x=1 \\ y=2 \end{array}\right.)",
     "x = 1, y = 2"},
    {R"(\left\{\begin{array}{ll} x, & x>1 \\ y & x \le 1\end{array}\right.)",
     R"(\begin{cases}x & x > 1 \\ y & x \le 1\end{cases})"},
    {R"(\begin{aligned} x&=1\\ y&=2\end{aligned})", "x = 1, y = 2"},
    {"P(X>1)=0.5", "P(X > 1) = 0.5"},
    {"f^{-1}(x)", "f^{-1}(x)"},
    {"x =/= 0", R"(x \ne 0)"},
    {"$21$,$16$ or $11$", R"(21 \text{ or } 16 \text{ or } 11)"},
    {R"(x = 1/3 \approx 0.33)", R"(x = \frac{1}{3} \approx 0.33)"},
};
INSTANTIATE_TEST_SUITE_P(Statements, ParseTable,
                         testing::ValuesIn(kStatements));

constexpr Case kMeasured[] = {
    {"28%", R"(28\%)"},
    {R"(28\%)", R"(28\%)"},
    {"28 pct", R"(28\%)"},
    {"12.5 percent", R"(12.5\%)"},
    {R"(33\frac13\%)", R"(33\frac{1}{3}\%)"},
    {R"(90^\circ)", R"(90^{\circ})"},
    {"90\xC2\xB0", R"(90^{\circ})"},
    {"45 degrees", R"(45^{\circ})"},
    {"$18.90", R"(18.90\text{ \$})"},
    {R"(\$1,000.00)", R"(1000.00\text{ \$})"},
    {"1,000.99$", R"(1000.99\text{ \$})"},
    {"3 dollars", R"(3\text{ \$})"},
    {"\xE2\x82\xAC"
     "5",
     R"(5\text{ EUR})"},
    {R"(5 \text{ cm}^2)", R"(5\text{ cm^2})"},
    {"10 km/h", R"(10\text{ km/h})"},
    {"10 miles per hour", R"(10\text{ mi/h})"},
    {R"(864 \mbox{ inches}^2)", R"(864\text{ in^2})"},
    {"12 square meters", R"(12\text{ m^2})"},
    {R"(10\text{ units})", R"(10\text{ unit})"},
    {R"(40 \ \text{chocolate candies})", R"(40\text{ chocolate candies})"},
    {R"(17 + 10\sqrt{6} \text{ cm})", R"((17 + 10 \cdot \sqrt{6})\text{ cm})"},
    {R"(12^{\mathrm{th}})", R"(12\text{ ordinal})"},
    {"3rd", R"(3\text{ ordinal})"},
    {"15th Day", R"(15\text{ ordinal Day})"},
    {"2 hours 30 minutes", R"(2\text{ h} + (30\text{ min}))"},
    {"9.8 m/s^2", R"(9.8\text{ m/s^2})"},
    {"9 m", R"(9 \cdot m)"},
    {"1/3 cup", R"(\frac{1}{3}\text{ cup})"},
    {"3 cubic meters per second", R"(3\text{ m^3/s})"},
    {R"(60^\circ 42')", R"(60^{\circ} + (42\text{ arcmin}))"},
};
INSTANTIATE_TEST_SUITE_P(Measured, ParseTable, testing::ValuesIn(kMeasured));

constexpr Case kWords[] = {
    {"yes", R"(\text{true})"},
    {"False", R"(\text{false})"},
    {"circle", R"(\text{circle})"},
    {R"(\text{infinitely many})", R"(\text{infinitely many})"},
    {R"(\text{e})", "e"},
    {R"(\text{E})", "E"},
    {"line segment, circle", R"(\text{line segment}, \text{circle})"},
    {"no solution", R"(\text{no solution})"},
};
INSTANTIATE_TEST_SUITE_P(Words, ParseTable, testing::ValuesIn(kWords));

TEST(Parse, ReadsCommasAsAsked) {
  ParseOptions decimal;
  decimal.comma = ParseOptions::Comma::kDecimal;
  ParseOptions separator;
  separator.comma = ParseOptions::Comma::kSeparator;
  EXPECT_EQ(Printed("1,234"), "1234");
  EXPECT_EQ(Printed("1,234", decimal), "1.234");
  EXPECT_EQ(Printed("1.234,56", decimal), "1234.56");
  EXPECT_EQ(Printed("1,234", separator), "1, 234");
}

TEST(Parse, MarksAnAmbiguousComma) {
  Arena arena;
  const auto e = Parse("1,234", ParseOptions(), &arena);
  ASSERT_TRUE(e.ok());
  EXPECT_TRUE((*e)->number->ambiguous_comma);
  EXPECT_TRUE((*e)->number->grouped);
  const auto f = Parse("1,234,567", ParseOptions(), &arena);
  ASSERT_TRUE(f.ok());
  EXPECT_FALSE((*f)->number->ambiguous_comma);
}

TEST(Parse, ReadsChoicesWhereAsked) {
  ParseOptions choice;
  choice.choice = true;
  for (const char* text : {"B", "(B)", "B.", "b)", R"(\text{(B)})", "(B) Alina",
                           R"(\textbf{(B) }42)"}) {
    Arena arena;
    const auto e = Parse(text, choice, &arena);
    ASSERT_TRUE(e.ok()) << text;
    EXPECT_EQ((*e)->kind, Kind::kChoice) << text;
    EXPECT_EQ((*e)->detail, 1) << text;
  }
  Arena arena;
  EXPECT_EQ((*Parse("B", ParseOptions(), &arena))->kind, Kind::kSymbol);
}

TEST(Parse, KeepsSpansOfTheOriginalText) {
  Arena arena;
  // The sign of two bytes is folded into several.
  const std::string text = "\xCF\x80 + 12";
  const auto e = Parse(text, ParseOptions(), &arena);
  ASSERT_TRUE(e.ok());
  ASSERT_EQ((*e)->children_count, 2u);
  const Expr& twelve = (*e)->child(1);
  EXPECT_EQ(
      text.substr(twelve.begin_bytes, twelve.end_bytes - twelve.begin_bytes),
      "12");
}

TEST(Parse, OutlinesANodeALine) {
  Arena arena;
  const auto e = Parse("1/2+x", ParseOptions(), &arena);
  ASSERT_TRUE(e.ok());
  EXPECT_EQ(Outline(**e),
            "add\n  divide\n    number 1\n    number 2\n  symbol \"x\"\n");
}

TEST(Parse, OutlinesFunctionsConstantsAndRelationsByName) {
  Arena arena;
  const auto e = Parse(R"(\sin \pi \ge x)", ParseOptions(), &arena);
  ASSERT_TRUE(e.ok());
  EXPECT_EQ(Outline(**e),
            "relation >=\n  function sin\n    constant \\pi\n"
            "  symbol \"x\"\n");
}

TEST(Same, SeesKindsTextsAndNumbers) {
  Arena arena;
  const auto parse = [&](const char* text) {
    return *Parse(text, ParseOptions(), &arena);
  };
  EXPECT_TRUE(Same(*parse("1/2 + x"), *parse(R"(\frac{1}{2}+x)")));
  EXPECT_FALSE(Same(*parse("1/2"), *parse("1/3")));
  EXPECT_FALSE(Same(*parse("2"), *parse("2.0")));
  EXPECT_FALSE(Same(*parse("x"), *parse("y")));
  EXPECT_FALSE(Same(*parse("x<1"), *parse("x>1")));
  EXPECT_FALSE(Same(*parse("1,2"), *parse("1,2,3")));
}

}  // namespace
}  // namespace assay::math
