// Many pairs at once: each gets what its sample would, which is the twin.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/verifier/math/judged.h"
#include "tests/verifier/math/random_answer.h"
#include "verifier/math/kept_findings.h"
#include "verifier/math/pair_findings.h"

namespace assay::math {
namespace {

struct Texts {
  std::string gold;
  std::string answer;
};

struct Options {
  bool responses = false;
  bool choice = false;
  MathPolicy policy;
};

std::vector<PairFinding> JudgeAll(const std::vector<Texts>& texts,
                                  const Options& options = {}) {
  MathPairs batch;
  for (const Texts& t : texts) batch.pairs.push_back({t.gold, t.answer});
  batch.is_responses = options.responses;
  batch.choice = options.choice;
  batch.policy = options.policy;
  Sample sample;
  sample.task = std::move(batch);
  const Report report =
      MakeMathJudge(TestWorld())->Verify(sample, std::atomic<bool>{false});
  EXPECT_EQ(report.verdict, Verdict::kAccepted);
  return std::get<PairsEvidence>(report.evidence).findings;
}

// Twice, so that the second time finds what the first has kept.
void ExpectTwins(const std::vector<Texts>& texts, const Options& options) {
  std::vector<Texts> twice = texts;
  twice.insert(twice.end(), texts.begin(), texts.end());
  const std::vector<PairFinding> findings = JudgeAll(twice, options);
  ASSERT_EQ(findings.size(), twice.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const PairFinding& again = findings[i + texts.size()];
    EXPECT_EQ(again.verdict, findings[i].verdict) << texts[i].gold;
    EXPECT_EQ(again.cause, findings[i].cause) << texts[i].gold;
    EXPECT_EQ(again.proof, findings[i].proof) << texts[i].gold;
    EXPECT_EQ(again.rung, findings[i].rung) << texts[i].gold;
    EXPECT_EQ(again.error_bound_bits, findings[i].error_bound_bits);
    MathSample task;
    task.golds = {texts[i].gold};
    task.candidate = texts[i].answer;
    task.is_response = options.responses;
    task.choice = options.choice;
    task.policy = options.policy;
    const Judged one = JudgeTask(task);
    const std::string pair = texts[i].gold + " and " + texts[i].answer;
    EXPECT_EQ(findings[i].verdict, one.report.verdict) << pair;
    EXPECT_EQ(findings[i].cause, one.report.cause) << pair;
    EXPECT_EQ(findings[i].proof, one.evidence().proof) << pair;
    EXPECT_EQ(findings[i].rung, RungOf(one.evidence().rung)) << pair;
    if (findings[i].proof == Proof::kResidue) {
      EXPECT_LE(findings[i].error_bound_bits, -one.evidence().error_bound_log2)
          << pair;
      EXPECT_GT(findings[i].error_bound_bits, 60) << pair;
    } else {
      EXPECT_EQ(findings[i].error_bound_bits, 0) << pair;
    }
  }
}

const std::vector<Texts>& EveryRung() {
  static const std::vector<Texts>& texts = *new std::vector<Texts>{
      {"7", "7"},
      {"7", "8"},
      {"\\frac{1}{2}", "0.5"},
      {"x+1", "1+x"},
      {"(x+1)^{2}", "x^2+2x+1"},
      {"\\sin(x)^2+\\cos(x)^2", "1"},
      {"e^{\\pi}", "\\pi^e"},
      {"\\sqrt{2}\\sqrt{3}", "\\sqrt{6}"},
      {"(1,2)", "(2,1)"},
      {"\\{1,2\\}", "\\{2,1\\}"},
      {"", "3"},
      {"3", ""},
      {"\\frac{1}{", "1"},
      {"90^", "1"},
      {"the circle", "The Circle."},
      {"2^{64}", "2^{64}-1"},
      {"B", "the answer is (B)"},
      {"B", "(C)"},
      {"so \\boxed{4}", "it is \\boxed{\\frac{8}{2}}"},
  };
  return texts;
}

TEST(Pairs, EachGetsWhatItsSampleWould) {
  for (const int bits : {0, 1, 2, 3, 4, 5, 6, 7}) {
    Options options;
    options.responses = (bits & 1) != 0;
    options.choice = (bits & 2) != 0;
    options.policy.strict = (bits & 4) != 0;
    ExpectTwins(EveryRung(), options);
  }
}

TEST(Pairs, RandomTextsToo) {
  RandomAnswer random(20261121);
  std::vector<Texts> texts;
  for (int i = 0; i < 2000; ++i) {
    texts.push_back({random.Answer(), random.Answer()});
    if (i % 3 == 0) texts.back().answer = texts.back().gold;
  }
  ExpectTwins(texts, Options());
}

TEST(KeptFindings, AnotherQuestionHasAnotherKey) {
  MathPolicy strict;
  strict.strict = true;
  MathPolicy complex;
  complex.domain = MathPolicy::Domain::kComplex;
  const std::vector<std::string> keys = {
      KeptFindings::Key("1", "23", MathPolicy()),
      KeptFindings::Key("12", "3", MathPolicy()),
      KeptFindings::Key("1", "23", strict),
      KeptFindings::Key("1", "23", complex),
      KeptFindings::Key(std::string(256, '1'), "", MathPolicy()),
      KeptFindings::Key("", std::string(256, '1'), MathPolicy())};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) EXPECT_NE(keys[i], keys[j]);
  }
  EXPECT_EQ(KeptFindings::Key(std::string(513, '1'), "", MathPolicy()), "");
}

TEST(KeptFindings, TheLatestOfASlotStays) {
  KeptFindings kept(1);
  EXPECT_EQ(kept.Find("a"), nullptr);
  EXPECT_EQ(kept.Find(""), nullptr);
  kept.Put("a", Finding::Equal(Proof::kResidue, "residue"), Fault::kNone);
  ASSERT_NE(kept.Find("a"), nullptr);
  EXPECT_TRUE(kept.Find("a")->finding.equal());
  EXPECT_EQ(kept.Find("b"), nullptr);
  kept.Put("b", Finding::Different("x"), Fault::kGold);
  EXPECT_EQ(kept.Find("a"), nullptr);
  ASSERT_NE(kept.Find("b"), nullptr);
  EXPECT_TRUE(kept.Find("b")->finding.different());
  EXPECT_EQ(kept.Find("b")->fault, Fault::kGold);
  kept.Put("", Finding::Different("x"), Fault::kNone);
  EXPECT_EQ(kept.Find(""), nullptr);
}

TEST(Pairs, AMalformedOneCostsItselfAlone) {
  MathPairs batch;
  batch.pairs = {{"1", "1"}, {"1", "1", /*malformed=*/true}, {"1", "2"}};
  Sample sample;
  sample.task = std::move(batch);
  const Report report =
      MakeMathJudge(TestWorld())->Verify(sample, std::atomic<bool>{false});
  const auto& findings = std::get<PairsEvidence>(report.evidence).findings;
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].verdict, Verdict::kAccepted);
  EXPECT_EQ(findings[1].verdict, Verdict::kNoVerdict);
  EXPECT_EQ(findings[1].cause, Cause::kInvalidSample);
  EXPECT_EQ(findings[2].verdict, Verdict::kWrongAnswer);
}

TEST(Pairs, CancelledInTheMiddleIsCancelledWhole) {
  MathPairs batch;
  batch.pairs = {{"1", "1"}};
  Sample sample;
  sample.task = std::move(batch);
  const Report report =
      MakeMathJudge(TestWorld())->Verify(sample, std::atomic<bool>{true});
  EXPECT_EQ(report.verdict, Verdict::kNoVerdict);
  EXPECT_EQ(report.cause, Cause::kCancelled);
  EXPECT_FALSE(std::holds_alternative<PairsEvidence>(report.evidence));
}

TEST(Pairs, EveryNameOfARungHasItsNumber) {
  EXPECT_EQ(RungOf("text"), Rung::kText);
  EXPECT_EQ(RungOf("arb"), Rung::kArb);
  EXPECT_EQ(RungOf(""), Rung::kUnspecified);
  EXPECT_EQ(RungOf("nothing"), Rung::kUnspecified);
  for (const PairFinding& f : JudgeAll(EveryRung())) {
    EXPECT_EQ(f.proof == Proof::kUnspecified, f.rung == Rung::kUnspecified);
  }
}

}  // namespace
}  // namespace assay::math
