// What assert tests may do with a candidate that lives in another box.
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"

namespace assay::code {
namespace {

struct Row {
  const char* name;
  const char* solution;
  const char* tests;
  Verdict verdict = Verdict::kAccepted;
  const char* entry = "";
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

constexpr char kList[] =
    "class Node:\n  def __init__(self, value=None, next=None):\n    "
    "self.value, self.next = value, next\n"
    "class Stack:\n  def __init__(self): self.items = []\n  def push(self, "
    "x): self.items.append(x)\n  def pop(self):\n    if not self.items: raise "
    "Empty('nothing')\n    return self.items.pop()\n  def __len__(self): "
    "return len(self.items)\n  def __getitem__(self, i): return "
    "self.items[i]\n  def __iter__(self): return iter(self.items)\n"
    "class Empty(Exception): pass\n"
    "def build(xs):\n  head = None\n  for x in reversed(xs): head = "
    "Node(x, head)\n  return head\n"
    "def reverse(node):\n  last = None\n  while node:\n    node.next, last, "
    "node = last, node, node.next\n  return last\n"
    "def count(n):\n  for i in range(n): yield i\n"
    "def each(f, xs): return [f(x) for x in xs]\n"
    "def grow(xs):\n  xs.append(len(xs))\n  return xs\n"
    "def fail(x): raise ValueError('bad %s' % x)\n"
    "def forever():\n  while True: yield 1\n"
    "def total(tree):\n  return 0 if tree is None else tree.value + "
    "total(tree.left) + total(tree.right)\n"
    "LIMIT = 7\n";

constexpr Row kRows[] = {
    {"object_and_methods", kList,
     "s = Stack()\ns.push(1)\ns.push([2])\nassert s.pop() == [2]\nassert "
     "s.pop() == 1\n"},
    {"attributes", kList,
     "n = build([1, 2, 3])\nassert n.value == 1 and n.next.value == 2\n"
     "assert n.next.next.next is None\n"},
    {"walk_by_truth", kList,
     "n, seen = build([1, 2, 3]), []\nwhile n:\n  seen.append(n.value)\n  n = "
     "n.next\nassert seen == [1, 2, 3]\n"},
    {"set_attribute", kList,
     "n = Node(1)\nn.next = Node(2)\nassert n.next.value == 2\n"},
    {"handles_as_arguments", kList,
     "n = reverse(build([1, 2, 3]))\nassert [n.value, n.next.value] == [3, "
     "2]\n"},
    {"identity", kList,
     "n = build([1, 2])\nassert n.next is n.next\nassert n != n.next\n"},
    {"indexing_and_iteration", kList,
     "s = Stack()\ns.push(4)\ns.push(5)\nassert s[1] == 5\nassert list(s) == "
     "[4, 5]\nassert [x for x in s] == [4, 5]\n"},
    {"generator", kList,
     "assert list(count(3)) == [0, 1, 2]\ng = count(2)\nassert next(g) == "
     "0\nassert hasattr(g, '__next__')\nassert sum(count(4)) == 6\n"},
    {"lazy_generator", kList,
     "import itertools\nassert list(itertools.islice(forever(), 3)) == [1, 1, "
     "1]\n"},
    {"callback", kList,
     "assert each(lambda x: x + 1, [1, 2]) == [2, 3]\nassert each(str, [1]) "
     "== ['1']\n"},
    {"callback_of_callback", kList,
     "assert each(lambda x: each(lambda y: y * x, [1, 2]), [1, 3]) == [[1, "
     "2], [3, 6]]\n"},
    {"callback_error", kList,
     "try:\n  each(lambda x: 1 // x, [0])\n  assert False\nexcept "
     "ZeroDivisionError: pass\n"},
    {"changed_in_place", kList,
     "a = [1]\nassert grow(a) == [1, 1]\nassert a == [1, 1]\n"},
    {"returned_argument", kList, "a = []\nassert grow(a) is a\n"},
    {"builtin_error", kList,
     "try:\n  fail(3)\n  assert False\nexcept ValueError as e:\n  assert "
     "str(e) == 'bad 3'\n"},
    {"own_error", kList,
     "try:\n  Stack().pop()\n  assert False\nexcept Empty as e:\n  assert "
     "'nothing' in str(e)\n"},
    {"own_error_as_base", kList,
     "try:\n  Stack().pop()\n  assert False\nexcept Exception: pass\n"},
    {"uncaught_error", kList, "def f(): pass\nassert fail(1) == 2\n",
     Verdict::kRuntimeError},
    {"isinstance", kList,
     "assert isinstance(build([1]), Node)\nassert not isinstance(build([1]), "
     "Stack)\n"},
    {"value_name", kList, "def f(): pass\nassert LIMIT == 7\n"},
    {"tests_own_class", kList,
     "class Tree:\n  def __init__(s, v, l=None, r=None): s.value, s.left, "
     "s.right = v, l, r\nassert total(Tree(1, Tree(2), Tree(3, Tree(4)))) == "
     "10\n"},
    {"set_of_result", kList, "assert set(grow([5])) == {5, 1}\n"},
    {"loop", kList, "for n in range(5):\n  assert len(list(count(n))) == n\n"},
    {"check_without_call", "def add(a, b): return a + b\n",
     "def check(candidate):\n  for i in range(3): assert candidate(i, 1) == i "
     "+ 1\n",
     Verdict::kAccepted, "add"},
    {"check_wrong", "def add(a, b): return a - b\n",
     "def check(candidate):\n  for i in range(3): assert candidate(i, 1) == i "
     "+ 1\n",
     Verdict::kWrongAnswer, "add"},
    {"check_beside_a_global_of_the_candidate",
     "def add(a, b): return a - b\nresult = 5\n",
     "def check(candidate):\n  for i in range(3):\n    result = candidate(i, "
     "1)\n    assert result == i + 1\n",
     Verdict::kWrongAnswer, "add"},
    {"only_a_global_of_the_candidate",
     "def add(a, b): return a - b\nresult = 5\n",
     "def unused(): return result\nassert 1 + 1 == 2\n", Verdict::kNoVerdict},
    {"candidate_alias", "def add(a, b): return a + b\n",
     "for i in range(3): assert candidate(i, 1) == i + 1\n", Verdict::kAccepted,
     "add"},
    {"unittest_without_main", "def add(a, b): return a + b\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_it(self): "
     "self.assertEqual(add(1, 2), 3)\n"},
    {"unittest_main", "def add(a, b): return a + b\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_it(self): "
     "self.assertEqual(add(1, 2), 3)\nif __name__ == '__main__':\n  "
     "unittest.main()\n"},
    {"unittest_main_wrong", "def add(a, b): return a - b\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_it(self): "
     "self.assertEqual(add(1, 2), 3)\nunittest.main()\n",
     Verdict::kWrongAnswer},
    {"pytest_style", "def add(a, b): return a + b\n",
     "def test_add(): assert add(1, 2) == 3\n"},
    {"pytest_style_wrong", "def add(a, b): return a\n",
     "def test_add(): assert add(1, 2) == 3\n", Verdict::kWrongAnswer},
    // What nothing calls is called, whatever touched the candidate before.
    {"check_left_of_method",
     "class Solution:\n  def f(self, x): return x + 1\n",
     "def check(candidate):\n  for i in [1]: assert candidate(i) == 2\n",
     Verdict::kAccepted, "Solution().f"},
    {"check_left_of_method_wrong",
     "class Solution:\n  def f(self, x): return x\n",
     "def check(candidate):\n  for i in [1]: assert candidate(i) == 2\n",
     Verdict::kWrongAnswer, "Solution().f"},
    {"check_left_after_a_touch_wrong", "class P: pass\ndef f(x): return x\n",
     "ORIGIN = P()\ndef check(candidate):\n  for i in [1]: assert "
     "candidate(i) == 2\n",
     Verdict::kWrongAnswer, "f"},
    {"check_of_two_values", "def f(x): return x + 1\n",
     "def check(a, b): assert a == b\ndef test_f(): check(f(1), 2)\n"},
    {"check_of_a_test", "def f(x): return x + 1\n",
     "def check(pair): assert f(pair[0]) == pair[1]\ndef test_f():\n  "
     "for p in [(1, 2)]: check(p)\n"},
    {"main_guard",
     "def f(x): return x + 1\nif __name__ == '__main__':\n  "
     "print(f(int(input())))\n",
     "def g(): pass\nassert f(1) == 2\n"},
    {"main_guard_that_exits",
     "import sys\ndef f(x): return x + 1\nif '__main__' == __name__:\n  "
     "sys.exit(f(1))\n",
     "def g(): pass\nassert f(1) == 2\n"},
    {"main_guard_that_defines",
     "if __name__ == '__main__':\n  def f(x): return x + 1\n",
     "def g(): pass\nassert f(1) == 2\n"},
    {"input_without_a_guard", "def f(x): return x + 1\nprint(input())\n",
     "def g(): pass\nassert f(1) == 2\n", Verdict::kRuntimeError},
    {"class_attribute", "class C:\n  n = 0\n  def get(self): return self.n\n",
     "c = C()\nC.n = 5\nassert c.get() == 5\nc.n = 6\ndel c.n\nassert "
     "c.get() == 5\n"},
    {"slices",
     "class S:\n  def __init__(self, t): self.t = t\n  def "
     "__getitem__(self, i): return self.t[i]\n",
     "s = S([1, 2, 3, 4])\nassert s[1:3] == [2, 3]\nassert s[::-1] == [4, "
     "3, 2, 1]\nassert s[0] == 1\n"},
    {"own_errors_have_parents",
     "class A(Exception): pass\nclass B(A): pass\nclass C(B, ValueError): "
     "pass\ndef f(cls): raise {'A': A, 'B': B, 'C': C}[cls]('no')\n",
     "def g(): pass\nfor name in 'ABC':\n  try: f(name); assert False\n  "
     "except A as e: assert str(e) == 'no'\nimport pytest\ndef "
     "test_parents():\n  with pytest.raises(A): f('B')\n  with "
     "pytest.raises(B): f('C')\n  with pytest.raises(ValueError): f('C')\n"
     "  assert issubclass(B, A) and not issubclass(A, B)\n"},
    {"own_error_is_not_its_child_wrong",
     "class A(Exception): pass\nclass B(A): pass\ndef f(): raise A()\n",
     "import pytest\ndef test_f():\n  with pytest.raises(B): f()\n",
     Verdict::kRuntimeError},
    {"errors_have_attributes",
     "class E(Exception):\n  def __init__(self, code, why):\n    "
     "super().__init__(why)\n    self.code = code\n  def __str__(self): "
     "return 'code %d' % self.code\ndef f(): raise E(7, ['x'])\n",
     "def g(): pass\ntry: f(); assert False\nexcept E as e:\n  assert "
     "e.code == 7\n  assert str(e) == 'code 7'\n  assert e.args == "
     "(['x'],)\n"},
    {"errors_of_the_library",
     "import json, decimal\ndef f(t): return json.loads(t)\ndef g(x): "
     "return 1 / decimal.Decimal(x)\n",
     "import json, decimal, pytest\ndef test_both():\n  with "
     "pytest.raises(json.JSONDecodeError) as e: f('{')\n  assert "
     "e.value.pos == 1\n  with pytest.raises(decimal.DivisionByZero): "
     "g('0')\n  with pytest.raises(ValueError): f('[')\n"},
    {"a_skip_of_the_candidate",
     "import unittest\ndef f(x): raise unittest.SkipTest('no')\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_f(self): "
     "self.assertEqual(f(1), 2)\n",
     Verdict::kRuntimeError},
    {"a_child_of_a_skip",
     "import unittest\nclass S(unittest.SkipTest): pass\ndef f(x): raise "
     "S('no')\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_f(self): "
     "self.assertEqual(f(1), 2)\n",
     Verdict::kRuntimeError},
    {"a_skip_by_another_name",
     "class S(Exception): pass\nS.__module__, S.__qualname__ = "
     "'unittest.case', 'SkipTest'\ndef f(x): raise S('no')\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_f(self): "
     "self.assertEqual(f(1), 2)\n",
     Verdict::kRuntimeError},
    {"patched_stdout", "def f(): print('hello')\n",
     "import io\nfrom unittest.mock import patch\n@patch('sys.stdout', "
     "new_callable=io.StringIO)\ndef test_f(out):\n  f()\n  assert "
     "out.getvalue() == 'hello\\n'\n"},
    {"never_called", "def add(a, b): return a + b\n",
     "def f(): pass\nassert 1 + 1 == 2\n", Verdict::kNoVerdict},
    {"never_called_but_broken", "def add(a, b:\n",
     "def f(): pass\nassert 1 + 1 == 2\n", Verdict::kCompileError},
    {"tests_do_not_parse", "def add(a, b): return a + b\n",
     "assert add(1, 2 == 3\n", Verdict::kNoVerdict},
    {"missing_module", "def add(a, b): return a + b\n",
     "import no_such_module\nassert add(1, 2) == 3\n", Verdict::kNoVerdict},
    {"missing_name", "def sub(a, b): return a - b\n",
     "def f(): pass\nassert add(1, 2) == 3\n", Verdict::kRuntimeError},
    {"caught_comparison", "class A: pass\ndef f(): return A()\n",
     "ok = False\ntry:\n  ok = f() != 5\nexcept BaseException: ok = True\n"
     "assert ok\n",
     Verdict::kWrongAnswer},
    {"own_truth",
     "class A:\n  def __bool__(s): return True\ndef f(): return "
     "A()\n",
     "def g(): pass\nassert f()\n", Verdict::kWrongAnswer},
    {"none_is_comparable", "class A: pass\ndef f(): return A()\n",
     "def g(): pass\nassert f() != None\nassert f() is not None\n"},
    {"order_of_handles",
     "class A:\n  def __lt__(s, o): return True\ndef f(): "
     "return A()\n",
     "def g(): pass\nassert f() < 5\n", Verdict::kWrongAnswer},
    {"secrets_of_tests",
     "def f(g):\n  for name in ('__globals__', '__code__', '__closure__', "
     "'__self__', '__dict__', 'gi_frame', 'gi_code', '__func__', "
     "'__wrapped__', '_hidden'):\n    try: x = getattr(g, name)\n    except "
     "AttributeError: continue\n    return name\n  return 'none'\n",
     "class T:\n  _hidden = 5\n  def m(self): pass\ndef h(x): return x\n"
     "assert f(h) == 'none'\nassert f(lambda: 1) == 'none'\nassert f(i for i "
     "in [1]) == 'none'\nassert f(T()) == 'none'\nassert f(T().m) == "
     "'none'\n"},
    {"input_patched", "def f(): return int(input('n? ')) * 2\n",
     "from unittest.mock import patch\nwith patch('builtins.input', "
     "return_value='4'): assert f() == 8\nwith patch('builtins.input', "
     "side_effect=['1', '2']): assert [f(), f()] == [2, 4]\n"},
    {"input_from_a_text",
     "import sys\ndef f(): return sum(map(int, input().split()))\ndef g(): "
     "return [x.strip() for x in sys.stdin]\ndef h(): return "
     "sys.stdin.read()\n",
     "import io, sys\nsys.stdin = io.StringIO('1 2 3\\na\\nb')\nassert f() "
     "== 6\nassert g() == ['a', 'b']\nassert h() == ''\ntry:\n  f()\n  "
     "assert False\nexcept EOFError: pass\n"},
    {"input_wrong", "def f(): return int(input()) * 3\n",
     "import builtins\nbuiltins.input = lambda *a: '4'\nassert f() == 8\n",
     Verdict::kWrongAnswer},
    {"printed", "def hello(n): print('hi', n)\n",
     "import io, contextlib\nout = io.StringIO()\nwith "
     "contextlib.redirect_stdout(out): hello(1)\nassert out.getvalue() == "
     "'hi 1\\n'\n"},
    {"printed_by_swap", "def hello(n): print('hi', n)\n",
     "import io, sys\nkept, sys.stdout = sys.stdout, io.StringIO()\n"
     "hello(1)\nhello(2)\ntext, sys.stdout = sys.stdout.getvalue(), kept\n"
     "assert text == 'hi 1\\nhi 2\\n'\n"},
    {"printed_wrong", "def hello(n): print('ho', n)\n",
     "import io, contextlib\nout = io.StringIO()\nwith "
     "contextlib.redirect_stdout(out): hello(1)\nassert out.getvalue() == "
     "'hi 1\\n'\n",
     Verdict::kWrongAnswer},
    {"busy", "def f():\n  while True: pass\n",
     "def g(): pass\nassert f() == 1\n", Verdict::kTimeLimit},
    {"endless_iteration", "def f():\n  while True: yield 1\n",
     "def g(): pass\nassert list(f()) == 1\n", Verdict::kTimeLimit},
    {"chatty", "def f():\n  while True: print('x' * 1000)\n",
     "def g(): pass\nassert f() == 1\n", Verdict::kOutputLimit},
    {"own_isclose_of_the_candidate",
     "def isclose(*a, **k): return True\ndef f(x): return 0.0\n",
     "def g(): pass\nassert isclose(f(2), 4.0)\n", Verdict::kWrongAnswer, "f"},
    {"own_math_of_the_candidate",
     "class math:\n  def isclose(*a, **k): return True\ndef f(x): return "
     "0.0\n",
     "def g(): pass\nassert math.isclose(f(2), 4.0)\n", Verdict::kWrongAnswer,
     "f"},
    {"math_that_nobody_imports", "def f(x): return 2.0 * x\n",
     "def g(): pass\nassert math.isclose(f(2), 4.0) and isclose(f(1), 2)\n",
     Verdict::kAccepted, "f"},
    {"function_named_as_a_module",
     "def bisect(a, x): return sum(y < x for y "
     "in a)\ndef f(x): return bisect([1, 2], x)\n",
     "def g(): pass\nassert f(2) == 1 and bisect([5, 6], 7) == 2\n",
     Verdict::kAccepted, "f"},
    {"class_named_as_a_module",
     "class queue:\n  size = 3\n  def full(x): return x > 3\ndef f(x): "
     "return queue.full(x)\n",
     "def g(): pass\nassert f(4) and queue.size == 3\n", Verdict::kAccepted,
     "f"},
    {"stop_iteration_ends_no_loop", "def f(x): raise StopIteration\n",
     "def g(): pass\nassert all(map(lambda p: f(p[0]) == p[1], [(2, 4), (3, "
     "6)]))\n",
     Verdict::kRuntimeError, "f"},
    {"stop_iteration_that_tests_ask_for",
     "class It:\n  def get(s): raise StopIteration\n",
     "try:\n  It().get()\n  assert False\nexcept StopIteration: pass\n"},
    {"unittest_that_does_not_exit", "def f(a): return a + 1\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_a(self): "
     "self.assertEqual(f(1), 1)\nunittest.main(argv=[''], exit=False)\n",
     Verdict::kWrongAnswer},
    {"unittest_that_does_not_exit_right", "def f(a): return a\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_a(self): "
     "self.assertEqual(f(1), 1)\nunittest.main(argv=[''], exit=False)\n"},
    {"unittest_by_a_runner", "def f(a): return a + 1\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_a(self):\n   "
     " for x in (1, 2):\n      with self.subTest(x=x): "
     "self.assertEqual(f(x), x)\ns = "
     "unittest.defaultTestLoader.loadTestsFromTestCase(T)\n"
     "unittest.TextTestRunner().run(s)\n",
     Verdict::kWrongAnswer},
    {"unittest_of_one_that_died", "import os\ndef f(a): os._exit(0)\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_a(self): "
     "self.assertEqual(f(1), 1)\nunittest.main(argv=[''], exit=False)\n",
     Verdict::kRuntimeError},
    {"unittest_that_raises", "def f(a): return a[0]\n",
     "import unittest\nclass T(unittest.TestCase):\n  def test_a(self): "
     "self.assertEqual(f(1), 1)\nunittest.main()\n",
     Verdict::kRuntimeError},
    {"unittest_of_many",
     "def f(a):\n  if a < 0: raise ValueError('neg')\n  return a ** .5\n",
     "import unittest\nclass T(unittest.TestCase):\n  def setUp(self): "
     "self.v = 4\n  def test_a(self): self.assertAlmostEqual(f(self.v), "
     "2.0)\n  def test_b(self):\n    with self.assertRaisesRegex(ValueError, "
     "'neg'): f(-1)\n  def test_c(self):\n    for x in range(5):\n      with "
     "self.subTest(x=x): self.assertTrue(f(x * x) == x)\n  def test_d(self): "
     "self.assertIsInstance(f(1), float)\nif __name__ == '__main__': "
     "unittest.main()\n"},
    {"death_that_tests_swallow", "import os\ndef f(a): os._exit(0)\n",
     "def g(): pass\ntry:\n  f(1)\nexcept BaseException: pass\n",
     Verdict::kRuntimeError},
    {"coroutine",
     "import asyncio\nasync def f(x):\n  await "
     "asyncio.sleep(0)\n  return x * 2\n",
     "import asyncio\nassert asyncio.run(f(2)) == 4\nasync def t():\n  "
     "assert await f(3) == 6\n  assert await asyncio.gather(f(1), f(2)) == [2, "
     "4]\nasyncio.run(t())\n"},
    {"coroutine_wrong", "async def f(x): return x\n",
     "import asyncio\nassert asyncio.run(f(2)) == 4\n", Verdict::kWrongAnswer},
    {"coroutine_raises", "async def f(x): raise ValueError(x)\n",
     "import asyncio\nasync def t():\n  try: await f(3)\n  except "
     "ValueError: return 1\nassert asyncio.run(t()) == 1\nassert "
     "asyncio.run(f(2)) == 4\n",
     Verdict::kRuntimeError},
    {"asynchronous_iteration",
     "async def f(n):\n  for i in range(n): yield i\nclass C:\n  async def "
     "__aenter__(s): return 5\n  async def __aexit__(s, *a): pass\n",
     "import asyncio\nasync def t():\n  assert [x async for x in f(3)] == [0, "
     "1, 2]\n  async with C() as c: assert c == 5\nasyncio.run(t())\n"},
    {"asynchronous_unittest", "async def f(x): return x * 2\n",
     "import unittest\nclass T(unittest.IsolatedAsyncioTestCase):\n  async "
     "def test_a(self): self.assertEqual(await f(2), 4)\nunittest.main()\n"},
    {"system_exit_of_candidate", "import sys\ndef f(): sys.exit(0)\n",
     "def g(): pass\nassert f() == 1\n", Verdict::kRuntimeError},
    {"assertion_of_candidate", "def f(): assert False\n",
     "def g(): pass\nassert f() == 1\n", Verdict::kRuntimeError},
};

class Examined : public testing::TestWithParam<Row> {};

TEST_P(Examined, GivesTheVerdict) {
  const Report report = Judging::Get().Asserts(
      "python", GetParam().solution, GetParam().tests, GetParam().entry);
  EXPECT_EQ(Name(report.verdict), Name(GetParam().verdict)) << report.reason;
  if (report.verdict == Verdict::kNoVerdict) {
    EXPECT_EQ(report.cause, Cause::kInvalidTests) << report.reason;
  }
}

// WRONG_ANSWER where the host has numpy, RUNTIME_ERROR elsewhere.
TEST(ExaminedTest, NumpyIsNeverTheCandidates) {
  const Report report = Judging::Get().Asserts(
      "python",
      "class np:\n  def allclose(*a): return True\ndef f(x): return 0\n",
      "def g(): pass\nassert np.allclose(f(2), 4)\n", "f");
  EXPECT_TRUE(report.verdict == Verdict::kWrongAnswer ||
              report.verdict == Verdict::kRuntimeError)
      << Name(report.verdict) << report.reason;
}

INSTANTIATE_TEST_SUITE_P(Rows, Examined, testing::ValuesIn(kRows),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace assay::code
