// Call tests of JavaScript and TypeScript: arguments and expectations in JSON.
#include "tests/verifier/code/lift/script_rows.h"

namespace assay::code {
namespace {

struct CallRow {
  const char* name;
  const char* solution;
  const char* arguments;
  const char* expected;
  Verdict verdict;
};

Report Call(const char* language, const char* solution,
            std::vector<CallTest> tests) {
  CodeSample code;
  code.language = language;
  code.program = solution;
  CallTests calls;
  calls.entry_point = "f";
  calls.tests = std::move(tests);
  code.tests = std::move(calls);
  return Judging::Get().Verify(std::move(code));
}

CallTest Expect(const char* arguments, const char* expected) {
  CallTest test;
  test.arguments_json = arguments;
  test.expected_json = expected;
  return test;
}

class JavaScriptCall : public ::testing::TestWithParam<CallRow> {};

TEST_P(JavaScriptCall, Verdict) {
  if (!Offered("javascript")) GTEST_SKIP() << "no node here";
  const CallRow& row = GetParam();
  const Report report =
      Call("javascript", row.solution, {Expect(row.arguments, row.expected)});
  EXPECT_EQ(Name(report.verdict), Name(row.verdict)) << report.reason;
  EXPECT_EQ(EvidenceOf(report).integrity, Integrity::kIsolated);
  EXPECT_EQ(EvidenceOf(report).comparison, "javascript-values/1");
}

constexpr CallRow kCallRows[] = {
    {"numbers", "const f = (x) => x * 2;", "[2]", "4.0", kPass},
    {"integral", "const f = (x) => x / 2;", "[2.0]", "1", kPass},
    {"true_is_not_one", "const f = () => 1;", "[]", "true", kWrong},
    {"one_is_not_true", "const f = () => true;", "[]", "1", kWrong},
    {"negative_zero", "const f = () => -0;", "[]", "0", kPass},
    {"nan", "const f = () => NaN;", "[]", "0", kWrong},
    {"nan_is_not_null", "const f = () => NaN;", "[]", "null", kWrong},
    {"nothing", "const f = () => {};", "[]", "null", kPass},
    {"null", "const f = (x) => x;", "[null]", "null", kPass},
    {"null_is_not_zero", "const f = () => null;", "[]", "0", kWrong},
    {"beyond_doubles", "const f = (x) => x;", "[12345678901234567890]",
     "12345678901234567891", kPass},
    {"bigint", "const f = () => 2n ** 64n;", "[]", "18446744073709551616",
     kPass},
    {"bigint_off_by_one", "const f = () => 2n ** 64n + 1n;", "[]",
     "18446744073709551616", kWrong},
    {"negative_bigint", "const f = () => -256n;", "[]", "-256", kPass},
    {"texts", "const f = (s) => s + '\\ud83d\\ude00';", "[\"\\u00e9\"]",
     "\"\\u00e9\\ud83d\\ude00\"", kPass},
    {"text_is_no_number", "const f = () => '1';", "[]", "1", kWrong},
    {"nested", "const f = (x) => ({b: [x], a: {c: null}});", "[[1, \"x\"]]",
     "{\"a\": {\"c\": null}, \"b\": [[1, \"x\"]]}", kPass},
    {"member_too_many", "const f = () => ({a: 1, b: 2});", "[]", "{\"a\": 1}",
     kWrong},
    {"undefined_member", "const f = () => ({a: 1, b: undefined});", "[]",
     "{\"a\": 1}", kPass},
    {"order", "const f = () => [2, 1];", "[]", "[1, 2]", kWrong},
    {"map", "const f = () => new Map([['a', 1]]);", "[]", "{\"a\": 1}", kWrong},
    {"set", "const f = () => new Set([1]);", "[]", "[1]", kWrong},
    {"object_of_a_class",
     "class P { constructor() { this.x = 1; } } const f = () => new P();", "[]",
     "{\"x\": 1}", kPass},
    {"asynchronous",
     "const f = async (x) => { await new Promise((r) => setTimeout(r, 2));"
     "return [x]; };",
     "[1]", "[1]", kPass},
    {"exported", "module.exports = {f: (x) => x};", "[1]", "1", kPass},
    {"throws", "const f = () => null.x;", "[]", "1", kRaise},
    {"missing", "const g = 1;", "[]", "1", kRaise},
    {"no_program", "const f = (;", "[]", "1", kBuild},
    {"exits", "const f = () => process.exit(0);", "[]", "1", kRaise},
    {"prints", "console.log('1'); const f = () => 1;", "[]", "1", kPass},
    {"cyclic", "const f = () => { const a = []; a.push(a); return a; };", "[]",
     "[]", kWrong},
    {"equal_to_all", "const f = () => ({valueOf: () => 1});", "[]", "1",
     kWrong},
    {"forged_frames",
     "require('fs').writeSync(4, Buffer.from([255, 255, 255, 255])); const f "
     "= () => 1;",
     "[]", "1", kRaise},
};

INSTANTIATE_TEST_SUITE_P(Rows, JavaScriptCall, ::testing::ValuesIn(kCallRows),
                         [](const ::testing::TestParamInfo<CallRow>& info) {
                           return std::string(info.param.name);
                         });

TEST(JavaScriptCalls, EachHasItsVerdict) {
  if (!Offered("javascript")) GTEST_SKIP() << "no node here";
  const Report report =
      Call("javascript", "const f = (x) => { if (x > 1) throw 7; return x; };",
           {Expect("[1]", "1"), Expect("[0]", "1"), Expect("[2]", "2")});
  const std::vector<TestReport>& tests = EvidenceOf(report).tests;
  ASSERT_EQ(tests.size(), 3u);
  EXPECT_EQ(tests[0].verdict, kPass);
  EXPECT_EQ(tests[1].verdict, kWrong);
  EXPECT_EQ(tests[2].verdict, kRaise);
}

TEST(JavaScriptCalls, HaveNoKeywords) {
  if (!Offered("javascript")) GTEST_SKIP() << "no node here";
  CallTest test = Expect("[]", "1");
  test.keyword_arguments_json = "{\"x\": 1}";
  const Report report = Call("javascript", "const f = () => 1;", {test});
  EXPECT_EQ(report.cause, Cause::kInvalidSample) << report.reason;
}

TEST(TypeScriptCalls, AreAnswered) {
  if (!Offered("typescript")) GTEST_SKIP() << "no tsc here";
  const char* kSolution =
      "export function f(x: number[]): number { return x.length; }";
  EXPECT_EQ(Call("typescript", kSolution, {Expect("[[1, 2]]", "2")}).verdict,
            kPass);
  EXPECT_EQ(Call("typescript", kSolution, {Expect("[[1, 2]]", "3")}).verdict,
            kWrong);
}

}  // namespace
}  // namespace assay::code
