// TypeScript tests: types are dropped, and JavaScript is judged.
#include "tests/verifier/code/lift/script_rows.h"

namespace assay::code {
namespace {

class TypeScriptLift : public ::testing::TestWithParam<ScriptRow> {};

TEST_P(TypeScriptLift, Verdict) { JudgeRow("typescript", GetParam()); }

#define ASSERT \
  "declare var require: any;\nconst assert = require('node:assert');\n"

constexpr ScriptRow kRows[] = {
    {"right", "function f(x: number): number[] { return [x, x]; }",
     ASSERT "let candidate = f;\nassert.deepEqual(candidate(1), [1, 1]);",
     kPass},
    {"wrong", "function f(x: number): number { return x; }",
     ASSERT "assert.deepEqual(f(1), 2);", kWrong},
    {"types_that_are_wrong",
     "const f = (x: string): number => x as any * 2; const y: number = 'a';",
     ASSERT "assert.equal(f(2), 4);", kPass},
    {"exported",
     "export interface P { x: number }\nexport enum C { A, B = 'b' }\n"
     "export function f(p: P): C { return p.x ? C.A : C.B; }\n"
     "export default class Q<T> { constructor(private v: T) {} get(): T { "
     "return this.v; } }",
     ASSERT "assert.equal(f({x: 0}), 'b'); assert.equal(f({x: 1}), C.A);",
     kPass},
    {"imports",
     "import * as util from 'util';\nexport const f = (x: unknown): string => "
     "util.inspect(x);",
     "import assert from 'node:assert';\nassert.strictEqual(f([1]), '[ 1 ]');",
     kPass},
    {"class",
     "class Box<T> { private items: T[] = []; add(x: T): this { "
     "this.items.push(x); return this; } get size(): number { return "
     "this.items.length; } }",
     ASSERT "assert.equal(new Box<number>().add(1).add(2).size, 2);", kPass},
    {"throws", "function f(x: any): number { return x.y.z; }",
     ASSERT "assert.equal(f({}), 1);", kRaise},
    {"no_program", "function f(x: number: number { return x; }",
     ASSERT "assert.equal(f(1), 1);", kBuild},
    {"open_comment", "const f = () => 1; /*", ASSERT "assert.equal(f(), 1);",
     kBuild},
    {"missing", "const g = () => 1;", ASSERT "assert.equal(f(), 1);", kRaise},
    {"patched",
     "import a = require('assert'); (a as any).equal = () => {}; function f() "
     "{ return 2; }",
     ASSERT "assert.equal(f(), 1);", kWrong},
};

INSTANTIATE_TEST_SUITE_P(Rows, TypeScriptLift, ::testing::ValuesIn(kRows),
                         NameOf);

TEST(TypeScript, Stdio) {
  if (!Offered("typescript")) GTEST_SKIP() << "no tsc here";
  std::vector<StdioTest> tests(1);
  tests[0].input = "1 2\n";
  tests[0].expected_output = "3\n";
  const char* kSum =
      "import * as fs from 'fs';\nconst [a, b]: number[] = "
      "fs.readFileSync(0, 'utf8').split(' ').map(Number);\n"
      "console.log(a + b);";
  EXPECT_EQ(Judging::Get().Stdio("typescript", kSum, tests).verdict, kPass);
  EXPECT_EQ(
      Judging::Get().Stdio("typescript", "console.log(4);", tests).verdict,
      kWrong);
  EXPECT_EQ(Judging::Get().Stdio("typescript", "let x: = 3;", tests).verdict,
            kBuild);
}

}  // namespace
}  // namespace assay::code
