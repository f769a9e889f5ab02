// Solutions that mean to pass without being right, each with an honest twin
// that has to pass; each judged by a call plan and by an examiner.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"
#include "tests/verifier/code/tricks.h"

namespace assay::code {

std::ostream& operator<<(std::ostream& out, const Trick& trick) {
  return out << trick.name;
}

namespace {

constexpr char kPlanTests[] =
    "assert double(2) == 4\nassert double(-3) == -6\n"
    "assert double([1]) == [1, 1]\nassert double('ab') == 'abab'\n";
// A function of the tests keeps them out of a plan.
constexpr char kExaminerTests[] =
    "def same(a, b):\n    return a == b\n"
    "assert same(double(2), 4)\nassert double(-3) == -6\n"
    "assert [1, 1] == double([1])\nassert double('ab') in ('abab',)\n";

constexpr Trick kTricks[] = {
    {"always_equal",
     "class E:\n  def __eq__(s, o): return True\n  def __ne__(s, o): return "
     "False\n  def __hash__(s): return 0\ndef double(x): return E()\n",
     "class E:\n  def __eq__(s, o): return True\ndef double(x):\n  E()\n  "
     "return x * 2\n"},
    {"int_subclass",
     "class E(int):\n  def __eq__(s, o): return True\n  __hash__ = "
     "int.__hash__\ndef double(x): return E(7)\n",
     "class E(int): pass\ndef double(x): return E(x * 2) if type(x) is int "
     "else x * 2\n"},
    {"str_subclass",
     "class E(str):\n  def __eq__(s, o): return True\n  __hash__ = "
     "str.__hash__\ndef double(x): return E('z')\n",
     "class E(str): pass\ndef double(x): return E(x * 2) if type(x) is str "
     "else x * 2\n"},
    {"list_subclass",
     "class E(list):\n  def __eq__(s, o): return True\ndef double(x): return "
     "E()\n",
     "class E(list): pass\ndef double(x): return E(x * 2) if type(x) is list "
     "else x * 2\n"},
    {"dict_subclass",
     "class E(dict):\n  def __eq__(s, o): return True\n  def __ne__(s, o): "
     "return False\ndef double(x): return E()\n",
     "def double(x):\n  class E(dict): pass\n  return E({1: x * 2})[1]\n"},
    {"metaclass_equality",
     "class M(type):\n  def __eq__(s, o): return True\n  def __hash__(s): "
     "return 1\nclass E(metaclass=M): pass\ndef double(x): return E\n",
     "class M(type): pass\nclass E(metaclass=M):\n  def go(s, x): return x * "
     "2\ndef double(x): return E().go(x)\n"},
    {"class_lie",
     "class E:\n  __class__ = int\n  def __eq__(s, o): return True\n  def "
     "__int__(s): return 4\ndef double(x): return E()\n",
     "class E:\n  __class__ = int\ndef double(x):\n  E()\n  return x * 2\n"},
    {"type_lie",
     "class M(type):\n  __mro__ = property(lambda c: (int, object))\nclass "
     "E(metaclass=M):\n  def __eq__(s, o): return True\ndef double(x): return "
     "E()\n",
     "def double(x): return type(x)(x * 2)\n"},
    {"reflected_equality",
     "class E(int):\n  def __eq__(s, o): return True\n  def __sub__(s, o): "
     "return 0\n  __rsub__ = __sub__\n  def __float__(s): return 4.0\ndef "
     "double(x): return E(1)\n",
     "def double(x): return x + x\n"},
    {"exit_early", "import sys\ndef double(x): return 0\nsys.exit(0)\n",
     "import sys\ndef double(x): return x * 2\nif 0: sys.exit(0)\n"},
    {"exit_in_call", "import sys\ndef double(x): sys.exit(0)\n",
     "def double(x):\n  try: raise SystemExit(0)\n  except SystemExit: return "
     "x * 2\n"},
    {"os_exit", "import os\ndef double(x): os._exit(0)\n",
     "import os\ndef double(x): return x * 2\n"},
    {"raise_exit", "def double(x): raise SystemExit\n",
     "def double(x): return x * 2\n"},
    {"exec_true", "import os\ndef double(x): os.execv('/bin/true', ['true'])\n",
     "import os\ndef double(x): return x * 2\n"},
    {"kill_self",
     "import os, signal\ndef double(x): os.kill(os.getpid(), "
     "signal.SIGKILL)\n",
     "import os, signal\ndef double(x): return x * 2\n"},
    {"atexit_exit",
     "import atexit, os\natexit.register(os._exit, 0)\ndef double(x): return "
     "1\n",
     "import atexit\natexit.register(print, 'bye')\ndef double(x): return x * "
     "2\n"},
    {"forged_frames",
     "import os, struct\nf = b't' + struct.pack('<I', 2) + b's' + "
     "struct.pack('<I', 5) + b'value' + b'T'\nfor fd in (3, 4, 5):\n  try:\n  "
     "  for _ in range(9): os.write(fd, struct.pack('<I', len(f)) + f)\n  "
     "except OSError: pass\ndef double(x): return 0\n",
     "def double(x): return x * 2\n"},
    {"forged_garbage",
     "import os\nfor fd in (4, 5):\n  try: os.write(fd, b'\\xff' * 4096)\n  "
     "except OSError: pass\ndef double(x): return 0\n",
     "import os\ndef double(x): return x * 2\n"},
    {"forged_pass",
     "import os, struct\nf = b't' + struct.pack('<I', 3) + b's' + "
     "struct.pack('<I', 4) + b'pass' + b's' + struct.pack('<I', 0) + b'i' + "
     "struct.pack('<I', 1) + b'\\0'\nfor fd in (4, 5):\n  try: os.write(fd, "
     "struct.pack('<I', len(f)) + f)\n  except OSError: pass\nos._exit(0)\n",
     "def double(x): return x * 2\n"},
    {"close_descriptors",
     "import os\nfor fd in range(3, 20):\n  try: os.close(fd)\n  except "
     "OSError: pass\ndef double(x): return 0\n",
     "def double(x): return x * 2\n"},
    {"patched_builtins",
     "import builtins\nbuiltins.type = lambda *a: int\nbuiltins.isinstance = "
     "lambda *a: True\nbuiltins.AssertionError = ValueError\ndef double(x): "
     "return 0\n",
     "import builtins\nbuiltins.extra = 1\ndef double(x): return x * 2\n"},
    {"patched_all",
     "import builtins, sys\nclass E:\n  def __eq__(s, o): return True\nfor m "
     "in list(sys.modules.values()):\n  for k in list(vars(m)) if m and "
     "hasattr(m, '__dict__') else []:\n    if k in ('encode', 'Equal', "
     "'compare', '_content_base'):\n      try: setattr(m, k, lambda *a, **k: "
     "b'T')\n      except Exception: pass\ndef double(x): return E()\n",
     "def double(x): return x * 2\n"},
    {"frame_walk",
     "import sys\ndef double(x):\n  f = sys._getframe()\n  while f:\n    for "
     "v in list(f.f_locals.values()):\n      if isinstance(v, (tuple, list)) "
     "and 4 in v: return 4\n    f = f.f_back\n  return 0\n",
     "import sys\ndef double(x):\n  sys._getframe()\n  return x * 2\n"},
    {"gc_scan",
     "import gc\ndef double(x):\n  for o in gc.get_objects():\n    if "
     "type(o) is tuple and len(o) == 2 and o[0] == 'equal': return o[1]\n  "
     "return 0\n",
     "import gc\ndef double(x):\n  gc.collect()\n  return x * 2\n"},
    {"thread_exit",
     "import threading, os, time\ndef go():\n  time.sleep(0.05)\n  "
     "os._exit(0)\nthreading.Thread(target=go).start()\ndef double(x):\n  "
     "time.sleep(1)\n  return 0\n",
     "import threading\ndef double(x):\n  r = []\n  t = threading.Thread("
     "target=lambda: r.append(x * 2))\n  t.start()\n  t.join()\n  return "
     "r[0]\n"},
    {"swallow_assertion",
     "import sys\nsys.excepthook = lambda *a: None\ndef double(x): return 0\n",
     "def double(x): return x * 2\n"},
    {"settrace_skip",
     "import sys\ndef t(f, e, a):\n  return t\nsys.settrace(t)\nsys.setprofile("
     "lambda *a: None)\ndef double(x): return 0\n",
     "def double(x): return x * 2\n"},
    {"generator", "def double(x): yield x * 2\n",
     "def double(x): return next(iter([x * 2]))\n"},
    {"mutable_result",
     "class R(list):\n  def __iter__(s): return iter([9])\n  def __len__(s): "
     "return 1\n  def __eq__(s, o): return True\ndef double(x): return R()\n",
     "def double(x): return x * 2\n"},
    {"raise_in_repr",
     "class E(Exception):\n  def __str__(s): raise s\n  __repr__ = "
     "__str__\ndef double(x): raise E()\n",
     "def double(x):\n  try: raise ValueError\n  except ValueError: return x "
     "* 2\n"},
    {"return_none", "def double(x): pass\n", "def double(x): return x * 2\n"},
    {"not_there", "def triple(x): return x\n", "double = lambda x: x * 2\n"},
    {"not_callable", "double = 4\n",
     "class D:\n  def __call__(s, x): return x * 2\ndouble = D()\n"},
    {"module_instead", "import math as double\n",
     "import math\ndef double(x): return x * 2\n"},
    {"builtin_instead", "double = len\n",
     "from operator import mul\nfrom functools import partial\ndouble = "
     "partial(mul, 2)\n"},
    {"main_guard",
     "def double(x): return 0\nif __name__ == '__main__':\n  raise "
     "SystemExit(0)\n",
     "def double(x): return x * 2\nif __name__ == '__main__':\n  "
     "print(double(1))\n"},
    {"deep_result",
     "def double(x):\n  r = []\n  for _ in range(100000): r = [r]\n  return "
     "r\n",
     "def double(x):\n  r = x * 2\n  for _ in range(150): r = [r]\n  for _ in "
     "range(150): r = r[0]\n  return r\n"},
    {"cyclic_result", "def double(x):\n  r = []\n  r.append(r)\n  return r\n",
     "def double(x):\n  r = []\n  r.append(r)\n  return x * 2\n"},
    {"huge_int", "def double(x): return 1 << 50000000\n",
     "def double(x): return (x << 4000) // (1 << 3999) if type(x) is int "
     "else x * 2\n"},
    {"recursion", "def double(x): return double(x)\n",
     "def double(x, n=500): return double(x, n - 1) if n else x * 2\n"},
};

class Hostile : public testing::TestWithParam<Trick> {};

bool IsFailure(Verdict verdict) {
  return verdict != Verdict::kAccepted && verdict != Verdict::kNoVerdict &&
         verdict != Verdict::kUndecided && verdict != Verdict::kUnspecified;
}

TEST_P(Hostile, PlanRefusesTheCheatAndTakesItsHonestTwin) {
  Judging& judging = Judging::Get();
  const Report cheat = judging.Asserts("python", GetParam().cheat, kPlanTests);
  EXPECT_TRUE(IsFailure(cheat.verdict))
      << Name(cheat.verdict) << " " << cheat.reason;
  const Report honest =
      judging.Asserts("python", GetParam().honest, kPlanTests);
  EXPECT_EQ(honest.verdict, Verdict::kAccepted) << honest.reason;
  EXPECT_EQ(EvidenceOf(honest).way, CodeEvidence::Way::kCallPlan);
}

TEST_P(Hostile, ExaminerRefusesTheCheatAndTakesItsHonestTwin) {
  Judging& judging = Judging::Get();
  const Report cheat =
      judging.Asserts("python", GetParam().cheat, kExaminerTests);
  EXPECT_TRUE(IsFailure(cheat.verdict))
      << Name(cheat.verdict) << " " << cheat.reason;
  const Report honest =
      judging.Asserts("python", GetParam().honest, kExaminerTests);
  EXPECT_EQ(honest.verdict, Verdict::kAccepted) << honest.reason;
  EXPECT_EQ(EvidenceOf(honest).way, CodeEvidence::Way::kExaminer);
}

INSTANTIATE_TEST_SUITE_P(Tricks, Hostile, testing::ValuesIn(kTricks),
                         [](const auto& info) { return info.param.name; });
INSTANTIATE_TEST_SUITE_P(Channels, Hostile, testing::ValuesIn(ChannelTricks()),
                         [](const auto& info) { return info.param.name; });
INSTANTIATE_TEST_SUITE_P(Forgeries, Hostile, testing::ValuesIn(Forgeries()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace assay::code
