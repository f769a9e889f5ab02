#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "clients/cli/import_cases.h"
#include "clients/cli/sample_line.h"

namespace assay::cli {
namespace {

using testing::HasSubstr;

v1::Sample Import(const std::string& row) {
  const auto sample = SampleFromCase(row);
  EXPECT_TRUE(sample.ok()) << sample.status();
  return sample.ok() ? *sample : v1::Sample();
}

TEST(ImportCases, AFunctionRowBecomesAsserts) {
  const v1::Sample sample = Import(
      R"({"id":"a/b\u00e9","problem_id":"p","source":"s","language":"python",)"
      R"("kind":"function","solution":"def f(): pass",)"
      R"("tests":"assert f() == 1",)"
      R"("entry_point":"f","time_limit_s":1.5,"memory_limit_mb":512,)"
      R"("expected_verdict":"FAIL","acceptable_verdicts":["FAIL","RE"],)"
      R"("origin":"mutant"})");
  EXPECT_EQ(sample.id(), "a/b\xc3\xa9");
  EXPECT_EQ(sample.problem(), "p");
  EXPECT_EQ(sample.source(), "s");
  EXPECT_EQ(sample.code().asserts().code(), "assert f() == 1");
  EXPECT_EQ(sample.code().asserts().entry_point(), "f");
  EXPECT_EQ(sample.code().limits().time_limit_ms(), 1500u);
  EXPECT_EQ(sample.code().limits().memory_limit_bytes(), 512u << 20);
  EXPECT_EQ(sample.labels().at("expected"), "FAIL");
  EXPECT_EQ(sample.labels().at("acceptable"), "FAIL|RE");
  EXPECT_EQ(sample.labels().at("origin"), "mutant");
  EXPECT_FALSE(sample.code().report_output());
}

TEST(ImportCases, AStdioRowKeepsEveryTestsChecker) {
  const v1::Sample sample =
      Import(R"({"id":"a","problem_id":"p","language":"cpp","kind":"stdio",)"
             R"("solution":"","tests":[)"
             R"({"stdin":"1","expected_stdout":"2","checker":{"type":"tokens",)"
             R"("case_insensitive":true}},)"
             R"({"stdin":"","expected_stdout":"","checker":{"type":"float",)"
             R"("tolerance":1e-6}},{"stdin":"x","expected_stdout":"y"}]})");
  const v1::StdioTests& tests = sample.code().stdio();
  ASSERT_EQ(tests.tests_size(), 3);
  EXPECT_EQ(tests.tests(0).input(), "1");
  EXPECT_EQ(tests.tests(0).checker().mode(), v1::Checker::MODE_TOKENS);
  EXPECT_TRUE(tests.tests(0).checker().case_insensitive());
  EXPECT_EQ(tests.tests(1).checker().mode(), v1::Checker::MODE_FLOAT);
  EXPECT_EQ(tests.tests(1).checker().absolute_tolerance(), 1e-6);
  EXPECT_EQ(tests.tests(1).checker().relative_tolerance(), 1e-6);
  EXPECT_EQ(tests.tests(2).checker().mode(), v1::Checker::MODE_TOKENS);
  EXPECT_FALSE(sample.code().has_limits() &&
               sample.code().limits().has_time_limit_ms());
}

TEST(ImportCases, AnAttackAsksForItsOutput) {
  const v1::Sample sample = Import(
      R"({"id":"x","language":"c","kind":"stdio","source_code":"int main;",)"
      R"("tests":[{"stdin":"1","expected_stdout":"2"}],"category":"resource",)"
      R"("acceptable_verdicts":["FAIL","TLE"],"checks":["service_alive"]})");
  EXPECT_EQ(sample.code().solution(), "int main;");
  EXPECT_TRUE(sample.code().report_output());
  EXPECT_EQ(sample.labels().at("expected"), "FAIL");
  EXPECT_EQ(sample.labels().at("checks"), "service_alive");
  EXPECT_EQ(sample.labels().at("category"), "resource");
  const v1::Sample may_pass = Import(
      R"({"id":"x","language":"c","kind":"stdio","source_code":"","tests":)"
      R"([{"stdin":"","expected_stdout":""}],"acceptable_verdicts":["PASS"]})");
  EXPECT_EQ(may_pass.labels().count("expected"), 0u);
}

TEST(ImportCases, MathematicsByForm) {
  struct {
    const char* form;
    bool answer;
  } const kRows[] = {
      {"bare", true}, {"text", false}, {"text-gold-bare", false}};
  for (const auto& row : kRows) {
    const v1::Sample sample =
        Import(std::string(R"({"id":"m","gold":"1","prediction":"$1$",)") +
               R"("form":")" + row.form + R"(","expected":false,)" +
               R"("options":{"kind":"choice"},"debatable":true})");
    EXPECT_EQ(sample.math().has_answer(), row.answer) << row.form;
    EXPECT_EQ(sample.math().has_response(), !row.answer) << row.form;
    EXPECT_TRUE(sample.math().choice());
    EXPECT_EQ(sample.math().gold(0), "1");
    EXPECT_EQ(sample.labels().at("expected"), "FAIL");
    EXPECT_EQ(sample.labels().at("debatable"), "true");
  }
}

TEST(ImportCases, AModelsOutputIsAResponse) {
  const v1::Sample sample = Import(
      R"({"id":"o","source":"s","model":"m","problem":"What?",)"
      R"("gold_answer":"4","model_output_text":"So 4.","is_correct":true})");
  EXPECT_EQ(sample.math().response(), "So 4.");
  EXPECT_EQ(sample.math().gold(0), "4");
  EXPECT_EQ(sample.math().question(), "What?");
  EXPECT_EQ(sample.labels().at("model"), "m");
  EXPECT_EQ(sample.labels().at("expected"), "PASS");
}

TEST(ImportCases, RowsThatAreNotUnderstoodNameTheirField) {
  struct {
    std::string row;
    const char* why;
  } const kRows[] = {
      {"", "not JSON"},
      {"[1]", "not an object"},
      {"{}", "id"},
      {R"({"id":3})", "id: not a string"},
      {R"({"id":"a"})", "no known kind"},
      {R"({"id":"a","source":4})", "source"},
      {R"({"id":"a","solution":"","tests":"","language":"c"})", "kind"},
      {R"({"id":"a","solution":"","tests":"","language":"c","kind":"odd"})",
       "unknown kind 'odd'"},
      {R"({"id":"a","solution":"","tests":"x","language":"c","kind":"stdio"})",
       "tests: not an array"},
      {R"({"id":"a","solution":"","tests":[{"stdin":""}],"language":"c",)"
       R"("kind":"stdio"})",
       "tests[0]: expected_stdout"},
      {R"({"id":"a","solution":"","tests":[{"stdin":"","expected_stdout":"",)"
       R"("checker":{"type":"odd"}}],"language":"c","kind":"stdio"})",
       "unknown checker 'odd'"},
      {R"({"id":"a","solution":"","tests":"","language":"c","kind":"assert",)"
       R"("time_limit_s":-1})",
       "time_limit_s"},
      {R"({"id":"a","gold":"1","prediction":"1","form":"odd"})",
       "unknown form 'odd'"},
      {R"({"id":"a","gold":1,"prediction":"1","form":"bare"})", "gold"},
      {"{\"id\":\"a\",\"gold\":\"\xff\"}", "invalid UTF-8"},
      {std::string(100000, '['), "not JSON"},
  };
  for (const auto& row : kRows) {
    const auto sample = SampleFromCase(row.row);
    ASSERT_FALSE(sample.ok()) << row.row.substr(0, 100);
    EXPECT_THAT(std::string(sample.status().message()), HasSubstr(row.why));
  }
}

// Every labelled row must become a sample whose id is that of the row.
TEST(ImportCases, AllRowsOfTheCases) {
  const char* variable = getenv("ASSAY_CASES");
  const std::string folder =
      variable != nullptr ? variable : ASSAY_SOURCE_DIR "/../shared/data";
  int rows_count = 0;
  for (const char* name : {"code_cases_dev", "math_cases_dev",
                           "math_model_outputs_dev", "attacks_dev"}) {
    std::ifstream file(folder + "/" + name + ".jsonl");
    std::string line;
    while (std::getline(file, line)) {
      const auto sample = SampleFromCase(line);
      ASSERT_TRUE(sample.ok()) << name << ": " << sample.status();
      ++rows_count;
      v1::Sample back;
      ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(
                      ToJsonLine(*sample), &back)
                      .ok());
      EXPECT_EQ(back.id(), sample->id());
      EXPECT_GE(
          back.labels().count("expected") + back.labels().count("acceptable"),
          1u)
          << back.id();
    }
  }
  if (rows_count == 0) GTEST_SKIP() << "no labelled cases in " << folder;
}

}  // namespace
}  // namespace assay::cli
