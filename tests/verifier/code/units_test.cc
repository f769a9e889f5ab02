// pytest and unittest text: each function is one test of the report.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/verifier/code/judging.h"

namespace assay::code {
namespace {

constexpr char kSolution[] =
    "class Empty(Exception): pass\n"
    "class Stack:\n  def __init__(self): self.items = []\n"
    "  def push(self, x): self.items.append(x)\n"
    "  def pop(self):\n    if not self.items: raise Empty('nothing here')\n"
    "    return self.items.pop()\n"
    "  def __enter__(self): return self\n"
    "  def __exit__(self, *a): self.items.clear()\n"
    "def add(a, b): return a + b\n"
    "def third(x): return x / 3\n"
    "def fail(): raise ValueError('bad 3')\n"
    "def greet(): print('hello')\n"
    "def double_input(): return int(input()) * 2\n"
    "def leave(): raise SystemExit(0)\n"
    "def spin():\n  while True: pass\n"
    "def count(n):\n  for i in range(n): yield i\n";

struct Row {
  const char* name;
  const char* tests;
  // "name:VERDICT" of each function, separated by spaces; or a cause.
  const char* expected;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

std::string Told(const Report& report) {
  if (report.verdict == Verdict::kNoVerdict) {
    return std::string(Name(report.cause));
  }
  std::vector<std::string> parts;
  for (const TestReport& test : EvidenceOf(report).tests) {
    parts.push_back(
        absl::StrCat(test.name, ":", std::string(Code(test.verdict))));
  }
  return absl::StrJoin(parts, " ");
}

constexpr Row kRows[] = {
    {"functions",
     "def test_a(): assert add(1, 2) == 3\n"
     "def test_b(): assert add(1, 2) == 4\ndef test_c(): assert add(0, 0) == "
     "0\n",
     "test_a:AC test_b:WA test_c:AC"},
    {"raises",
     "import pytest\ndef test_a():\n  with pytest.raises(ValueError, "
     "match='bad'): fail()\ndef test_b():\n  with pytest.raises(KeyError): "
     "fail()\ndef test_c():\n  with pytest.raises(ValueError, match='good'): "
     "fail()\ndef test_d():\n  with pytest.raises(ValueError): add(1, 2)\n"
     "def test_e():\n  with pytest.raises(ValueError) as info: fail()\n  "
     "assert str(info.value) == 'bad 3' and info.type is ValueError\n",
     "test_a:AC test_b:RE test_c:WA test_d:WA test_e:AC"},
    {"raises_of_the_candidates_class",
     "from pytest import raises\ndef test_a():\n  with raises(Empty, "
     "match='nothing'): Stack().pop()\ndef test_b():\n  "
     "raises(Empty, Stack().pop)\n",
     "test_a:AC test_b:AC"},
    {"approx",
     "import pytest\nfrom pytest import approx\ndef test_a(): assert third(1) "
     "== approx(0.3333333)\ndef test_b(): assert third(1) == approx(0.34)\n"
     "def test_c(): assert [third(1), third(2)] == approx([1/3, 2/3])\n"
     "def test_d(): assert third(1) == pytest.approx(0.34, abs=0.01)\n"
     "def test_e(): assert {'x': third(3)} == approx({'x': 1})\n"
     "def test_f(): assert Stack() == approx(1)\n",
     "test_a:AC test_b:WA test_c:AC test_d:AC test_e:AC test_f:WA"},
    {"parametrize",
     "import pytest\n@pytest.mark.parametrize('a,b,c', [(1, 2, 3), (1, 1, "
     "3), pytest.param(0, 0, 0, id='zero')])\ndef test_p(a, b, c): assert "
     "add(a, b) == c\n@pytest.mark.parametrize('x', [1, 2])\n"
     "@pytest.mark.parametrize('y', ['a'], ids=['why'])\ndef test_q(x, y): "
     "assert add(y, y) == y * 2\n",
     "test_p[1-2-3]:AC test_p[1-1-3]:WA test_p[zero]:AC test_q[why-1]:AC "
     "test_q[why-2]:AC"},
    {"fixtures",
     "import pytest\nlog = []\n@pytest.fixture\ndef stack():\n  s = Stack()\n"
     "  s.push(1)\n  yield s\n  log.append('end')\n"
     "@pytest.fixture(params=[1, 2], scope='module')\ndef n(request): return "
     "request.param\n@pytest.fixture(autouse=True)\ndef every(): "
     "log.append('every')\ndef test_a(stack): assert stack.pop() == 1\n"
     "def test_b(n): assert add(n, 1) == n + 1\n"
     "def test_c(): assert log.count('end') == 1 and log.count('every') == 4 "
     "and add(1, 1) == 2\n",
     "test_a:AC test_b[1]:AC test_b[2]:AC test_c:AC"},
    {"classes",
     "class TestStack:\n  def setup_method(self): self.s = Stack()\n"
     "  def test_push(self):\n    self.s.push(4)\n    assert self.s.pop() == "
     "4\n  def test_empty(self): assert self.s.pop() == 1\n"
     "  def nothing(self): pass\n",
     "TestStack.test_push:AC TestStack.test_empty:RE"},
    {"marks",
     "import pytest, sys\n@pytest.mark.skip(reason='x')\ndef test_a(): assert "
     "0\n@pytest.mark.skipif(sys.version_info > (3,), reason='x')\ndef "
     "test_b(): assert 0\n@pytest.mark.xfail\ndef test_c(): assert add(1, 1) "
     "== 3\n@pytest.mark.slow\ndef test_d(): assert add(1, 1) == 2\n",
     "test_c:AC test_d:AC"},
    {"a_skip_after_contact_is_no_pass",
     "import pytest\ndef test_a():\n  if add(1, 1) == 2: pytest.skip('x')\n"
     "def test_b(): assert add(1, 1) == 2\n",
     "test_a:WA test_b:AC"},
    {"unittest",
     "import unittest\nclass T(unittest.TestCase):\n  def setUp(self): self.s "
     "= Stack()\n  def test_a(self): self.assertEqual(add(1, 2), 3)\n"
     "  def test_b(self):\n    with self.assertRaises(ValueError): fail()\n"
     "  def test_c(self):\n    for i in range(3):\n      with "
     "self.subTest(i=i): self.assertNotEqual(add(i, 0), 1)\n"
     "  def test_d(self): self.assertRaisesRegex(Empty, 'noth', self.s.pop)\n"
     "  @unittest.skip('x')\n  def test_e(self): pass\n"
     "  def test_f(self): self.assertAlmostEqual(third(1), 0.333, places=3)\n"
     "if __name__ == '__main__':\n  unittest.main()\n",
     "T.test_a:AC T.test_b:AC T.test_c:WA T.test_d:AC T.test_f:AC"},
    {"unittest_class_hooks",
     "import unittest\nclass T(unittest.TestCase):\n  @classmethod\n  def "
     "setUpClass(cls): cls.x = add(1, 1)\n  def test_a(self): "
     "self.assertEqual(self.x, 2)\n  def test_b(self): "
     "self.assertEqual(add(self.x, 1), 3)\n",
     "T.test_a:AC T.test_b:AC"},
    {"output",
     "def test_a(capsys):\n  greet()\n  assert capsys.readouterr().out == "
     "'hello\\n'\n",
     "test_a:AC"},
    {"input",
     "def test_a(monkeypatch):\n  monkeypatch.setattr('builtins.input', "
     "lambda *a: '21')\n  assert double_input() == 42\n",
     "test_a:AC"},
    {"asynchronous", "async def test_a(): assert add(1, 1) == 2\n",
     "test_a:AC"},
    {"generators_and_contexts",
     "def test_a(): assert list(count(3)) == [0, 1, 2]\n"
     "def test_b():\n  g = count(2)\n  assert next(g) == 0\n"
     "def test_c():\n  with Stack() as s: s.push(1)\n",
     "test_a:AC test_b:AC test_c:AC"},
    {"exit_in_a_call",
     "def test_a(): leave()\ndef test_b(): assert add(1, 1) "
     "== 2\n",
     "test_a:RE test_b:AC"},
    {"never_called", "def test_a(): pass\n", "INVALID_TESTS"},
    {"all_skipped",
     "import pytest\n@pytest.mark.skip\ndef test_a(): assert "
     "add(1, 1) == 2\n",
     "INVALID_TESTS"},
    {"contact_before_the_functions",
     "s = Stack()\ndef test_a():\n  s.push(3)\n  assert s.pop() == 4\n",
     "test_a:WA"},
    {"run_by_the_text", "def test_a(): assert add(1, 1) == 2\ntest_a()\n",
     ":AC"},
    {"spins",
     "def test_a(): assert add(1, 1) == 2\ndef test_b(): spin()\n"
     "def test_c(): assert add(1, 1) == 2\n",
     "test_a:AC test_b:TL test_c:--"},
    // The tests' own faults.
    {"a_constant_beyond_all_time",
     "def test_a(): assert add(1, 1) == 9**9**9\n", "INVALID_TESTS"},
    {"a_reference_that_never_ends",
     "def slow(a, b):\n  while True: pass\n"
     "def test_a(): assert add(1, 1) == slow(1, 1)\n",
     "INVALID_TESTS"},
    {"a_sleeping_reference",
     "import time\ndef test_a():\n  time.sleep(100)\n  assert add(1, 1) == "
     "2\n",
     "INVALID_TESTS"},
    {"a_constant_beyond_all_memory",
     "def test_a(): assert add(1, 1) == [0] * 10**11\n", "INVALID_TESTS"},
};

class Units : public testing::TestWithParam<Row> {};

TEST_P(Units, AreToldOneByOne) {
  const Report report =
      Judging::Get().Asserts("python", kSolution, GetParam().tests);
  EXPECT_EQ(Told(report), GetParam().expected) << report.reason;
}

INSTANTIATE_TEST_SUITE_P(Rows, Units, testing::ValuesIn(kRows),
                         [](const auto& info) { return info.param.name; });

CodeSample Sample(const char* tests) {
  CodeSample code;
  code.language = "python";
  code.program = kSolution;
  code.limits = ShortLimits();
  code.tests = AssertTests{tests, ""};
  return code;
}

constexpr char kThree[] =
    "def test_a(): assert add(1, 1) == 2\ndef test_b(): assert add(1, 1) == "
    "3\ndef test_c(): assert add(1, 1) == 2\n";

TEST(UnitPolicies, StopAndCredit) {
  Judging& judging = Judging::Get();
  CodeSample code = Sample(kThree);
  code.partial_credit = true;
  EXPECT_DOUBLE_EQ(judging.Verify(code).score.value_or(-1), 2.0 / 3);
  code.stop = StopPolicy::kFirstFailure;
  EXPECT_EQ(Told(judging.Verify(code)), "test_a:AC test_b:WA test_c:--");
  code.stop = StopPolicy::kFirstTests;
  code.stop_tests_count = 1;
  const Report first = judging.Verify(code);
  EXPECT_EQ(Told(first), "test_a:AC test_b:-- test_c:--");
  EXPECT_EQ(first.verdict, Verdict::kAccepted);
}

// One examiner serves the candidates of a text; what one leaves behind, in
// the tests' own modules too, reaches no other.
TEST(UnitSessions, CandidatesMeetFreshTests) {
  Judging& judging = Judging::Get();
  CodeSample code = Sample(
      "import string\nseen = []\ndef test_a():\n  assert not hasattr(string, "
      "'mark')\n  string.mark = 1\n  seen.append(add(1, 1))\n  assert "
      "len(seen) == 1\ndef test_b(): assert add(1, 1) == 2\n");
  for (int i = 0; i < 4; ++i) {
    code.program = i % 2 ? "def add(a, b): return 7\n" : kSolution;
    EXPECT_EQ(Told(judging.Verify(code)),
              i % 2 ? "test_a:AC test_b:WA" : "test_a:AC test_b:AC")
        << i;
  }
}

// What a candidate does to one examination ends with it.
TEST(UnitSessions, ACandidateThatBreaksOneHurtsNoOther) {
  Judging& judging = Judging::Get();
  const char* tests =
      "def test_a():\n  for x in add(1, 1), add(2, 2): assert x in (2, 4)\n";
  CodeSample code = Sample(tests);
  const char* const kBad[] = {
      "import os\ndef add(a, b): os._exit(0)\n",
      "def add(a, b): return [0] * 900000\n",
      "import os\nos.write(5, b'\\xff' * 100)\ndef add(a, b): return 2\n",
      "import time\ndef add(a, b): time.sleep(100)\n",
      "class A:\n  def __getattr__(s, n): return s\n"
      "def add(a, b): return A()\n",
  };
  for (const char* bad : kBad) {
    code.program = bad;
    const Report report = judging.Verify(code);
    EXPECT_NE(report.verdict, Verdict::kAccepted) << bad;
    EXPECT_NE(report.verdict, Verdict::kNoVerdict) << report.reason;
    code.program = kSolution;
    EXPECT_EQ(judging.Verify(code).verdict, Verdict::kAccepted) << bad;
  }
}

// A candidate whose values wear the tests out is at fault, not the tests.
TEST(Alibi, IsTheTestsAlone) {
  Judging& judging = Judging::Get();
  const char* tests =
      "def test_a():\n  node, n = head(), 0\n  while node is not None:\n"
      "    node = node.next\n    n += 1\n  assert n == 3\n";
  const Report report = judging.Asserts(
      "python",
      "class Node: pass\ndef head():\n  n = Node()\n  n.next = n\n  return "
      "n\n",
      tests);
  EXPECT_EQ(report.verdict, Verdict::kTimeLimit) << report.reason;
  const Report wide = judging.Asserts(
      "python", "def f(): return 10 ** 12\n",
      "def test_a():\n  assert sum(1 for _ in range(f())) == 3\n");
  EXPECT_EQ(wide.verdict, Verdict::kTimeLimit) << wide.reason;
}

TEST(EntryPoint, OfAnInstance) {
  Judging& judging = Judging::Get();
  const char* solution =
      "class Solution:\n  def two(self, nums, target): return [0, 1]\n"
      "  def count(self):\n    self.n = getattr(self, 'n', 0) + 1\n"
      "    return self.n\n";
  for (const char* entry : {"Solution().two", "Solution.two"}) {
    EXPECT_EQ(judging
                  .Asserts("python", solution,
                           "def check(candidate):\n  assert "
                           "candidate(nums=[2, 7], target=9) == [0, 1]\n",
                           entry)
                  .verdict,
              Verdict::kAccepted)
        << entry;
    EXPECT_EQ(judging
                  .Asserts("python", solution,
                           "def check(candidate):\n  for t in (9, 8):\n    "
                           "assert candidate([2, 7], t) == [0, 1]\n",
                           entry)
                  .verdict,
              Verdict::kAccepted)
        << entry;
    EXPECT_EQ(
        judging.Calls(solution, entry, {{"[[2, 7], 9]", "", "[0, 1]"}}).verdict,
        Verdict::kAccepted)
        << entry;
  }
  // One instance for `Class().method`, a fresh one for `Class.method`.
  const std::vector<CallTest> twice = {{"[]", "", "1"}, {"[]", "", "2"}};
  EXPECT_EQ(judging.Calls(solution, "Solution().count", twice).verdict,
            Verdict::kAccepted);
  EXPECT_EQ(judging.Calls(solution, "Solution.count", twice).verdict,
            Verdict::kWrongAnswer);
}

}  // namespace
}  // namespace assay::code
