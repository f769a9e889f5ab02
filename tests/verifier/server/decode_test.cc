#include "verifier/server/decode.h"

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "proto/assay/v1/sample.pb.h"

namespace assay::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

Abilities SmallAbilities() {
  Abilities abilities;
  abilities.languages = {{.name = "python"}, {.name = "c"}, {.name = "cpp"}};
  abilities.bounds.tests_count_max = 10;
  abilities.bounds.sample_bytes_max = 100'000;
  return abilities;
}

v1::Sample Code() {
  v1::Sample sample;
  sample.set_id("c1");
  sample.set_problem("p");
  sample.set_source("s");
  v1::CodeSample& code = *sample.mutable_code();
  code.set_language("python");
  code.set_solution("print(1)");
  code.mutable_stdio()->add_tests()->set_expected_output("1");
  return sample;
}

v1::Sample Call() {
  v1::Sample sample = Code();
  v1::CallTests& call = *sample.mutable_code()->mutable_call();
  call.set_entry_point("Solution.f");
  v1::CallTest& test = *call.add_tests();
  test.set_arguments_json("[1, [2]]");
  test.set_expected_json("3");
  return sample;
}

v1::Sample Math() {
  v1::Sample sample;
  sample.set_id("m1");
  sample.mutable_math()->set_answer("1/2");
  sample.mutable_math()->add_gold("0.5");
  return sample;
}

Decoded DecodeOf(const v1::Sample& sample, uint64_t ordinal = 5) {
  return Decoder(SmallAbilities()).Decode(sample.SerializeAsString(), ordinal);
}

struct Row {
  const char* name;
  v1::Sample base;
  std::function<void(v1::Sample&)> spoil;
  const char* reason;
};

v1::Checker& CheckerOf(v1::Sample& sample) {
  return *sample.mutable_code()->mutable_stdio()->mutable_checker();
}

v1::StdioTests& StdioOf(v1::Sample& sample) {
  return *sample.mutable_code()->mutable_stdio();
}

v1::CallTest& CallOf(v1::Sample& sample) {
  return *sample.mutable_code()->mutable_call()->mutable_tests(0);
}

std::vector<Row> NameRows() {
  return {
      {"no id", Code(), [](auto& s) { s.clear_id(); }, "id: empty"},
      {"long id", Code(), [](auto& s) { s.set_id(std::string(513, 'i')); },
       "id: 513 bytes, at most 512"},
      {"NUL in id", Code(), [](auto& s) { s.set_id(std::string("a\0b", 3)); },
       "id: contains NUL"},
      {"long problem", Code(),
       [](auto& s) { s.set_problem(std::string(513, 'i')); },
       "problem: 513 bytes, at most 512"},
      {"NUL in source", Code(),
       [](auto& s) { s.set_source(std::string(1, '\0')); },
       "source: contains NUL"},
      {"many labels", Code(),
       [](auto& s) {
         for (int i = 0; i < 33; ++i) {
           (*s.mutable_labels())[std::to_string(i)] = "v";
         }
       },
       "labels: more than 32"},
      {"large labels", Code(),
       [](auto& s) { (*s.mutable_labels())["k"] = std::string(4096, 'v'); },
       "labels: 4097 bytes, at most 4096"},
      {"empty label", Code(), [](auto& s) { (*s.mutable_labels())[""] = "v"; },
       "labels: a key is empty"},
      {"no task", Code(), [](auto& s) { s.clear_task(); },
       "task: absent: give code or math"},
      {"too large", Code(),
       [](auto& s) {
         s.mutable_code()->set_solution(std::string(100'000, 'x'));
       },
       "sample: 1000"},
  };
}

std::vector<Row> CodeRows() {
  return {
      {"no language", Code(),
       [](auto& s) { s.mutable_code()->clear_language(); },
       "code.language: empty"},
      {"unknown language", Code(),
       [](auto& s) { s.mutable_code()->set_language("cob\"ol"); },
       "code.language: unknown language \"cob\\\"ol\"; known: c, cpp, python"},
      {"no program", Code(), [](auto& s) { s.mutable_code()->clear_program(); },
       "code.program: absent"},
      {"no tests", Code(), [](auto& s) { s.mutable_code()->clear_tests(); },
       "code.tests: absent"},
      {"zero stdio tests", Code(),
       [](auto& s) { s.mutable_code()->mutable_stdio()->clear_tests(); },
       "code.stdio.tests: zero tests"},
      {"many stdio tests", Code(),
       [](auto& s) {
         for (int i = 0; i < 10; ++i) {
           s.mutable_code()->mutable_stdio()->add_tests();
         }
       },
       "code.stdio.tests: more than 10"},
      {"unknown mode", Code(),
       [](auto& s) { CheckerOf(s).set_mode(v1::Checker::Mode(9)); },
       "code.stdio.checker.mode: unknown 9"},
      {"exact without case", Code(),
       [](auto& s) {
         CheckerOf(s).set_mode(v1::Checker::MODE_EXACT);
         CheckerOf(s).set_case_insensitive(true);
       },
       "code.stdio.checker.case_insensitive: not with MODE_EXACT"},
      {"NaN tolerance", Code(),
       [](auto& s) {
         CheckerOf(s).set_mode(v1::Checker::MODE_FLOAT);
         CheckerOf(s).set_absolute_tolerance(
             std::numeric_limits<double>::quiet_NaN());
       },
       "code.stdio.checker.absolute_tolerance: not finite"},
      {"infinite tolerance", Code(),
       [](auto& s) {
         CheckerOf(s).set_mode(v1::Checker::MODE_FLOAT);
         CheckerOf(s).set_relative_tolerance(
             std::numeric_limits<double>::infinity());
       },
       "code.stdio.checker.relative_tolerance: not finite"},
      {"negative tolerance of a test", Code(),
       [](auto& s) {
         v1::Checker& checker = *s.mutable_code()
                                     ->mutable_stdio()
                                     ->mutable_tests(0)
                                     ->mutable_checker();
         checker.set_mode(v1::Checker::MODE_FLOAT);
         checker.set_relative_tolerance(-1e-9);
       },
       "code.stdio.tests[0].checker.relative_tolerance: negative"},
      {"tolerance of tokens", Code(),
       [](auto& s) { CheckerOf(s).set_absolute_tolerance(1); },
       "code.stdio.checker.absolute_tolerance: only with MODE_FLOAT"},
      {"unordered tolerance", Code(),
       [](auto& s) {
         CheckerOf(s).set_mode(v1::Checker::MODE_UNORDERED);
         CheckerOf(s).set_relative_tolerance(1);
       },
       "code.stdio.checker.relative_tolerance: only with MODE_FLOAT"},
      {"negative weight", Code(),
       [](auto& s) { StdioOf(s).mutable_tests(0)->set_weight(-1); },
       "code.stdio.tests[0].weight: negative"},
      {"NaN weight", Code(),
       [](auto& s) { StdioOf(s).mutable_tests(0)->set_weight(NAN); },
       "code.stdio.tests[0].weight: not finite"},
      {"large weight", Code(),
       [](auto& s) { StdioOf(s).mutable_tests(0)->set_weight(1e7); },
       "code.stdio.tests[0].weight: more than 1e+06"},
      {"total weight 0", Code(),
       [](auto& s) { StdioOf(s).mutable_tests(0)->set_weight(0); },
       "code.stdio.tests: total weight 0"},
      {"selected weight 0", Code(),
       [](auto& s) {
         StdioOf(s).mutable_tests(0)->set_weight(0);
         StdioOf(s).add_tests();
         s.mutable_code()->set_stop(v1::STOP_POLICY_FIRST_TESTS);
         s.mutable_code()->set_stop_tests_count(1);
       },
       "code.stdio.tests: total weight 0"},
      {"first tests without a count", Code(),
       [](auto& s) { s.mutable_code()->set_stop(v1::STOP_POLICY_FIRST_TESTS); },
       "code.stop_tests_count: 0, at least 1"},
      {"a count without first tests", Code(),
       [](auto& s) { s.mutable_code()->set_stop_tests_count(3); },
       "code.stop_tests_count: only with STOP_POLICY_FIRST_TESTS"},
      {"many other outputs", Code(),
       [](auto& s) {
         for (int i = 0; i < 17; ++i) {
           StdioOf(s).mutable_tests(0)->add_other_outputs("x");
         }
       },
       "code.stdio.tests[0].other_outputs: more than 16"},
      {"judge of no language", Code(),
       [](auto& s) { StdioOf(s).mutable_judge()->set_source("x"); },
       "code.stdio.judge.language: empty"},
      {"judge of an unknown language", Code(),
       [](auto& s) { StdioOf(s).mutable_judge()->set_language("cobol"); },
       "code.stdio.judge.language: unknown language"},
      {"empty judge", Code(),
       [](auto& s) { StdioOf(s).mutable_judge()->set_language("c"); },
       "code.stdio.judge.source: empty"},
      {"judge and interactor", Code(),
       [](auto& s) {
         for (auto* program :
              {StdioOf(s).mutable_judge(), StdioOf(s).mutable_interactor()}) {
           program->set_language("c");
           program->set_source("x");
         }
       },
       "code.stdio.interactor: not with a judge"},
      {"judge and checker", Code(),
       [](auto& s) {
         StdioOf(s).mutable_judge()->set_language("c");
         StdioOf(s).mutable_judge()->set_source("x");
         CheckerOf(s).set_mode(v1::Checker::MODE_LINES);
       },
       "code.stdio.checker: not with a judge or interactor"},
      {"interactor and a test's checker", Code(),
       [](auto& s) {
         StdioOf(s).mutable_interactor()->set_language("c");
         StdioOf(s).mutable_interactor()->set_source("x");
         StdioOf(s).mutable_tests(0)->mutable_checker();
       },
       "code.stdio.tests[0].checker: not with a judge or interactor"},
      {"empty asserts", Code(),
       [](auto& s) { s.mutable_code()->mutable_asserts()->set_code(" \n\t"); },
       "code.asserts.code: empty"},
      {"odd entry point", Code(),
       [](auto& s) {
         s.mutable_code()->mutable_asserts()->set_code("assert f()");
         s.mutable_code()->mutable_asserts()->set_entry_point("f(); x");
       },
       "code.asserts.entry_point: not a name"},
      {"unknown integrity", Code(),
       [](auto& s) { s.mutable_code()->set_min_integrity(v1::Integrity(7)); },
       "code.min_integrity: unknown 7"},
      {"unknown stop", Code(),
       [](auto& s) { s.mutable_code()->set_stop(v1::StopPolicy(7)); },
       "code.stop: unknown 7"},
  };
}

std::vector<Row> CallRows() {
  return {
      {"no entry point", Call(),
       [](auto& s) { s.mutable_code()->mutable_call()->clear_entry_point(); },
       "code.call.entry_point: empty"},
      {"long entry point", Call(),
       [](auto& s) {
         s.mutable_code()->mutable_call()->set_entry_point(
             std::string(513, 'f'));
       },
       "code.call.entry_point: 513 bytes, at most 512"},
      {"zero call tests", Call(),
       [](auto& s) { s.mutable_code()->mutable_call()->clear_tests(); },
       "code.call.tests: zero tests"},
      {"no arguments", Call(),
       [](auto& s) { CallOf(s).clear_arguments_json(); },
       "code.call.tests[0].arguments_json: empty"},
      {"arguments no array", Call(),
       [](auto& s) { CallOf(s).set_arguments_json("3"); },
       "code.call.tests[0].arguments_json: not a JSON array"},
      {"arguments no JSON", Call(),
       [](auto& s) { CallOf(s).set_arguments_json("[3,]"); },
       "code.call.tests[0].arguments_json: not JSON at byte 3"},
      {"deep arguments", Call(),
       [](auto& s) { CallOf(s).set_arguments_json(std::string(50'000, '[')); },
       "code.call.tests[0].arguments_json: nested deeper than 512"},
      {"keywords no object", Call(),
       [](auto& s) { CallOf(s).set_keyword_arguments_json("[]"); },
       "code.call.tests[0].keyword_arguments_json: not a JSON object"},
      {"infinite weight", Call(),
       [](auto& s) { CallOf(s).set_weight(INFINITY); },
       "code.call.tests[0].weight: not finite"},
      {"call weight 0", Call(), [](auto& s) { CallOf(s).set_weight(0); },
       "code.call.tests: total weight 0"},
      {"no expected value", Call(),
       [](auto& s) { CallOf(s).clear_expected_json(); },
       "code.call.tests[0].expected_json: empty"},
      {"python's repr", Call(),
       [](auto& s) { CallOf(s).set_expected_json("True"); },
       "code.call.tests[0].expected_json: not JSON at byte 0"},
  };
}

std::vector<Row> LimitRows() {
  const auto limits = [](v1::Sample& s) -> v1::Limits& {
    return *s.mutable_code()->mutable_limits();
  };
  return {
      {"no time", Code(), [=](auto& s) { limits(s).set_time_limit_ms(0); },
       "code.limits.time_limit_ms: 0, at least 1"},
      {"much time", Code(),
       [=](auto& s) { limits(s).set_time_limit_ms(120'001); },
       "code.limits.time_limit_ms: 120001, at most 120000"},
      {"no memory", Code(),
       [=](auto& s) { limits(s).set_memory_limit_bytes(0); },
       "code.limits.memory_limit_bytes: 0, at least 1048576"},
      {"memory in which nothing runs", Code(),
       [=](auto& s) { limits(s).set_memory_limit_bytes((1 << 20) - 1); },
       "code.limits.memory_limit_bytes: 1048575, at least 1048576"},
      {"much memory", Code(),
       [=](auto& s) { limits(s).set_memory_limit_bytes(~uint64_t{0}); },
       "code.limits.memory_limit_bytes: 18446744073709551615, at most"},
      {"no output", Code(),
       [=](auto& s) { limits(s).set_output_limit_bytes(0); },
       "code.limits.output_limit_bytes: 0, at least 1"},
      {"much output", Code(),
       [=](auto& s) { limits(s).set_output_limit_bytes(uint64_t{1} << 40); },
       "code.limits.output_limit_bytes: 1099511627776, at most"},
      {"no processes", Code(),
       [=](auto& s) { limits(s).set_process_limit_count(0); },
       "code.limits.process_limit_count: 0, at least 1"},
      {"many processes", Code(),
       [=](auto& s) { limits(s).set_process_limit_count(257); },
       "code.limits.process_limit_count: 257, at most 256"},
  };
}

std::vector<Row> MathRows() {
  return {
      {"no candidate", Math(),
       [](auto& s) { s.mutable_math()->clear_candidate(); },
       "math.candidate: absent"},
      {"no gold", Math(), [](auto& s) { s.mutable_math()->clear_gold(); },
       "math.gold: absent"},
      {"many golds", Math(),
       [](auto& s) {
         for (int i = 0; i < 16; ++i) s.mutable_math()->add_gold("1");
       },
       "math.gold: more than 16"},
      {"many options", Math(),
       [](auto& s) {
         for (int i = 0; i < 65; ++i) s.mutable_math()->add_options("1");
       },
       "math.options: more than 64"},
      {"unknown domain", Math(),
       [](auto& s) {
         s.mutable_math()->mutable_policy()->set_domain(
             v1::MathPolicy::Domain(5));
       },
       "math.policy.domain: unknown 5"},
  };
}

TEST(Decode, EveryFaultNamesItsField) {
  for (const auto& rows :
       {NameRows(), CodeRows(), CallRows(), LimitRows(), MathRows()}) {
    for (const Row& row : rows) {
      v1::Sample sample = row.base;
      ASSERT_TRUE(DecodeOf(sample).sample.has_value()) << row.name;
      row.spoil(sample);
      const Decoded decoded = DecodeOf(sample);
      ASSERT_FALSE(decoded.sample.has_value()) << row.name;
      const Report& report = decoded.refusal;
      EXPECT_EQ(report.verdict, Verdict::kNoVerdict) << row.name;
      EXPECT_EQ(report.cause, Cause::kInvalidSample) << row.name;
      EXPECT_FALSE(report.score.has_value()) << row.name;
      EXPECT_EQ(report.ordinal, 5u) << row.name;
      EXPECT_THAT(report.reason, HasSubstr(row.reason)) << row.name;
      if (std::string(row.reason).rfind("id:", 0) != 0) {
        EXPECT_EQ(report.id, sample.id()) << row.name;
      }
    }
  }
}

TEST(Decode, NulBytesStayInTexts) {
  v1::Sample sample = Code();
  sample.mutable_code()->set_solution(std::string("a\0b", 3));
  const Decoded decoded = DecodeOf(sample);
  ASSERT_TRUE(decoded.sample.has_value());
  EXPECT_EQ(std::get<CodeSample>(decoded.sample->task).program.size(), 3u);
}

TEST(Decode, EmptyCandidatesAreForTheJudge) {
  v1::Sample code = Code();
  code.mutable_code()->set_solution("");
  EXPECT_TRUE(DecodeOf(code).sample.has_value());
  v1::Sample math = Math();
  math.mutable_math()->set_response("");
  EXPECT_TRUE(DecodeOf(math).sample.has_value());
}

TEST(Decode, CodeFieldsArriveAsTheyWereSent) {
  v1::Sample sample = Code();
  sample.set_explain(true);
  (*sample.mutable_labels())["b"] = "2";
  (*sample.mutable_labels())["a"] = "1";
  v1::CodeSample& wire = *sample.mutable_code();
  wire.set_response("```python\n```");
  wire.set_min_integrity(v1::INTEGRITY_ISOLATED);
  wire.set_stop(v1::STOP_POLICY_FIRST_FAILURE);
  wire.set_partial_credit(true);
  wire.set_report_output(true);
  wire.mutable_limits()->set_time_limit_ms(1500);
  wire.mutable_limits()->set_memory_limit_bytes(1 << 20);
  wire.mutable_limits()->set_output_limit_bytes(17);
  wire.mutable_limits()->set_process_limit_count(3);
  CheckerOf(sample).set_case_insensitive(true);
  v1::StdioTest& second = *wire.mutable_stdio()->add_tests();
  second.set_input("in");
  second.mutable_checker()->set_mode(v1::Checker::MODE_FLOAT);
  second.mutable_checker()->set_relative_tolerance(0.25);
  const Decoded decoded = DecodeOf(sample);
  ASSERT_TRUE(decoded.sample.has_value()) << decoded.refusal.reason;
  EXPECT_EQ(decoded.sample->id, "c1");
  EXPECT_EQ(decoded.sample->problem, "p");
  EXPECT_EQ(decoded.sample->source, "s");
  EXPECT_EQ(decoded.sample->ordinal, 5u);
  EXPECT_TRUE(decoded.sample->explain);
  EXPECT_THAT(decoded.sample->labels,
              ElementsAre(Pair("a", "1"), Pair("b", "2")));
  const CodeSample& code = std::get<CodeSample>(decoded.sample->task);
  EXPECT_EQ(code.language, "python");
  EXPECT_EQ(code.program, "```python\n```");
  EXPECT_TRUE(code.is_response);
  EXPECT_EQ(code.min_integrity, Integrity::kIsolated);
  EXPECT_EQ(code.stop, StopPolicy::kFirstFailure);
  EXPECT_TRUE(code.partial_credit);
  EXPECT_TRUE(code.report_output);
  EXPECT_EQ(code.limits.time, absl::Milliseconds(1500));
  EXPECT_EQ(code.limits.memory_bytes, 1 << 20);
  EXPECT_EQ(code.limits.output_bytes, 17);
  EXPECT_EQ(code.limits.process_count, 3);
  const StdioTests& tests = std::get<StdioTests>(code.tests);
  ASSERT_EQ(tests.tests.size(), 2u);
  EXPECT_EQ(tests.tests[0].expected_output, "1");
  EXPECT_EQ(tests.tests[0].checker.mode, Checker::Mode::kTokens);
  EXPECT_TRUE(tests.tests[0].checker.case_insensitive);
  EXPECT_EQ(tests.tests[1].input, "in");
  EXPECT_EQ(tests.tests[1].checker.mode, Checker::Mode::kFloat);
  EXPECT_EQ(tests.tests[1].checker.relative_tolerance, 0.25);
  EXPECT_EQ(tests.tests[1].checker.absolute_tolerance, 1e-9);
  EXPECT_FALSE(tests.tests[1].checker.case_insensitive);
}

TEST(Decode, DefaultsAreTheOperators) {
  Abilities abilities = SmallAbilities();
  abilities.bounds.run_default.time = absl::Seconds(3);
  const Decoded decoded =
      Decoder(abilities).Decode(Code().SerializeAsString(), 0);
  const CodeSample& code = std::get<CodeSample>(decoded.sample->task);
  EXPECT_EQ(code.limits.time, absl::Seconds(3));
  EXPECT_EQ(code.min_integrity, Integrity::kShared);
  EXPECT_EQ(code.stop, StopPolicy::kAll);
}

TEST(Decode, CallAndAssertFieldsArrive) {
  v1::Sample sample = Call();
  CallOf(sample).set_keyword_arguments_json("{\"k\": 1}");
  Decoded decoded = DecodeOf(sample);
  const CallTests& call =
      std::get<CallTests>(std::get<CodeSample>(decoded.sample->task).tests);
  EXPECT_EQ(call.entry_point, "Solution.f");
  ASSERT_EQ(call.tests.size(), 1u);
  EXPECT_EQ(call.tests[0].arguments_json, "[1, [2]]");
  EXPECT_EQ(call.tests[0].keyword_arguments_json, "{\"k\": 1}");
  EXPECT_EQ(call.tests[0].expected_json, "3");
  sample.mutable_code()->mutable_asserts()->set_code("assert f() == 1");
  sample.mutable_code()->mutable_asserts()->set_entry_point("f");
  decoded = DecodeOf(sample);
  const AssertTests& asserts =
      std::get<AssertTests>(std::get<CodeSample>(decoded.sample->task).tests);
  EXPECT_EQ(asserts.code, "assert f() == 1");
  EXPECT_EQ(asserts.entry_point, "f");
}

TEST(Decode, MathFieldsArrive) {
  v1::Sample sample = Math();
  v1::MathSample& wire = *sample.mutable_math();
  wire.set_response("so it is 1/2");
  wire.add_gold("1/2");
  wire.add_options("x");
  wire.add_options("y");
  wire.set_choice(true);
  wire.set_question("q?");
  wire.mutable_policy()->set_domain(v1::MathPolicy::DOMAIN_COMPLEX);
  wire.mutable_policy()->set_strict(true);
  wire.mutable_policy()->set_strict_domain(true);
  wire.mutable_policy()->set_ordered_lists(true);
  wire.mutable_policy()->set_exact_decimals(true);
  wire.mutable_policy()->set_optional_constant(true);
  const Decoded decoded = DecodeOf(sample);
  const MathSample& math = std::get<MathSample>(decoded.sample->task);
  EXPECT_EQ(math.candidate, "so it is 1/2");
  EXPECT_TRUE(math.is_response);
  EXPECT_THAT(math.golds, ElementsAre("0.5", "1/2"));
  EXPECT_THAT(math.options, ElementsAre("x", "y"));
  EXPECT_TRUE(math.choice);
  EXPECT_EQ(math.question, "q?");
  EXPECT_EQ(math.policy.domain, MathPolicy::Domain::kComplex);
  EXPECT_TRUE(math.policy.strict);
  EXPECT_TRUE(math.policy.strict_domain);
  EXPECT_TRUE(math.policy.ordered_lists);
  EXPECT_TRUE(math.policy.exact_decimals);
  EXPECT_TRUE(math.policy.optional_constant);
}

}  // namespace
}  // namespace assay::server
