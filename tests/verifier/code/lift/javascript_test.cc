// JavaScript tests in a process without the program: what crosses, and what
// gets nobody through.
#include "tests/verifier/code/lift/script_rows.h"

namespace assay::code {
namespace {

#define ASSERT "const assert = require('node:assert');\n"

using Row = ScriptRow;

class JavaScriptLift : public ::testing::TestWithParam<Row> {};

TEST_P(JavaScriptLift, Verdict) { JudgeRow("javascript", GetParam()); }

constexpr Row kValues[] = {
    {"numbers", "const f = (x) => -x;",
     ASSERT "assert(Object.is(f(0), -0)); assert(Object.is(f(NaN), NaN));"
            "assert.strictEqual(f(Infinity), -Infinity);"
            "assert.strictEqual(f(5e-324), -5e-324);"
            "assert.strictEqual(f(0.1), -0.1);"
            "assert.strictEqual(f(1e21), -1e21);",
     kPass},
    {"zero_is_signed", "const f = (x) => 0;",
     ASSERT "assert(Object.is(f(1), -0));", kWrong},
    {"big_integers", "function f(x) { return x ** 3n; }",
     ASSERT "assert.strictEqual(f((-10n) ** 21n), -(10n ** 63n));", kPass},
    {"undefined_is_not_null", "function f() {}",
     ASSERT "assert.strictEqual(f(), undefined);"
            "assert.throws(() => assert.deepStrictEqual(f(), null));",
     kPass},
    {"nothing_equals_null", "function f() {}",
     ASSERT "assert.deepEqual(f(), null); assert.strictEqual(f(), null);",
     kWrong},
    {"texts", "const f = (s) => s + s;",
     ASSERT "assert.equal(f('\\u00e9 %\\n'), '\\u00e9 %\\n\\u00e9 %\\n');"
            "assert.equal(f('\\ud83d\\ude00'), '\\u{1f600}\\u{1f600}');"
            "assert.equal(f(''), ''); assert.equal(f('\\0'), '\\0\\0');",
     kPass},
    {"lone_surrogates", "const f = (s) => [s + 'x', s.length];",
     ASSERT "assert.deepEqual(f('a\\ud800'), ['a\\ud800x', 2]);"
            "assert.deepEqual(f('\\udfff\\u00e9'), ['\\udfff\\u00e9x', 2]);"
            "assert.deepEqual(f('\\udc00\\ud800'), ['\\udc00\\ud800x', 2]);",
     kPass},
    {"halves_join", "const f = (a, b) => a + b;",
     ASSERT "assert.equal(f('\\ud83d', '\\ude00'), '\\u{1f600}');", kPass},
    {"nested", "const f = (x) => [x, [x, {a: [x], b: null}], {}];",
     ASSERT "assert.deepStrictEqual(f(1), [1, [1, {a: [1], b: null}], {}]);",
     kPass},
    {"json_text", "const f = () => ({b: 1, a: [undefined, NaN], 2: 'x'});",
     "if (JSON.stringify(f()) !== '{\"2\":\"x\",\"b\":1,\"a\":[null,null]}') "
     "throw new Error('no');",
     kPass},
    {"holes", "const f = () => [1, , 3, ,];",
     ASSERT "const r = f(); assert.equal(r.length, 4); assert(!(1 in r));"
            "assert(!(3 in r)); assert.deepStrictEqual(r, [1, , 3, ,]);",
     kPass},
    {"map_and_set",
     "const f = (m) => [new Map([...m].reverse()), new Set([[1], 'a'])];",
     ASSERT "const [m, s] = f(new Map([['a', 1], [{k: 1}, [2]]]));"
            "assert.deepStrictEqual(m, new Map([[{k: 1}, [2]], ['a', 1]]));"
            "assert.deepStrictEqual(s, new Set([[1], 'a']));",
     kPass},
    {"date_and_pattern", "const f = (d) => [new Date(+d + 1), /a\\/b/giu];",
     ASSERT "const [d, p] = f(new Date(5)); assert.equal(d.getTime(), 6);"
            "assert.deepStrictEqual(p, /a\\/b/giu); assert(d instanceof Date);",
     kPass},
    {"typed_arrays",
     "const f = (a) => [a.map((x) => x * 2), new BigInt64Array([5n])];",
     ASSERT "assert.deepStrictEqual(f(new Uint8Array([1, 200])),"
            "[new Uint8Array([2, 144]), new BigInt64Array([5n])]);",
     kPass},
    {"cycles", "const f = (x) => { const a = [x]; a.push(a); return a; };",
     ASSERT "const r = f(1); assert.strictEqual(r[1], r);"
            "assert.equal(r[1][1][0], 1);",
     kPass},
    {"deep",
     "const f = (n) => { let l = null; while (n--) l = {n, l};"
     "return l; };",
     ASSERT "let n = 0; for (let l = f(1000); l; l = l.l) "
            "assert.equal(l.n, n++);",
     kPass},
    {"proto_is_a_key",
     "const f = () => JSON.parse('{\"__proto__\": {\"x\": 1}}');",
     ASSERT "const r = f(); assert.equal(r.x, undefined);"
            "assert.deepEqual(Object.keys(r), ['__proto__']);"
            "assert.equal({}.x, undefined);",
     kPass},
    {"sorted_in_place", "function f(a) { a.sort((x, y) => x - y); }",
     ASSERT "const a = [3, 1, 2]; f(a); assert.deepEqual(a, [1, 2, 3]);",
     kPass},
    {"left_alone", "function f(a) { return [...a].sort(); }",
     ASSERT "const a = [3, 1]; f(a); assert.deepEqual(a, [1, 3]);", kWrong},
    {"changed_within",
     "function f(m, o, s, d, y) { m[0].push(9); o.k = [m[0]]; delete o.z;"
     "s.add(1); d.setTime(7); y[0] = 8; m.length = 1; }",
     ASSERT "const row = [1], m = [row, []], o = {z: 1}, s = new Set(),"
            "d = new Date(0), y = new Int8Array(1); f(m, o, s, d, y);"
            "assert.deepEqual(m, [[1, 9]]); assert.strictEqual(m[0], row);"
            "assert.deepEqual(o, {k: [[1, 9]]}); assert(s.has(1));"
            "assert.equal(+d, 7); assert.equal(y[0], 8);",
     kPass},
    {"same_object_back", "const f = (a) => { a.push(1); return a; };",
     ASSERT "const a = []; assert.strictEqual(f(a), a);"
            "assert.deepEqual(a, [1]);",
     kPass},
};

constexpr Row kForms[] = {
    {"declared_later", "module.exports = {f: (x) => x + 1};",
     ASSERT "assert.equal(f(1), 2);", kPass},
    {"required", "exports.f = (x) => x + 1;",
     ASSERT "const {f} = require('./solution');\nassert.equal(f(1), 2);",
     kPass},
    {"constant", "const LIMIT = {a: [1]};",
     ASSERT "assert.deepEqual(LIMIT, {a: [1]});", kPass},
    {"exported", "export function f(x) { return x; }",
     "console.assert(f(3) === 3);", kPass},
    {"asynchronous",
     "const f = async (x) => { await new Promise((r) => setTimeout(r, 5));"
     "if (x < 0) throw new RangeError('low'); return [x]; };",
     ASSERT "(async () => { assert.deepEqual(await f(1), [1]);"
            "await assert.rejects(f(-1), RangeError);"
            "assert.deepEqual(await Promise.all([f(2), f(3)]), [[2], [3]]);"
            "})();",
     kPass},
    {"asynchronous_wrong", "const f = async (x) => x + 1;",
     ASSERT "(async () => { assert.equal(await f(1), 1); })();", kWrong},
    {"never_settled", "const f = () => new Promise(() => {});",
     ASSERT "(async () => { assert.equal(await f(), 1); })();", kRaise},
    {"class",
     "class Stack { #items = []; constructor(n) { this.limit = n; }"
     "push(x) { if (this.#items.length >= this.limit) throw new "
     "RangeError('full'); this.#items.push(x); return this; }"
     "get size() { return this.#items.length; } has(x) { return "
     "this.#items.includes(x); } *[Symbol.iterator]() { yield* "
     "this.#items; } static of(x) { return new Stack(1).push(x); } }",
     ASSERT "const s = new Stack(2); assert.equal(s.push(4).push(5), s);"
            "assert.equal(s.size, 2); assert.deepEqual([...s], [4, 5]);"
            "assert(s instanceof Stack); assert(s.has(4));"
            "assert(!('x' in s)); s.limit = 3; s.push(6);"
            "assert.equal(s.size, 3); assert.throws(() => s.push(7), "
            "{name: 'RangeError', message: 'full'});"
            "assert.equal(Stack.of(1).size, 1);",
     kPass},
    {"class_wrong", "class A { get() { return 2; } }",
     ASSERT "assert.equal(new A().get(), 1);", kWrong},
    {"data_of_a_class",
     "class P { constructor(x) { this.x = x; } } const f = (x) => new P(x);",
     ASSERT "assert.deepEqual(f(1), {x: 1}); assert.equal(f(2).x, 2);"
            "assert.equal(JSON.stringify(f(3)), '{\"x\":3}');"
            "assert.throws(() => assert.deepEqual(f(1), {x: 2}));",
     kPass},
    {"closures",
     "const counter = () => { let n = 0; return {up: () => ++n, n: () => n};"
     "}; const adder = (a) => (b) => a + b;",
     ASSERT "const a = counter(), b = counter(); a.up(); a.up();"
            "assert.equal(a.n(), 2); assert.equal(b.n(), 0);"
            "assert.equal(adder(1)(2), 3);",
     kPass},
    {"callbacks",
     "const f = (a, g) => a.map((x, i) => g(x, i)); const h = (g) => g;",
     ASSERT "const seen = []; assert.deepEqual(f([1, 2], (x, i) => { "
            "seen.push(i); return [x * 2]; }), [[2], [4]]);"
            "assert.deepEqual(seen, [0, 1]); const k = () => 1;"
            "assert.strictEqual(h(k), k); assert.equal(h(Math.max)(1, 2), 2);"
            "assert.throws(() => f([1], () => { throw new TypeError('t'); }), "
            "/t/);",
     kPass},
    {"generator", "function* f(n) { for (let i = 0; i < n; ++i) yield i; }",
     ASSERT "assert.deepEqual([...f(3)], [0, 1, 2]);", kPass},
    {"errors",
     "class Mine extends Error { constructor(m) { super(m); this.name = "
     "'Mine'; this.code = 7; } } function f(x) { if (x) throw new Mine('m');"
     "throw 'text'; }",
     ASSERT "assert.throws(() => f(1), {name: 'Mine', message: 'm', code: 7});"
            "assert.throws(() => f(1), Mine); try { f(0); assert.fail(); } "
            "catch (e) { assert.equal(e, 'text'); }",
     kPass},
    {"objects_of_the_tests",
     "class Node { constructor(v) { this.v = v; this.next = null; } } "
     "const sum = (l) => { let s = 0; for (; l; l = l.next) { s += l.v; l.v = "
     "0; } return s; };",
     ASSERT "class Item { constructor(v, next) { this.v = v; this.next = next;"
            "} } const l = new Item(1, new Item(2, null));"
            "assert.equal(sum(l), 3); assert.equal(l.next.v, 0);"
            "assert(l.next instanceof Item);",
     kPass},
    {"shadows_a_host_name", "function fetch(x) { return x + 1; }",
     ASSERT "assert.equal(fetch(1), 2);", kPass},
    {"prints",
     "console.log('x'); const f = () => { console.log(1); "
     "process.stdout.write('2'); return 1; };",
     ASSERT "assert.equal(f(), 1);", kPass},
    {"reads_stdin",
     "const t = require('fs').readFileSync(0, 'utf8'); const f = () => t;",
     ASSERT "assert.equal(f(), '');", kPass},
    {"test_runner", "const f = (x) => x;",
     "const test = require('node:test');\n" ASSERT
     "test('one', () => assert.equal(f(1), 1));",
     kPass},
    {"test_runner_wrong", "const f = (x) => x;",
     "const test = require('node:test');\n" ASSERT
     "test('one', () => assert.equal(f(1), 2));",
     kWrong},
    {"plain_console_assert", "const f = (x) => x;",
     "console.assert(f(1) === 2)", kWrong},
    {"strict", "'use strict'; const f = (x) => x;",
     "'use strict';\n" ASSERT "let candidate = f;\n"
     "assert.strictEqual(typeof candidate, 'function');"
     "assert.strictEqual(candidate(1), 1);",
     kPass},
};

constexpr Row kEnds[] = {
    {"throws", "const f = () => null.x;", ASSERT "assert.equal(f(), 1);",
     kRaise},
    {"missing", "const g = 1;", ASSERT "assert.equal(f(1), 1);", kRaise},
    {"recursion", "const f = (x) => f(x) + 1;", ASSERT "assert.equal(f(), 1);",
     kRaise},
    {"throws_at_load", "f(); const f = 1;", ASSERT "assert.equal(f(), 1);",
     kRaise},
    {"no_program", "const f = (x => ;", ASSERT "assert.equal(f(), 1);", kBuild},
    {"open_comment", "const f = () => 1; /*", ASSERT "assert.equal(f(), 1);",
     kBuild},
    {"open_text", "const f = () => 1; `", ASSERT "assert.equal(f(), 1);",
     kBuild},
    {"closes_too_much", "const f = () => 1; })(); (() => {",
     ASSERT "assert.equal(f(), 1);", kBuild},
    {"declared_twice", "const assert = require('assert');\nconst f = () => 1;",
     ASSERT "assert.equal(f(), 1);", kRaise},
    {"exits_at_load", "process.exit(0);", ASSERT "assert.equal(f(), 1);",
     kRaise},
    {"exits", "const f = () => process.exit(0);",
     ASSERT "assert.equal(f(), 1);", kRaise},
    {"kills_itself", "const f = () => process.kill(process.pid, 'SIGKILL');",
     ASSERT "assert.equal(f(), 1);", kRaise},
    {"symbol", "const f = () => Symbol('x');",
     ASSERT "assert.equal(typeof f(), 'symbol');", kRaise},
};

constexpr Row kCheats[] = {
    {"assert_patched",
     "const a = require('assert'); a.deepEqual = a.equal = a.strictEqual = "
     "a.ok = () => {}; JSON.stringify = () => ''; console.assert = () => {};"
     "Array.prototype.every = () => true; const f = () => 2;",
     ASSERT "assert.equal(f(), 1);", kWrong},
    {"always_equal",
     "const f = () => ({valueOf: () => 1, toString: () => '1', "
     "[Symbol.toPrimitive]: () => 1});",
     ASSERT "assert(f() == 1);", kWrong},
    {"answers_everything",
     "const f = () => ({includes: () => true, equals: () => true, every: () "
     "=> true, length: 3});",
     ASSERT "assert(f().includes(4));", kWrong},
    {"array_that_answers",
     "class L extends Array { includes() { return true; } } const f = () => "
     "new L();",
     ASSERT "assert(f().includes(4));", kWrong},
    {"json_of_its_own", "const f = () => ({toJSON: () => [1, 2]});",
     ASSERT "assert.equal(JSON.stringify(f()), '[1,2]');", kWrong},
    {"forged_frame",
     "const f = () => { require('fs').writeSync(5, 'return t l0\\n'); return "
     "2; };",
     ASSERT "assert.strictEqual(f(), 1);", kWrong},
    {"forged_pass",
     "try { require('fs').writeSync(4, 'pass\\n'); } catch {} const f = () => "
     "{ process.exit(0); };",
     ASSERT "assert.equal(f(), 1);", kRaise},
    {"junk_frame", "require('fs').writeSync(5, '%%%\\n'); const f = () => 1;",
     ASSERT "assert.equal(f(), 1);", kRaise},
    {"claims_an_argument",
     "const f = () => { require('fs').writeSync(5, 'return a99 l0\\n'); };",
     ASSERT "assert.equal(f([1]), 1);", kRaise},
    {"calls_without_a_function",
     "const f = () => { require('fs').writeSync(5, 'call q0 l0\\n'); };",
     ASSERT "assert.equal(f(), 1);", kRaise},
    {"proxy_of_an_array",
     "const f = () => new Proxy([1], {get: (t, k) => k === 'length' ? 1e9 : "
     "t[k]});",
     ASSERT "assert.deepEqual(f(), [1]);", kRaise},
    {"constructor_of_a_callback",
     "const f = (g) => { try { return g.constructor.constructor('return "
     "process')() === process; } catch { return 1; } };",
     ASSERT "assert.strictEqual(f(() => 1), 1);", kWrong},
    {"truth_of_an_object", "const f = () => ({});",
     ASSERT "assert.strictEqual(f(), true);", kWrong},
    {"promise_for_a_value", "const f = async () => 1;",
     ASSERT "assert.equal(f(), 1);", kWrong},
    {"names_a_pillar",
     "var JSON = {stringify: () => 'x'}; const Math = {abs: () => 0}; const f "
     "= () => 9;",
     ASSERT "assert(Math.abs(f() - 1) < 1e-6);", kWrong},
};

INSTANTIATE_TEST_SUITE_P(Values, JavaScriptLift, ::testing::ValuesIn(kValues),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Forms, JavaScriptLift, ::testing::ValuesIn(kForms),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Ends, JavaScriptLift, ::testing::ValuesIn(kEnds),
                         NameOf);
INSTANTIATE_TEST_SUITE_P(Cheats, JavaScriptLift, ::testing::ValuesIn(kCheats),
                         NameOf);

TEST(JavaScript, Stdio) {
  if (!Offered("javascript")) GTEST_SKIP() << "no node here";
  std::vector<StdioTest> tests(1);
  tests[0].input = "1 2\n";
  tests[0].expected_output = "3\n";
  const auto verdict = [&tests](const char* program) {
    return Judging::Get().Stdio("javascript", program, tests).verdict;
  };
  EXPECT_EQ(verdict("const t = require('fs').readFileSync(0, 'utf8');\n"
                    "const [a, b] = t.split(' ').map(Number);\n"
                    "console.log(a + b);"),
            kPass);
  EXPECT_EQ(verdict("console.log(4);"), kWrong);
  EXPECT_EQ(verdict("JSON.parse('{');"), kRaise);
  EXPECT_EQ(verdict("const x = ;"), kBuild);
  EXPECT_EQ(verdict("export const x = ;"), kBuild);
}

TEST(JavaScriptTests, ThatDoNotParseAreInvalid) {
  if (!Offered("javascript")) GTEST_SKIP() << "no node here";
  const Report report = Judging::Get().Asserts(
      "javascript", "const f = () => 1;", "assert(f() === 1");
  EXPECT_EQ(report.verdict, Verdict::kNoVerdict);
  EXPECT_EQ(report.cause, Cause::kInvalidTests) << report.reason;
}

TEST(JavaScriptTests, ThatCallNothingAreInvalid) {
  if (!Offered("javascript")) GTEST_SKIP() << "no node here";
  const Report report = Judging::Get().Asserts(
      "javascript", "const f = () => 1;", ASSERT "assert(true);");
  EXPECT_EQ(report.cause, Cause::kInvalidTests) << report.reason;
}

TEST(JavaScriptTests, ThatNeedTheProgramsBuiltinsAreJoined) {
  if (!Offered("javascript")) GTEST_SKIP() << "no node here";
  const Report report = Judging::Get().Asserts(
      "javascript",
      "Array.prototype.last = function () { return this[this."
      "length - 1]; };",
      ASSERT "assert.equal([1, 2].last(), 2);");
  EXPECT_EQ(report.verdict, kPass) << report.reason;
  EXPECT_EQ(EvidenceOf(report).integrity, Integrity::kShared);
}

TEST(JavaScriptTests, ThatReadThePrintedAreJoined) {
  if (!Offered("javascript")) GTEST_SKIP() << "no node here";
  constexpr char kTests[] = ASSERT
      "const said = [];\nconsole.log = (x) => said.push(x);\nf();\n"
      "assert.deepEqual(said, ['hi']);";
  EXPECT_EQ(
      Judging::Get()
          .Asserts("javascript", "const f = () => console.log('hi');", kTests)
          .verdict,
      kPass);
  EXPECT_EQ(
      Judging::Get()
          .Asserts("javascript", "const f = () => console.log('ho');", kTests)
          .verdict,
      kWrong);
}

}  // namespace
}  // namespace assay::code
