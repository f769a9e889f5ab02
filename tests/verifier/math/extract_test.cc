#include "verifier/math/extract.h"

#include <string>

#include "gtest/gtest.h"

namespace assay::math {
namespace {

struct Case {
  const char* text;
  const char* answer;
  const char* mark;
};

void ExpectAll(const Case* begin, const Case* end,
               const ExtractOptions& options) {
  for (const Case* c = begin; c != end; ++c) {
    const Extraction x = Extract(c->text, options);
    EXPECT_EQ(x.text, c->answer) << c->text;
    EXPECT_EQ(x.mark, c->mark) << c->text;
    EXPECT_EQ(x.found, *c->mark != '\0') << c->text;
  }
}

TEST(Extract, WordsInTextCloseTheirBrace) {
  constexpr Case kCases[] = {
      {R"(\text{The answer is } 12)", "12", "answer is"},
      {R"(\text{The answer is 12})", "12", "answer is"},
      {R"(\text{The answer is \frac{1}{2}})", R"(\frac{1}{2})", "answer is"},
  };
  ExpectAll(std::begin(kCases), std::end(kCases), {.bare = true});
}

TEST(Extract, Boxes) {
  constexpr Case kCases[] = {
      {R"(so \boxed{42}.)", "42", "boxed"},
      {R"(\boxed{\frac{1}{2}})", R"(\frac{1}{2})", "boxed"},
      {R"(\boxed{\{1, 2\}})", R"(\{1, 2\})", "boxed"},
      {R"(\boxed 5 and)", "5", "boxed"},
      {R"(\boxed5)", "5", "boxed"},
      {R"(\fbox{7})", "7", "boxed"},
      {R"(First \boxed{1}. Then \boxed{2}.)", "2", "boxed"},
      {R"(\boxed{1},\boxed{2},\boxed{3})", "1, 2, 3", "boxed"},
      {R"(\boxed{1} papers and \boxed{2} bins)", "1, 2", "boxed"},
      {R"(\boxed{3}. Check: \boxed{3})", "3", "boxed"},
      {R"(\boxed{4} = \boxed{2+2})", "2+2", "boxed"},
      {R"(\boxed{x = \boxed{5}})", R"(x = \boxed{5})", "boxed"},
      {R"(\boxed{8} then \boxed{})", "8", "boxed"},
      {R"(Mark it with \boxed
So 3+4 = \boxed{7}.)",
       "7", "boxed"},
      {R"(\boxed{28 pct)", "28 pct", "boxed, cut off"},
      {R"(\boxed{)", "", ""},
      {R"(\boxed{$5$})", "5", "boxed"},
  };
  ExpectAll(std::begin(kCases), std::end(kCases), ExtractOptions());
}

TEST(Extract, ThinkBlocks) {
  constexpr Case kCases[] = {
      {R"(\boxed{99}</think>Final: \boxed{42})", "42", "boxed"},
      {R"(<think>The answer is 5.</think> The answer is 6.)", "6", "answer is"},
      {R"(<think>The answer is 5, but let me)", "", ""},
      {R"(<think> hm \boxed{5})", "5", "boxed"},
  };
  ExpectAll(std::begin(kCases), std::end(kCases), ExtractOptions());
}

TEST(Extract, Phrases) {
  constexpr Case kCases[] = {
      {"The answer is 4", "4", "answer is"},
      {"The answer is 4.", "4", "answer is"},
      {"The answer is 90 degrees.", "90 degrees", "answer is"},
      {R"(The answer is $\frac{5}{6}$ of it.)", R"(\frac{5}{6})", "answer is"},
      {"Final Answer: The final answer is $100$. I hope it is correct.", "100",
       "answer is"},
      {"Therefore, answer is 189.\n\nAnother thought.", "189", "answer is"},
      {"So the answer: 4 because 2+2=4.", "4", "answer is"},
      {"**Answer:** 4.", "4", "answer is"},
      {"## Final Answer\n\n73", "73", "answer heading"},
      {"**Final Answer**\n\n$x = 3$ or $x = 4$", "$x = 3$ or $x = 4$",
       "answer heading"},
      {"steps\nA: 320", "320", "answer is"},
      {"Final Answer: The volume of $ABCDEFGH$ is 120. I hope so.", "120",
       "answer is"},
      {"Answer \\( (9+1) \\)", "(9+1)", "answer is"},
      {"The correct answer is C", "C", "answer is"},
      {"The answer: D, it doesn't make sense for it to be A", "D", "answer is"},
      {"Final answer: {7 / 5}", "{7 / 5}", "answer is"},
  };
  ExpectAll(std::begin(kCases), std::end(kCases), ExtractOptions());
}

TEST(Extract, Languages) {
  constexpr Case kCases[] = {
      {"所以答案是 42。", "42", "answer is"},
      {"答案：$x=3$", "x=3", "answer is"},
      {"答案为5。", "5", "answer is"},
      {"したがって、答えは 7 です。", "7", "answer is"},
      {"따라서 답은 12 입니다.", "12", "answer is"},
      {"답: 12", "12", "answer is"},
      {"La respuesta es 3.", "3", "answer is"},
      {"La réponse est 3,5.", "3,5", "answer is"},
      {"Die Antwort ist 18.", "18", "answer is"},
      {"Die Antwort lautet: 18.", "18", "answer is"},
      {"A resposta é 21.", "21", "answer is"},
      {"La risposta è 21.", "21", "answer is"},
      {"Ответ: 15", "15", "answer is"},
      {"الجواب هو ٤٢", "٤٢", "answer is"},
      {"उत्तर है: ४२", "४२", "answer is"},
      {"Đáp án là 9.", "9", "answer is"},
      {"Đáp số: 9", "9", "answer is"},
      {"Jawaban: 30", "30", "answer is"},
      {"Odpowiedź: 8", "8", "answer is"},
      {"Cevap: 6", "6", "answer is"},
      {"因此一共有3 + 10 = 13只鸟。", "13", "last number"},
      {"瑞秋的作业比阅读作业多 **3页**。", "3页", "bold"},
  };
  for (const Case& c : kCases) {
    const Extraction x = Extract(c.text, ExtractOptions());
    // Words around a value may stay; it must at least begin with it.
    EXPECT_EQ(x.text.substr(0, std::string(c.answer).size()), c.answer)
        << c.text << " -> " << x.text;
    EXPECT_EQ(x.mark, c.mark) << c.text;
  }
}

TEST(Extract, WeakerMarks) {
  constexpr Case kCases[] = {
      {"6 * 7 = 42\n#### 42", "42", "####"},
      {"#### Step 2: add\nWe get $x=5$.", "x=5", "last formula"},
      {"Thus we find that $x \\lt 3$.", R"(x \lt 3)", "last formula"},
      {"The identity is \\[ a^2 \\] here.", "a^2", "last formula"},
      {"The number of people is **73**.", "73", "bold"},
      {"so the number is 10 which is 1,000.99m", "1,000.99", "last number"},
      {"The error increases by 100%.", "100%", "last number"},
      {"It falls to -15 overall.", "-15", "last number"},
      {"-15", "-15", "whole text"},
      {"x = 3", "x = 3", "whole text"},
      {"28 percent", "28 percent", "whole text"},
      {"42 square feet", "42 square feet", "whole text"},
      {"I do not know", "", ""},
      {"", "", ""},
  };
  ExpectAll(std::begin(kCases), std::end(kCases), ExtractOptions());
}

TEST(Extract, BareAnswers) {
  constexpr Case kCases[] = {
      {"$[0,9)$", "[0,9)", "whole text"},
      {"  10 ", "10", "whole text"},
      {"$21,16$ or $11$", "$21,16$ or $11$", "whole text"},
      {"y + 1 = 2.", "y + 1 = 2", "whole text"},
      {"Petya wins", "Petya wins", "whole text"},
      {R"(We see that it is \boxed{3}.)", "3", "boxed"},
      {"the answer is sqrt(2)", "sqrt(2)", "answer is"},
  };
  ExtractOptions bare;
  bare.bare = true;
  ExpectAll(std::begin(kCases), std::end(kCases), bare);
}

TEST(Extract, Choices) {
  constexpr Case kCases[] = {
      {"The answer is (B).", "B", "answer is"},
      {"Answer: B. It is not A.", "B", "answer is"},
      {"(D) Alina", "D", "choice"},
      {"B不是 A", "B", "choice"},
      {"The answer is\n(C) Cecile", "C", "answer is"},
      {R"(So \boxed{\text{(C)}})", R"(\text{(C)})", "boxed"},
      {"I would choose option D", "D", "choice"},
  };
  ExtractOptions choice;
  choice.choice = true;
  ExpectAll(std::begin(kCases), std::end(kCases), choice);
}

TEST(Extract, GivesTheSpanInTheWholeText) {
  const std::string text = "<think>1</think> so \\boxed{ 42 }!";
  const Extraction x = Extract(text, ExtractOptions());
  EXPECT_EQ(text.substr(x.begin_bytes, x.end_bytes - x.begin_bytes), "42");
}

TEST(Extract, TooLongIsNothing) {
  const std::string text = "\\boxed{" + std::string(1 << 17, '1') + "}";
  EXPECT_FALSE(Extract(text, ExtractOptions()).found);
}

}  // namespace
}  // namespace assay::math
