// The default policies, row by row of MATHEMATICS.md, as pairs of answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "tests/verifier/math/judged.h"

namespace assay::math {
namespace {

using Proof = MathEvidence::Proof;

constexpr char kEqual = '=';
constexpr char kDifferent = '#';
constexpr char kOpen = '?';

struct Row {
  const char* gold;
  const char* answer;
  char expected;
  // The verdict with gold and answer exchanged; ' ' where it is the same.
  char exchanged = ' ';
};

void PrintTo(const Row& row, std::ostream* os) {
  *os << row.gold << " " << row.expected << " " << row.answer;
}

char Outcome(const Judged& j) {
  switch (j.report.verdict) {
    case Verdict::kAccepted:
      return kEqual;
    case Verdict::kWrongAnswer:
      return kDifferent;
    case Verdict::kUndecided:
      return kOpen;
    default:
      return '!';
  }
}

class PolicyTest : public testing::TestWithParam<Row> {};

TEST_P(PolicyTest, DecidesAsThePolicySays) {
  const Row& row = GetParam();
  const Judged j = JudgePair(row.gold, row.answer);
  EXPECT_EQ(Outcome(j), row.expected)
      << j.report.reason << ", rung " << j.evidence().rung << ", read ["
      << j.evidence().gold_text << "] and [" << j.evidence().answer_text << "]";
  const Judged back = JudgePair(row.answer, row.gold);
  EXPECT_EQ(Outcome(back), row.exchanged == ' ' ? row.expected : row.exchanged)
      << "exchanged: " << back.report.reason << ", rung "
      << back.evidence().rung;
}

#define ROWS(name, ...)                      \
  INSTANTIATE_TEST_SUITE_P(name, PolicyTest, \
                           testing::ValuesIn(std::vector<Row>{__VA_ARGS__}))

ROWS(Numbers, {"5", "5", kEqual}, {"1/2", "0.5", kEqual},
     {R"(\frac{1}{2})", ".5", kEqual},
     {R"(2\frac{1}{3})", R"(\frac{7}{3})", kEqual},
     {R"(0.\overline{3})", R"(\frac13)", kEqual},
     {R"(0.\overline{9})", "1", kEqual},
     {R"(0.\overline{3})", "0.3", kDifferent},
     {R"(7.8\times 10^2)", "780", kEqual},
     {R"(6.02\times 10^{23})", R"(6.02\times 10^{22})", kDifferent},
     {"2^{64}", "18446744073709551616", kEqual},
     {"2^{64}", "18446744073709551615", kDifferent},
     {"10^{100}", "10^{100}+1", kDifferent},
     {R"(\frac{1}{2004!})", "0", kDifferent},
     {R"(\frac{1}{2^{99}})", R"(\frac{1}{2^{98}})", kDifferent},
     {R"(\binom{5}{2})", "10", kEqual}, {"5!", "120", kEqual},
     {R"(\gcd(12, 18))", "6", kEqual}, {R"(\lfloor 3.7 \rfloor)", "3", kEqual},
     {R"(\sqrt{16})", "4", kEqual}, {R"(\sqrt[3]{-8})", "-2", kEqual},
     {R"(\log_4 8)", R"(\frac32)", kEqual},
     {R"(\sum_{k=1}^{10} k^2)", "385", kEqual},
     {R"(\prod_{k=1}^{5} k)", "120", kEqual});

// Pairs that nearly are the same.
ROWS(Near, {R"(\pi+10^{-90})", R"(\pi)", kDifferent},
     {R"(\pi+10^{-1300})", R"(\pi)", kDifferent},
     {R"(\pi+10^{-6000})", R"(\pi)", kDifferent},
     {R"(\pi+e^{-10^{9}})", R"(\pi)", kOpen},
     {R"((\pi+10^{-700})^2)", R"(\pi^2+2\pi\cdot 10^{-700})", kDifferent},
     {R"(\sqrt{x^2+10^{-3000}})", "|x|", kDifferent},
     {R"(1+e^{-e^{8}})", "1", kDifferent}, {R"(\tanh(500))", "1", kDifferent},
     {R"(\tanh(3000))", "1", kDifferent},
     {R"(\frac{1}{1+e^{-1000}})", "1", kDifferent},
     {R"(\arctan(10^{200}))", R"(\frac{\pi}{2})", kDifferent},
     {"|x+1000|", "x+1000", kDifferent}, {"|x-1000|", "1000-x", kDifferent},
     {R"(\max(x, -10^9))", "x", kDifferent},
     {R"(\lfloor x \rfloor)", R"(\lceil x \rceil - 1)", kDifferent},
     {R"(\lfloor x \rfloor)", R"(-\lceil -x \rceil)", kEqual},
     {R"(\{x\in\mathbb{Z} : x>0\})", R"(\{x\in\mathbb{R} : x>0\})", kDifferent},
     {R"(\{x\in\mathbb{R} : x>0\})", R"((0,\infty))", kEqual},
     {R"((1,2))", R"(\{1,2\})", kDifferent},
     {R"(\langle 1,2\rangle)", R"(\{1,2\})", kDifferent},
     {R"(\begin{pmatrix}1&2\\3&4\end{pmatrix})", "1,2,3,4", kDifferent},
     {R"(p\land q)", R"(p\lor q)", kDifferent},
     {R"(p\land q)", R"(q\land p)", kEqual}, {"f(x)=2x", "f(t)=2x", kDifferent},
     {"f(x)=cx^2", "f(t)=ct^2", kEqual}, {"f(x)=x^2+1", "y=x^2+1", kEqual},
     {"f(x)=x^2+1", "y=x^2+2", kDifferent}, {"3:00 PM", "3:00 AM", kDifferent},
     {R"(3:00\text{ PM})", "3:00 p.m.", kEqual},
     {"2020-01-02", "2020-02-01", kDifferent},
     // A gold that is written with thousands stays so.
     {"1,234", "1.234", kDifferent, kEqual}, {"1,000", "1,0", kDifferent});

ROWS(Spellings, {R"(\lfloor\frac n2\rfloor)", R"(\lfloor n/2\rfloor)", kEqual},
     {R"(\frac x2)", "x/2", kEqual}, {R"(\frac xy)", "x/y", kEqual},
     {R"(\frac 2x+1)", R"(1+\frac{2}{x})", kEqual},
     {R"(\frac{x}2)", "2x", kDifferent},
     {R"(\mathbb{R}-\{2\})", "x\\ne 2", kEqual},
     {R"(\mathbb{R}-\{2\})", "x\\ne 3", kDifferent});

ROWS(Lists, {"1,2", "2,1", kEqual}, {"1,2", "1,3", kDifferent},
     {"1,1,2", "1,2,2", kDifferent}, {"1,2,3", "1,2", kDifferent},
     {"1,2,3", R"(\{3,2,1\})", kEqual}, {R"(\{1,2\})", R"(\{2,1\})", kEqual},
     {R"(\{1,1,2\})", R"(\{1,2\})", kEqual},
     {R"(1 \pm \sqrt{2})", R"(1+\sqrt2, 1-\sqrt2)", kEqual},
     {R"(\pm 2)", "2, -2", kEqual}, {R"(\pm 2)", "2", kDifferent},
     {"21, 16 or 11", "21,16,11", kEqual},
     {R"(6 \text{ and } 8)", "8, 6", kEqual},
     {"(1,2),(3,4)", "(3,4),(1,2)", kEqual},
     {"(1,2),(3,4)", "(2,1),(3,4)", kDifferent},
     {R"(\frac{1}{2}, 0.25)", R"(\frac14, 0.5)", kEqual},
     {R"(\emptyset)", R"(\{\})", kEqual});

ROWS(Tuples, {"(1,2)", "(1,2)", kEqual}, {"(1,2)", "(2,1)", kDifferent},
     {"(1,2)", "(1,2,3)", kDifferent}, {R"((\frac12, 1))", "(0.5, 1)", kEqual},
     {"(1,2)", "1,2", kEqual}, {"(1,2)", "[1,2]", kDifferent},
     {"(1,2)", "1<x<2", kEqual},
     {R"(\begin{pmatrix}1\\2\end{pmatrix})", "(1,2)", kEqual},
     {R"(\begin{pmatrix}1&2\\3&4\end{pmatrix})",
      R"(\begin{bmatrix}1&2\\3&4\end{bmatrix})", kEqual},
     {R"(\begin{pmatrix}1&2\\3&4\end{pmatrix})",
      R"(\begin{pmatrix}1&3\\2&4\end{pmatrix})", kDifferent},
     {R"(2\begin{pmatrix}1\\2\end{pmatrix})",
      R"(\begin{pmatrix}2\\4\end{pmatrix})", kEqual});

ROWS(Labels, {"x=1", "x=1", kEqual}, {"x=1", "x=2", kDifferent},
     {"x=1", "1", kEqual}, {"x=1,y=2", "y=2,x=1", kEqual},
     {"x=1,y=2", "x=2,y=1", kDifferent}, {"x=1,y=2", "2,1", kEqual},
     {"x=1 or x=2", "1,2", kEqual}, {"n=2,3,4", "4,3,2", kEqual},
     {"(x,y)=(1,2)", "(1,2)", kEqual}, {"(x,y)=(1,2)", "x=1, y=2", kEqual},
     {"(x,y)=(1,2)", "x=2, y=1", kDifferent}, {"f(x)=x^2", "x^2", kEqual},
     {"f(x)=x^2", "f(t)=t^2", kEqual}, {"f(x)=x^2", "g(x)=x^2", kOpen},
     {"f(x)=x^2", "t^2", kDifferent}, {"a_n=2n+1", "2n+1", kEqual},
     {R"(\frac{NO}{BO}=\frac12)", R"(\frac12)", kEqual},
     {"3*4=12", "12", kEqual}, {"x = y = 3", "3", kEqual},
     {R"(\frac{1+\sqrt{97}}{8} \approx 1.36)", R"(\frac{1+\sqrt{97}}{8})",
      kEqual},
     {R"(\lim_{x \to 0} \frac{\sin x}{x} = 1)", "1", kEqual});

ROWS(Equations, {"y=2x+1", "2x-y+1=0", kEqual},
     {"y=2x+1", "2x-y-1=0", kDifferent},
     {"x^2/4+y^2/3=1", "3x^2+4y^2=12", kEqual},
     {"x^2+y^2=1", "x^2+y^2=2", kDifferent}, {"xy=0", "x=0", kDifferent},
     {"y=1/x", "xy=1", kEqual}, {"(x-1)^2+y^2=1", "x^2+y^2=2x", kEqual},
     {"y+1=-(2x-1)^2", "-4x^2+4x-2", kEqual},
     {"y+1=-(2x-1)^2", "-4x^2+4x-1", kDifferent}, {"a+3z=0", "0", kDifferent},
     {"2x=6", "3", kEqual}, {"x+2y+3z=6", "2x+4y+6z=12", kEqual},
     {R"((a+1)(a-1)=a^2-1)", "a^2-1", kEqual});

ROWS(RealSets, {"(-3,5]", "-3<x\\le 5", kEqual},
     {"x<3", "(-\\infty,3)", kEqual}, {"x<3", "3>x", kEqual},
     {"x<3", "x\\le 3", kDifferent}, {"x\\ge 5", "x\\le 5", kDifferent},
     {"2x<6", "x<3", kEqual}, {"-2x<6", "x>-3", kEqual},
     {"(-\\infty,-1)\\cup(1,\\infty)", "|x|>1", kEqual},
     {"|x-2|\\le 3", "[-1,5]", kEqual},
     {"(-\\infty,-1)\\cup(1,\\infty)", "(1,\\infty)\\cup(-\\infty,-1)", kEqual},
     {"(-\\infty,-1)\\cup(1,\\infty)", "(-\\infty,-1]\\cup[1,\\infty)",
      kDifferent},
     {"[0,1]\\cup[1,2]", "[0,2]", kEqual},
     {"(0,1)\\cup(1,2)", "(0,2)", kDifferent},
     {"\\mathbb{R}", "(-\\infty,\\infty)", kEqual},
     {"\\mathbb{R}\\setminus\\{2\\}", "(-\\infty,2)\\cup(2,\\infty)", kEqual},
     {"x\\ne 2", "(-\\infty,2)\\cup(2,\\infty)", kEqual},
     {"\\{x | -2<x<3\\}", "(-2,3)", kEqual},
     {"x\\in[-2,7]", "-2\\le x\\le 7", kEqual},
     {"[\\sqrt{2}, \\pi)", "\\sqrt2\\le x<\\pi", kEqual},
     {"[a, a+1)", "a\\le x<1+a", kEqual}, {"(2,3)", "(2,4)", kDifferent},
     {"x<1 \\text{ or } x>5", "(-\\infty,1)\\cup(5,\\infty)", kEqual},
     {"x>5", "5", kDifferent},
     {"x^2>1", "(-\\infty,-1)\\cup(1,\\infty)", kEqual},
     {"x^2-4\\le 0", "[-2,2]", kEqual},
     {"-x^2+2\\ge 0", "[-\\sqrt2,\\sqrt2]", kEqual},
     {"(x-1)(x-2)<0", "(1,2)", kEqual}, {"(x-1)(x-2)<0", "[1,2]", kDifferent},
     {"\\text{all real numbers}", "\\mathbb{R}", kEqual},
     {"2x+y<4", "4x+2y<8", kEqual}, {"2x+y<4", "4x+2y>8", kDifferent});

ROWS(LetterUnits, {"2 km", "2000 m", kEqual}, {"2 km", "200 m", kDifferent},
     {"1 kg", "1000 g", kEqual}, {"1 L", "1000 mL", kEqual},
     {R"(5 \text{ km})", "5m", kDifferent});

ROWS(Pieces, {R"(\begin{cases}x&x\ge0\\-x&x<0\end{cases})", "|x|", kEqual},
     {R"(\begin{cases}x&x\ge0\\-x&x<0\end{cases})", "x", kDifferent});

ROWS(Units, {"90^\\circ", "90", kEqual}, {"5 \\text{ cm}", "5", kEqual},
     {"5 \\text{ km}", "5000 \\text{ m}", kEqual},
     {"5 \\text{ km}", "5 \\text{ m}", kDifferent},
     {"5 \\text{ km}", "5 \\text{ kg}", kDifferent},
     {"45^\\circ", "\\frac{\\pi}{4}", kEqual},
     {"60^\\circ", "\\frac{\\pi}{6}", kDifferent},
     {"\\$18.90", "18.90", kEqual}, {"100", "100 dollars", kEqual},
     {"12^{th}", "12", kEqual});

ROWS(Percent, {"28\\%", "28 percent", kEqual},
     {"\\frac{1}{8}", "12.5\\%", kEqual}, {"25\\%", "25", kEqual},
     {"25\\%", "0.25", kEqual}, {"25\\%", "2.5", kDifferent},
     {"25", "0.25", kDifferent});

ROWS(Ratios, {"3:1", "3", kEqual}, {"3:1", "6:2", kEqual},
     {"3:1", "1:3", kDifferent}, {"5:8", "\\frac58", kEqual},
     {"1:2:3", "2:4:6", kEqual}, {"1:2:3", "1:2:4", kDifferent});

ROWS(Decimals,
     // A rounded gold takes what it was rounded from, never the reverse.
     {"3.14", "\\pi", kEqual, kDifferent},
     {"3.14159", "\\pi", kEqual, kDifferent},
     {"0.458", "\\frac{27}{59}", kEqual, kDifferent},
     {"0.458", "\\frac{31}{60}", kDifferent}, {"3.1", "\\pi", kDifferent},
     {"0.33", "\\frac13", kDifferent}, {"5040", "5040.2", kDifferent},
     {"\\frac13", "0.333333", kDifferent, kEqual},
     {"10000", "9999.857", kDifferent, kDifferent});

ROWS(Commas, {"1234567", "1,234,567", kEqual}, {"10000", "10,000", kEqual},
     {"14916", "14{,}916", kEqual}, {"1000.99", "1000,99", kEqual},
     {"0.111", "0,111", kEqual}, {"617", "1,234/2", kEqual},
     {"1,5", "1.5", kOpen, kEqual}, {"0,5", "0.5", kEqual});

ROWS(Functions, {"x+1", "1+x", kEqual}, {"(x+1)^2", "x^2+2x+1", kEqual},
     {"(x+1)^2", "x^2+2x+2", kDifferent},
     {"(x+y)^{20}", "(x^2+2xy+y^2)^{10}", kEqual},
     {"\\frac{x^2-1}{x-1}", "x+1", kEqual},
     {"\\sin^2 x + \\cos^2 x", "1", kEqual},
     {"\\tan^2(y)+1", "\\sec^2(y)", kEqual}, {"|x|", "\\sqrt{x^2}", kEqual},
     {"x", "\\sqrt{x^2}", kDifferent}, {"\\ln(x^2)", "2\\ln x", kEqual},
     {"2\\arcsin\\sqrt a", "\\arccos(1-2a)", kEqual},
     {"2\\arcsin\\sqrt a", "\\arccos(1-3a)", kDifferent},
     {"\\sqrt{1-100x^2}\\sqrt{1-100x^2}", "1-100x^2", kEqual},
     {"\\sqrt{x-20}+1", "1+\\sqrt{x-20}+\\sin x", kDifferent},
     {"\\sqrt{2}+\\sqrt{3}", "\\sqrt{5+2\\sqrt{6}}", kEqual},
     {"\\frac{1}{\\sqrt2}", "\\frac{\\sqrt2}{2}", kEqual},
     {"e^{i\\pi}", "-1", kEqual}, {"\\log x", "\\ln x", kEqual},
     {"\\log_{10} x", "\\ln x", kDifferent},
     {"\\log_2 3 \\cdot \\log_3 4", "2", kEqual},
     {"\\int_0^1 e^{2x} dx", "\\frac{e^2-1}{2}", kEqual},
     {"\\int_0^{\\pi} \\sin x dx", "2", kEqual}, {"(1+i)^2", "2i", kEqual},
     {"\\cos\\frac{\\pi}{5}", "\\frac{1+\\sqrt5}{4}", kEqual},
     {"\\sin^{-1} x", "\\frac{1}{\\sin x}", kDifferent},
     {"\\frac{d}{dx} x^2", "2x", kEqual}, {"\\frac{(n+1)!}{n!}", "n+1", kEqual},
     {"\\binom{n}{2}", "\\frac{n(n-1)}{2}", kEqual},
     {"\\sum_{k=1}^{n} k", "\\frac{n(n+1)}{2}", kEqual},
     {"\\sum_{k=1}^{n} k", "\\frac{n(n-1)}{2}", kDifferent},
     {"\\sum_{i=1}^{n} a_i", "\\sum_{k=1}^{n} a_k", kEqual},
     {"\\sum_{i=1}^{n} a_i", "\\sum_{k=0}^{n} a_k", kOpen},
     {"\\sum_{i=1}^{n} a_i", "n a_i", kOpen}, {"(-1)^n", "(-1)^{n+2}", kEqual},
     {"\\int_0^1 x^2 dx", "\\frac13", kEqual}, {"g(x)+1", "1+g(x)", kEqual},
     {"g(x)+1", "g(x)+2", kOpen}, {"a", "b", kDifferent},
     {"\\infty", "-\\infty", kDifferent}, {"\\infty", "5", kDifferent},
     {"k\\pi", "n\\pi", kEqual}, {"k\\pi", "2n\\pi", kDifferent},
     {"\\frac{\\pi}{4}+k\\pi", "\\frac{5\\pi}{4}-n\\pi", kEqual},
     {"\\frac{\\pi}{4}+k\\pi", "\\frac{\\pi}{3}+k\\pi", kDifferent},
     {"n=7k+3, k\\in\\mathbb{Z}", "n=7k-4, k\\in\\mathbb{Z}", kEqual},
     {"n=7k+3, k\\in\\mathbb{Z}", "n=7k-3, k\\in\\mathbb{Z}", kDifferent},
     {"x\\equiv 3 \\pmod 7", "x\\equiv 10 \\pmod 7", kEqual},
     {"x\\equiv 3 \\pmod 7", "x\\equiv 4 \\pmod 7", kDifferent},
     {"AB \\parallel CD", "CD \\parallel AB", kEqual},
     {"3 1/2", "31/2", kDifferent});

ROWS(ConstantOfIntegration, {"\\frac{x^2}{2}+C", "\\frac{x^2+5}{2}+C", kEqual},
     {"\\frac{x^2}{2}+C", "\\frac{x^2}{3}+C", kDifferent},
     {"\\frac{x^2}{2}+C", "\\frac{x^2}{2}", kDifferent});

ROWS(Texts, {"\\text{no}", "No", kEqual},
     {"circle", "\\text{a circle}", kEqual}, {"circle", "ellipse", kDifferent},
     {"\\text{infinitely many}", "0", kDifferent}, {"\\text{E}", "E", kEqual},
     {"\\text{no solution}", "\\emptyset", kEqual});

ROWS(Hostile, {"5", "10^{10^{10}}", kDifferent}, {"1", "((9!)!)!", kDifferent},
     {"10^{10^{10^{10}}}", "10^{10}", kDifferent},
     {"10^{10^{10}}", "10^{10^{10}}", kEqual},
     {"0", "2^{-10^{10}}", kDifferent}, {"0", "e^{-10^6}", kDifferent},
     {"3", "7^{7^7} \\bmod 10", kEqual},
     {"1", "\\prod_{k=1}^{10^9} k", kDifferent},
     {"e^{\\pi\\sqrt{163}}", "640320^3+744", kDifferent},
     {"\\sqrt{10^{30}+1}", "10^{15}", kDifferent}, {"1", "\\frac{0}{0}", kOpen},
     {"\\frac{0}{0}", "\\frac{1}{0}", kOpen});

TEST(PolicyNamesTest, NamesThePolicyThatDecided) {
  using testing::Contains;
  using testing::HasSubstr;
  EXPECT_THAT(JudgePair("3.14", R"(\pi)").evidence().policies,
              Contains(HasSubstr("ROUNDED")));
  EXPECT_THAT(JudgePair(R"(25\%)", "25").evidence().policies,
              Contains(HasSubstr("percent")));
  EXPECT_THAT(
      JudgePair(R"(5\text{ km})", R"(5000\text{ m})").evidence().policies,
      Contains(HasSubstr("units converted")));
  EXPECT_THAT(JudgePair(R"(90^\circ)", "90").evidence().policies,
              Contains(HasSubstr("unit on one side")));
  EXPECT_THAT(JudgePair(R"(\ln(x^2))", R"(2\ln x)").evidence().policies,
              Contains(HasSubstr("equal wherever both sides are defined; the "
                                 "answer is undefined at x = -")));
  EXPECT_THAT(JudgePair("x^2/x", "x").evidence().policies,
              Contains("equal wherever both sides are defined"));
}

TEST(PolicyFieldsTest, DepartFromTheDefaults) {
  MathPolicy strict;
  strict.strict = true;
  EXPECT_EQ(Outcome(JudgePair(R"(\sin^2 x+\cos^2 x)", "1", strict)), kOpen);
  EXPECT_EQ(Outcome(JudgePair("(x+1)^2", "x^2+2x+1", strict)), kEqual);
  MathPolicy domain;
  domain.strict_domain = true;
  EXPECT_EQ(Outcome(JudgePair(R"(\ln(x^2))", R"(2\ln x)", domain)), kOpen);
  MathPolicy ordered;
  ordered.ordered_lists = true;
  EXPECT_EQ(Outcome(JudgePair("1,2", "2,1", ordered)), kDifferent);
  EXPECT_EQ(Outcome(JudgePair("1,2", "1,2", ordered)), kEqual);
  MathPolicy decimals;
  decimals.exact_decimals = true;
  EXPECT_EQ(Outcome(JudgePair("3.14", R"(\pi)", decimals)), kDifferent);
  MathPolicy constant;
  constant.optional_constant = true;
  EXPECT_EQ(Outcome(JudgePair("x^2+C", "x^2", constant)), kEqual);
  MathPolicy complex;
  complex.domain = MathPolicy::Domain::kComplex;
  EXPECT_EQ(Outcome(JudgePair(R"(|x|)", R"(\sqrt{x^2})", complex)), kDifferent);
}

TEST(ProofTest, SaysHowItKnows) {
  auto proof = [](const char* gold, const char* answer) {
    return JudgePair(gold, answer).evidence().proof;
  };
  EXPECT_EQ(proof("x+1", "1+x"), Proof::kIdentical);
  EXPECT_EQ(proof("0.5", R"(\frac12)"), Proof::kIdentical);
  EXPECT_EQ(proof("(x+1)^2", "x^2+2x+1"), Proof::kResidue);
  EXPECT_EQ(proof(R"(\sin 2x)", R"(2\sin x\cos x)"), Proof::kNumeric);
  EXPECT_EQ(proof(R"(\binom{n}{2})", R"(\frac{n!}{2(n-2)!})"), Proof::kSampled);
  EXPECT_EQ(proof("x+1", "x+2"), Proof::kWitness);
  EXPECT_EQ(proof("1,2", "1,2,3"), Proof::kForm);
  const Judged residue = JudgePair("(x+1)^2", "x^2+2x+1");
  EXPECT_LT(residue.evidence().error_bound_log2, -100);
  const Judged witness = JudgePair("x+1", "x+2");
  ASSERT_TRUE(witness.evidence().witness.has_value());
  EXPECT_NE(witness.evidence().witness->gold_value,
            witness.evidence().witness->answer_value);
}

}  // namespace
}  // namespace assay::math
