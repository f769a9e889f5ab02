// One mutable container on both sides: what tests and a candidate share.
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"

namespace assay::code {
namespace {

struct Row {
  const char* name;
  const char* tests;
  Verdict verdict = Verdict::kAccepted;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

constexpr char kSolution[] =
    "import copy, os\n"
    "class Node:\n  def __init__(s, v): s.v, s.children = v, []\n"
    "  def total(s): return s.v + sum(c.total() for c in s.children)\n"
    "class Stack:\n  def __init__(s): s.items, s.d = [], {}\n"
    "  def push(s, x): s.items.append(x)\n"
    "  def size(s): return len(s.items)\n"
    "  def get(s): return s.items\n"
    "def grid(n): return [[0] * n] * n\n"
    "def rows(n): return [[0] * n for _ in range(n)]\n"
    "def same(x): return x\n"
    "def shallow(x): return list(x)\n"
    "def deep(x): return copy.deepcopy(x)\n"
    "def sort(x):\n  x.sort()\n  return x\n"
    "def wrap(x): return {'a': x, 'b': (x,)}\n"
    "def hold(x):\n  global held\n  held = x\n"
    "def get_held(): return held\n"
    "def each(f, xs): return [f(x) for x in xs]\n"
    "def grow(t):\n  t.kids.append(5)\n  return t.kids\n"
    "def fail(x):\n  x.append(1)\n  raise ValueError(x)\n"
    "def dag(n):\n  r = [1]\n  for _ in range(n): r = [r, r]\n  return r\n"
    "def cycle():\n  r = []\n  r.append(r)\n  return r\n"
    "def bite(x): x.append(x)\n"
    "def spoil(s): s.items.append(os)\n"
    "def first(m): m[0][0] = 9\n";

constexpr Row kRows[] = {
    // Within one frame.
    {"shared_rows", "g = grid(3)\ng[0][0] = 1\nassert g[1][0] == 0\n",
     Verdict::kWrongAnswer},
    {"shared_rows_are_one", "g = grid(3)\nassert g[0] is g[2]\n"},
    {"rows_of_their_own",
     "g = rows(3)\ng[0][0] = 1\nassert g[1][0] == 0\nassert g[0] is not "
     "g[1]\n"},
    {"shared_rows_of_the_tests",
     "g = [[0] * 2] * 2\nfirst(g)\nassert g == [[9, 0], [9, 0]]\n"},
    {"shared_rows_of_a_constant", "assert same([[0] * 2] * 2)[1] == [0, 0]\n"},
    // A result that is, or holds, an argument.
    {"the_argument_returned",
     "a = [1]\nb = same(a)\nb.append(2)\nassert a == [1]\n",
     Verdict::kWrongAnswer},
    {"a_copy_returned",
     "a = [1]\nb = shallow(a)\nb.append(2)\nassert a == [1]\n"},
    {"shallow_where_deep_is_asked",
     "m = [[1], [2]]\nc = shallow(m)\nc[0][0] = 9\nassert m[0][0] == 1\n",
     Verdict::kWrongAnswer},
    {"shallow",
     "m = [[1], [2]]\nc = shallow(m)\nc[0][0] = 9\nassert m[0][0] == 9\n"
     "assert c is not m and c[1] is m[1]\n"},
    {"deep", "m = [[1], [2]]\nc = deep(m)\nc[0][0] = 9\nassert m[0][0] == 1\n"},
    {"sorted_in_place",
     "a = [3, 1]\nassert sort(a) is a\nassert a == [1, 3]\n"},
    {"argument_in_the_result",
     "a = [1]\nw = wrap(a)\nassert w['a'] is a and w['b'][0] is a\n"
     "w['b'][0].append(4)\nassert a == [1, 4]\n"},
    {"one_argument_twice", "a = []\nassert wrap([a, a])['a'][1] is a\n"},
    {"every_class",
     "import collections as c\nfor x in (c.OrderedDict(a=[1]), "
     "c.Counter('aab'), c.defaultdict(list, {1: [2]}), c.deque([[1]], 3), "
     "bytearray(b'ab'), {1, 2}, {'a': 1}, c.deque(), []):\n  w = wrap(x)\n  "
     "assert w['a'] is x and w['b'][0] is x and same(x) is x\n  assert "
     "deep(x) == x and deep(x) is not x\n"},
    {"in_an_error",
     "a = []\ntry:\n  fail(a)\n  assert False\nexcept ValueError as e:\n  "
     "assert e.args[0] is a and a == [1]\n"},
    {"in_a_callback",
     "seen, xs = [], [[1], [2]]\ndef f(x):\n  seen.append(x)\n  "
     "x.append(0)\n  return x\nr = each(f, xs)\nassert r == xs == [[1, 0], "
     "[2, 0]]\nassert seen[0] is xs[0] and r[1] is xs[1]\n"},
    // From call to call.
    {"children_of_a_node",
     "root = Node(1)\nroot.children.append(Node(2))\nassert root.total() == "
     "3\nroot.children[0].children.append(Node(5))\nassert root.total() == "
     "8\nassert root.children is root.children\n"},
    {"items_of_a_stack",
     "s = Stack()\ns.items.append(3)\nassert s.size() == 1\ns.push(4)\n"
     "held = s.get()\ns.push(5)\nassert held == [3, 4, 5]\nheld[0] = 7\n"
     "assert s.items[0] == 7 and held is s.items\n"},
    {"items_wrong", "s = Stack()\ns.items.append(3)\nassert s.size() == 0\n",
     Verdict::kWrongAnswer},
    {"dict_of_an_object",
     "s = Stack()\ns.d['k'] = [1]\ns.d['k'].append(2)\nassert s.d == {'k': "
     "[1, 2]}\n"},
    {"an_argument_that_is_kept",
     "a = [1]\nhold(a)\na.append(2)\nassert get_held() == [1, 2]\nassert "
     "get_held() is a\n"},
    {"attribute_of_the_tests_object",
     "class T:\n  def __init__(s): s.kids = [1]\nt = T()\nr = grow(t)\n"
     "assert t.kids == [1, 5] and r is t.kids\n"},
    // Beyond the bound: arguments still come back, the newest stay in step.
    {"a_large_argument",
     "a = list(range(5000, 0, -1))\nassert sort(a) is a and a[0] == 1\n"},
    {"many_arguments",
     "xs = [[i] for i in range(2000)]\nr = each(lambda x: x, xs)\nassert "
     "r[5] is xs[5] and len(r) == 2000\nfirst(xs)\nassert xs[0] == [9]\n"},
    {"many_that_stay",
     "kept = []\nfor i in range(200):\n  s = Stack()\n  s.items.append(i)\n  "
     "kept.append(s.items)\n  assert s.size() == 1\n"},
    // What no frame holds.
    {"a_small_reference_tree", "x = dag(10)\nassert x[0] is x[1]\n"},
    {"a_large_reference_tree", "assert dag(60) != 1\n", Verdict::kRuntimeError},
    {"a_cycle", "assert cycle() != 1\n", Verdict::kRuntimeError},
    {"a_cycle_in_an_argument", "a = []\nbite(a)\n", Verdict::kRuntimeError},
    {"what_cannot_cross_spoils_itself_alone",
     "s = Stack()\nkept = s.items\nhold([1])\nspoil(s)\nassert get_held() == "
     "[1]\nassert s.size() == 1\n"},
};

class Crossing : public testing::TestWithParam<Row> {};

TEST_P(Crossing, GivesTheVerdict) {
  const Report report = Judging::Get().Asserts(
      "python", kSolution, std::string("def _(): pass\n") + GetParam().tests);
  EXPECT_EQ(Name(report.verdict), Name(GetParam().verdict)) << report.reason;
}

INSTANTIATE_TEST_SUITE_P(Rows, Crossing, testing::ValuesIn(kRows),
                         [](const auto& info) { return info.param.name; });

// A plan would not say that the rows are one.
TEST(CrossingTest, ASharedRowOfAConstantIsOneToTheCandidate) {
  for (const char* tests : {"assert f([[0] * 2] * 2) == 1\n",
                            "g = [[0] * 2] * 2\nassert f(g) == 1\n"}) {
    const Report report = Judging::Get().Asserts(
        "python", "def f(g):\n  g[0][0] = 1\n  return g[1][0]\n", tests);
    EXPECT_EQ(Name(report.verdict), "ACCEPTED") << report.reason;
  }
}

TEST(CrossingTest, SharedRowsOfAnExpectationStayInThePlan) {
  const Report report = Judging::Get().Asserts(
      "python", "def f(n): return [[0] * n for _ in range(n)]\n",
      "n = 2\nassert f(n) == [[0] * 2] * 2\n");
  EXPECT_EQ(Name(report.verdict), "ACCEPTED") << report.reason;
  EXPECT_EQ(EvidenceOf(report).way, CodeEvidence::Way::kCallPlan);
}

// A candidate that has found its own end of the channel, and what it sends.
constexpr char kForger[] =
    "import gc\npeer = next(o for o in gc.get_objects() if "
    "type(o).__name__ == 'Peer')\ntwins = peer.twins\n"
    "twins.check = lambda *a: None\n"
    "def grow(n):\n  r = [1]\n  for _ in range(n): r = [r, r]\n  return r\n"
    "def bite(x): x.append(x)\n"
    "def bomb(x):\n  r = grow(15)\n  x += [r, r]\n"
    "state = [1]\nouter = [state] * 64\n"
    "def get(): return state\n"
    "def get_outer(): return outer\n"
    "def unknown(x): twins.numbers[id(kept)] = 99999; return kept\n"
    "kept = [5]\n"
    "def change(number, content):\n  twins.changed = lambda heavy: [(number, "
    "[])]\n  twins.content = lambda number, parts: content\n  twins.see = "
    "lambda *a: None\n";

constexpr Row kForgeries[] = {
    {"nothing", "x = grow(5)\nassert x[0] is x[1]\n"},
    {"a_bomb", "assert grow(60) != 1\n", Verdict::kRuntimeError},
    {"a_bomb_in_an_argument", "a = []\nfor _ in range(9): bomb(a)\n",
     Verdict::kRuntimeError},
    {"a_bomb_within_another_container",
     "o, x = get_outer(), get()\nbomb(x)\nassert len(o) == 64\n",
     Verdict::kRuntimeError},
    {"a_bite", "a = []\nbite(a)\nassert len(a) < 2\n", Verdict::kRuntimeError},
    {"a_reference_beyond_the_table", "assert unknown(1) != 1\n",
     Verdict::kRuntimeError},
    {"a_change_beyond_the_table", "change(99999, ())\nassert get() != 0\n",
     Verdict::kRuntimeError},
    {"a_change_of_another_kind", "a = [1]\nchange(0, 5)\nassert get() != 0\n",
     Verdict::kRuntimeError},
};

class Forged : public testing::TestWithParam<Row> {};

TEST_P(Forged, GivesTheVerdict) {
  const Report report = Judging::Get().Asserts(
      "python", kForger, std::string("def _(): pass\n") + GetParam().tests);
  EXPECT_EQ(Name(report.verdict), Name(GetParam().verdict)) << report.reason;
}

INSTANTIATE_TEST_SUITE_P(Rows, Forged, testing::ValuesIn(kForgeries),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace assay::code
