// Every short cut has a long way, which explanations take: both say the same
// of the same pair.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

#include "tests/verifier/math/case_rows.h"
#include "tests/verifier/math/generated_pairs.h"
#include "tests/verifier/math/judged.h"
#include "tests/verifier/math/random_answer.h"
#include "verifier/math/exact.h"
#include "verifier/math/quick_numbers.h"

namespace assay::math {
namespace {

void ExpectSame(const MathSample& task) {
  const Judged quick = JudgeTask(task), slow = JudgeTask(task, true);
  const std::string pair = task.golds[0] + " and " + task.candidate;
  EXPECT_EQ(quick.report.verdict, slow.report.verdict) << pair;
  EXPECT_EQ(quick.report.reason, slow.report.reason) << pair;
  const MathEvidence& a = quick.evidence();
  const MathEvidence& b = slow.evidence();
  EXPECT_EQ(a.rung, b.rung) << pair;
  EXPECT_EQ(a.proof, b.proof) << pair;
  EXPECT_EQ(a.answer_mark, b.answer_mark) << pair;
  EXPECT_EQ(a.answer_text, b.answer_text) << pair;
  EXPECT_EQ(a.answer_begin_bytes, b.answer_begin_bytes) << pair;
  EXPECT_EQ(a.answer_end_bytes, b.answer_end_bytes) << pair;
  EXPECT_EQ(a.gold_text, b.gold_text) << pair;
  EXPECT_EQ(a.policies, b.policies) << pair;
  ASSERT_EQ(a.witness.has_value(), b.witness.has_value()) << pair;
  if (!a.witness) return;
  EXPECT_EQ(a.witness->point, b.witness->point) << pair;
  EXPECT_EQ(a.witness->gold_value, b.witness->gold_value) << pair;
  EXPECT_EQ(a.witness->answer_value, b.witness->answer_value) << pair;
}

void ExpectSame(std::string gold, std::string answer) {
  MathSample task;
  task.golds.push_back(std::move(gold));
  task.candidate = std::move(answer);
  ExpectSame(task);
}

// Numbers, and what nearly is one.
class Numbers {
 public:
  std::string Draw() {
    std::string text = Pick(4) == 0 ? "-" : "";
    const std::string a = Natural(), b = Natural();
    switch (Pick(10)) {
      case 0:
        text += R"(\frac{)" + a + "}{" + b + "}";
        break;
      case 1:
        text += (Pick(2) ? R"(\dfrac{)" : R"(\tfrac{)") + a + "}{" + b + "}";
        break;
      case 2:
        text += a + "/" + b;
        break;
      case 3:
        text += a + "." + std::to_string(Pick(2000));
        break;
      case 4:
        text += "0" + a;
        break;
      case 5:
        text += a + "." + std::to_string(Pick(9)) + "0";
        break;
      case 6:
        text += a + (Pick(2) ? "." : "/");
        break;
      default:
        text += a;
    }
    return text;
  }

 private:
  uint64_t Pick(uint64_t n) { return random_() % n; }
  std::string Natural() {
    uint64_t bound = 10;
    for (uint64_t i = Pick(3) * Pick(7); i > 0; --i) bound *= 10;
    return std::to_string(Pick(bound));
  }
  std::mt19937_64 random_{11};
};

TEST(QuickTest, Numbers) {
  Numbers numbers;
  int quick = 0;
  constexpr int kPairs = 6'000;
  for (int i = 0; i < kPairs; ++i) {
    const std::string a = numbers.Draw(), b = numbers.Draw();
    ExpectSame(a, b);
    quick += DifferentNumbers(a, b) ? 1 : 0;
  }
  EXPECT_GT(quick, kPairs / 4);
  for (const char* text :
       {"10", "1", "0", "-0", "1/0", "0/1", "-1/2", "100000", "1000000",
        "999999999999999", "1999", "2020", "12/25", "1.0", "-1.50"}) {
    for (const char* other : {"10", "3/4", "0", "-2", "0.5", "1,000"}) {
      ExpectSame(text, other);
      ExpectSame(other, text);
    }
  }
}

TEST(QuickTest, PlainAnswers) {
  std::mt19937_64 random(12);
  const char* pieces[] = {
      "1", "25", "x",       "y",  "(",      ")", "{",    "}",     "+",
      "-", "^",  ",",       " ",  "\\frac", "/", "e",    "\\pi ", "\\sqrt",
      "i", "A",  "\\cdot ", ", ", "3",      "B", "^{2}", "{2}",   "(-1)"};
  int plain = 0;
  constexpr int kTexts = 6'000;
  for (int i = 0; i < kTexts; ++i) {
    std::string text;
    for (uint64_t n = 1 + random() % 8; n > 0; --n) {
      text += pieces[random() % std::size(pieces)];
    }
    plain += IsPlainAnswer(text) ? 1 : 0;
    ExpectSame(text, i % 2 == 0 ? "x+1" : text);
  }
  EXPECT_GT(plain, kTexts / 8);
}

TEST(QuickTest, RandomAndGeneratedPairs) {
  RandomAnswer answers(13);
  for (int i = 0; i < 1500; ++i) ExpectSame(answers.Answer(), answers.Answer());
  GeneratedPairs pairs(14);
  for (int i = 0; i < 1500; ++i) {
    const GeneratedPair p = i % 2 == 0 ? pairs.Equal() : pairs.Perturbed();
    ExpectSame(p.gold, p.answer);
  }
}

TEST(QuickTest, LabelledRows) {
  const std::string folder = CasesFolder();
  const auto rows = ReadCases(folder + "/math_cases_dev.jsonl");
  if (rows.empty()) GTEST_SKIP() << "no rows in " << folder;
  for (const CaseRow& row : rows) {
    ExpectSame(std::get<MathSample>(row.sample.task));
  }
  for (const CaseRow& row :
       ReadModelOutputs(folder + "/math_model_outputs_dev.jsonl")) {
    ExpectSame(std::get<MathSample>(row.sample.task));
  }
}

// Literals by their own reader and by GMP's.
TEST(QuickTest, Literals) {
  std::mt19937_64 random(15);
  for (int i = 0; i < 20'000; ++i) {
    std::string digits;
    for (uint64_t n = 1 + random() % 22; n > 0; --n) {
      digits += static_cast<char>('0' + random() % 10);
    }
    Number number;
    number.digits = digits;
    number.fraction_digits = static_cast<uint32_t>(random() % 24);
    number.has_point = number.fraction_digits > 0;
    if (i % 5 == 0) number.repeating_digits = 1;
    Budget a, b;
    const Exact quick = NumberValue(number, &a);
    const Exact slow = SlowNumberValue(number, &b);
    ASSERT_EQ(quick.state, slow.state) << digits;
    EXPECT_TRUE(quick.value == slow.value) << digits;
    EXPECT_EQ(a.spent, b.spent) << digits;
  }
}

}  // namespace
}  // namespace assay::math
