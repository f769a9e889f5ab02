#include "verifier/server/encode.h"

#include <limits>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "verifier/server/utf8.h"

namespace assay::server {
namespace {

using ::testing::ElementsAre;

v1::Report Encoded(const Report& report,
                   std::size_t budget = kTextBudgetBytes) {
  v1::Report wire;
  EncodeReport(report, budget, &wire);
  v1::Report parsed;  // What a strict client sees.
  EXPECT_TRUE(parsed.ParseFromString(wire.SerializeAsString()));
  return parsed;
}

Report CodeReport() {
  Report report;
  report.id = "i";
  report.ordinal = 9;
  report.problem = "p";
  report.source = "s";
  report.labels = {{"k", "v"}};
  report.Decide(Verdict::kWrongAnswer, "test 1 differs");
  report.score = 0.5;
  report.cached = true;
  report.explanation = {"one", "two"};
  CodeEvidence code;
  code.way = CodeEvidence::Way::kExaminer;
  code.integrity = Integrity::kIsolated;
  code.tests.resize(2);
  code.tests[0].verdict = Verdict::kAccepted;
  code.tests[0].usage = RunUsage{absl::Milliseconds(1.5), absl::Seconds(2), 77};
  code.tests[1].verdict = Verdict::kWrongAnswer;
  code.tests[1].name = "test_two[1]";
  code.tests[1].points = 0.25;
  code.tests[1].reason = "token 2";
  code.tests[1].stdout_head = "out";
  code.tests[1].stdout_truncated = true;
  code.tests[1].stderr_head = "err";
  code.compile = RunUsage{absl::Milliseconds(3), absl::Milliseconds(4), 5};
  code.compile_output = "warning";
  code.enforcement = "userns seccomp";
  code.comparison = "tokens/1";
  code.limits.process_count = 3;
  report.evidence = code;
  return report;
}

TEST(Encode, FourBitsOfVerdictATest) {
  Report report = CodeReport();
  CodeEvidence code;
  code.tests.resize(5);  // The second and the last were not run.
  code.tests[0].verdict = Verdict::kAccepted;
  code.tests[2].verdict = Verdict::kNoVerdict;
  code.tests[3].verdict = Verdict::kTimeLimit;
  report.evidence = code;
  EXPECT_EQ(Encoded(report).code().verdicts(), std::string("\x01\x6b\x00", 3));
  report.evidence = CodeEvidence();
  EXPECT_EQ(Encoded(report).code().verdicts(), "");
}

TEST(Encode, EveryFieldOfACodeReport) {
  const v1::Report wire = Encoded(CodeReport());
  EXPECT_EQ(wire.id(), "i");
  EXPECT_EQ(wire.ordinal(), 9u);
  EXPECT_EQ(wire.verdict(), v1::VERDICT_WRONG_ANSWER);
  EXPECT_EQ(wire.score(), 0.5);
  EXPECT_EQ(wire.cause(), v1::CAUSE_UNSPECIFIED);
  EXPECT_EQ(wire.reason(), "test 1 differs");
  EXPECT_EQ(wire.problem(), "p");
  EXPECT_EQ(wire.source(), "s");
  EXPECT_EQ(wire.labels().at("k"), "v");
  EXPECT_EQ(wire.verifier_version(), kVerifierVersion);
  EXPECT_TRUE(wire.cached());
  EXPECT_THAT(wire.explanation(), ElementsAre("one", "two"));
  const v1::CodeEvidence& code = wire.code();
  EXPECT_EQ(code.way(), v1::CodeEvidence::WAY_EXAMINER);
  EXPECT_EQ(code.integrity(), v1::INTEGRITY_ISOLATED);
  EXPECT_EQ(code.passed_count(), 1u);
  EXPECT_EQ(code.tests_count(), 2u);
  EXPECT_EQ(code.tests(0).verdict(), v1::VERDICT_ACCEPTED);
  EXPECT_EQ(code.tests(0).usage().cpu_ms(), 1.5);
  EXPECT_EQ(code.tests(0).usage().wall_ms(), 2000);
  EXPECT_EQ(code.tests(0).usage().peak_memory_bytes(), 77u);
  EXPECT_FALSE(code.tests(1).has_usage());
  EXPECT_EQ(code.verdicts(), "\x21");
  EXPECT_EQ(code.tests(1).name(), "test_two[1]");
  EXPECT_EQ(code.tests(1).points(), 0.25);
  EXPECT_FALSE(code.tests(0).has_points());
  EXPECT_EQ(code.tests(1).reason(), "token 2");
  EXPECT_EQ(code.tests(1).stdout_head(), "out");
  EXPECT_TRUE(code.tests(1).stdout_truncated());
  EXPECT_EQ(code.tests(1).stderr_head(), "err");
  EXPECT_FALSE(code.tests(1).stderr_truncated());
  EXPECT_EQ(code.compile().cpu_ms(), 3);
  EXPECT_EQ(code.compile_output(), "warning");
  EXPECT_EQ(code.enforcement(), "userns seccomp");
  EXPECT_EQ(code.comparison(), "tokens/1");
  EXPECT_EQ(code.limits().time_limit_ms(), 10'000u);
  EXPECT_EQ(code.limits().memory_limit_bytes(), uint64_t{512} << 20);
  EXPECT_EQ(code.limits().output_limit_bytes(), uint64_t{16} << 20);
  EXPECT_EQ(code.limits().process_limit_count(), 3u);
}

TEST(Encode, EveryFieldOfAMathReport) {
  Report report;
  report.Decide(Verdict::kAccepted, "equal");
  MathEvidence math;
  math.proof = MathEvidence::Proof::kWitness;
  math.rung = "ball";
  math.error_bound_log2 = -170;
  math.witness = Witness{"x = 1", "[1 +/- 0]", "[2 +/- 0]"};
  math.answer_begin_bytes = 3;
  math.answer_end_bytes = 7;
  math.answer_mark = "boxed";
  math.answer_text = "2";
  math.gold_text = "1";
  math.policies = {"percent"};
  math.operations_count = 12;
  report.evidence = math;
  const v1::Report report_wire = Encoded(report);
  EXPECT_EQ(report_wire.score(), 1.0);
  const v1::MathEvidence& wire = report_wire.math();
  EXPECT_EQ(wire.proof(), v1::MathEvidence::PROOF_WITNESS);
  EXPECT_EQ(wire.rung(), "ball");
  EXPECT_EQ(wire.error_bound_log2(), -170);
  EXPECT_EQ(wire.witness().point(), "x = 1");
  EXPECT_EQ(wire.witness().gold_value(), "[1 +/- 0]");
  EXPECT_EQ(wire.witness().answer_value(), "[2 +/- 0]");
  EXPECT_EQ(wire.answer_begin_bytes(), 3u);
  EXPECT_EQ(wire.answer_end_bytes(), 7u);
  EXPECT_EQ(wire.answer_mark(), "boxed");
  EXPECT_EQ(wire.answer_text(), "2");
  EXPECT_EQ(wire.gold_text(), "1");
  EXPECT_THAT(wire.policies(), ElementsAre("percent"));
  EXPECT_EQ(wire.operations_count(), 12u);
}

TEST(Encode, PlainEnumsEqualThoseOfTheWire) {
  for (int i = 0; i <= 11; ++i) {
    const std::string name = v1::Verdict_Name(static_cast<v1::Verdict>(i));
    EXPECT_EQ(name, "VERDICT_" + std::string(Name(static_cast<Verdict>(i))));
  }
  for (int i = 0; i <= 9; ++i) {
    const std::string name = v1::Cause_Name(static_cast<v1::Cause>(i));
    EXPECT_EQ(name, "CAUSE_" + std::string(Name(static_cast<Cause>(i))));
  }
  for (int i = 0; i <= 2; ++i) {
    EXPECT_EQ(v1::Integrity_Name(static_cast<v1::Integrity>(i)),
              "INTEGRITY_" + std::string(Name(static_cast<Integrity>(i))));
  }
  EXPECT_EQ(static_cast<int>(CodeEvidence::Way::kJoined),
            static_cast<int>(v1::CodeEvidence::WAY_JOINED));
  EXPECT_EQ(static_cast<int>(MathEvidence::Proof::kForm),
            static_cast<int>(v1::MathEvidence::PROOF_FORM));
}

TEST(Encode, AScoreIsThereOnlyWhereTheVerdictHasOne) {
  for (int i = 0; i <= 11; ++i) {
    Report report;
    report.verdict = static_cast<Verdict>(i);
    report.score = 0.25;  // A judge that forgot.
    EXPECT_EQ(Encoded(report).has_score(), HasScore(report.verdict)) << i;
  }
  Report report;
  report.Decide(Verdict::kWrongAnswer, "");
  EXPECT_TRUE(Encoded(report).has_score());
  report.score = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(Encoded(report).has_score());
}

TEST(Encode, ACauseIsThereOnlyForNoVerdict) {
  Report report;
  report.Refuse(Cause::kHost, "x");
  EXPECT_EQ(Encoded(report).cause(), v1::CAUSE_HOST);
  report.verdict = Verdict::kAccepted;
  EXPECT_EQ(Encoded(report).cause(), v1::CAUSE_UNSPECIFIED);
}

TEST(Encode, HostileTextsBecomeUtf8AndShort) {
  Report report = CodeReport();
  report.reason = "line\nbreak\x01 \xff " + std::string(10'000, 'r');
  CodeEvidence& code = std::get<CodeEvidence>(report.evidence);
  code.tests[0].stdout_head = std::string(3, '\xfe');
  code.compile_output = std::string(5'000'000, '\x80');
  const v1::Report wire = Encoded(report);
  EXPECT_EQ(wire.reason().substr(0, 11), "line break ");
  EXPECT_TRUE(IsUtf8(wire.reason()));
  EXPECT_LE(wire.reason().size(), kTextBytesMax);
  EXPECT_TRUE(IsUtf8(wire.code().tests(0).stdout_head()));
  EXPECT_LE(wire.code().compile_output().size(), kTextBytesMax);
}

TEST(Encode, AReportsTextsHaveABudget) {
  Report report = CodeReport();
  CodeEvidence& code = std::get<CodeEvidence>(report.evidence);
  code.tests.assign(1000, TestReport());
  for (TestReport& test : code.tests) {
    test.verdict = Verdict::kAccepted;
    test.stdout_head = std::string(4096, 'o');
    test.stderr_head = std::string(4096, 'e');
  }
  report.explanation.assign(100'000, "a line of explanation");
  const v1::Report wire = Encoded(report);
  EXPECT_EQ(wire.code().tests_size(), 1000);
  EXPECT_EQ(wire.code().passed_count(), 1000u);
  EXPECT_FALSE(wire.code().tests(0).stdout_truncated());
  EXPECT_TRUE(wire.code().tests(999).stdout_truncated());
  EXPECT_LE(wire.ByteSizeLong(), kTextBudgetBytes + 100'000);
  EXPECT_LE(wire.explanation_size(), kExplanationLinesMax);
  EXPECT_LE(Encoded(report, 0).ByteSizeLong(), 100'000u);
}

TEST(Encode, CapabilitiesShowAll) {
  Abilities abilities;
  abilities.languages = {
      {.name = "python",
       .available = true,
       .version = "Python 3",
       .test_kinds = {{"call", Integrity::kIsolated}}},
      {.name = "cpp", .unavailable_reason = "g++ not found"}};
  abilities.enforcement = "userns";
  abilities.missing_enforcement = {"landlock: kernel ABI 0"};
  abilities.evaluators = {"host"};
  abilities.comparisons = {"tokens/1"};
  abilities.code_lanes = 2;
  abilities.math_lanes = 3;
  v1::Capabilities wire;
  EncodeCapabilities(abilities, &wire);
  EXPECT_EQ(wire.verifier_version(), kVerifierVersion);
  ASSERT_EQ(wire.languages_size(), 2);
  EXPECT_TRUE(wire.languages(0).available());
  EXPECT_EQ(wire.languages(0).test_kinds().at("call"), v1::INTEGRITY_ISOLATED);
  EXPECT_EQ(wire.languages(1).unavailable_reason(), "g++ not found");
  EXPECT_EQ(wire.enforcement(), "userns");
  EXPECT_THAT(wire.missing_enforcement(),
              ElementsAre("landlock: kernel ABI 0"));
  EXPECT_THAT(wire.evaluators(), ElementsAre("host"));
  EXPECT_THAT(wire.comparisons(), ElementsAre("tokens/1"));
  EXPECT_EQ(wire.code_lanes_count(), 2u);
  EXPECT_EQ(wire.math_lanes_count(), 3u);
  EXPECT_EQ(wire.limits().message_bytes_max(), uint64_t{64} << 20);
  EXPECT_EQ(wire.limits().run_max().time_limit_ms(), 120'000u);
  EXPECT_EQ(wire.limits().run_default().time_limit_ms(), 10'000u);
}

}  // namespace
}  // namespace assay::server
