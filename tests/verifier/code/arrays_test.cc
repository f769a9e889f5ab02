// Values of numpy between tests and candidates, in the numpy profile.
#include <gtest/gtest.h>

#include <string>

#include "tests/verifier/code/judging.h"
#include "verifier/code/world.h"

namespace assay::code {
namespace {

struct Row {
  const char* name;
  const char* solution;
  const char* tests;
  Verdict verdict = Verdict::kAccepted;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.name;
}

constexpr char kNumpy[] =
    "import numpy as np\n"
    "def top(xs): return np.max(xs)\n"
    "def spread(xs): return np.max(xs) - np.min(xs)\n"
    "def same(x): return x\n"
    "def double(xs):\n  xs *= 2\n"
    "def kind(x): return type(x).__name__\n"
    "def halves(n): return np.arange(n) / 2\n"
    "def grid(a, b): return np.zeros((a, b), dtype=np.int32)\n";

constexpr Row kRows[] = {
    // Call plans: a scalar is the number it is.
    {"plan_int", kNumpy, "assert top([3, 1, 8]) == 8\n"},
    {"plan_int_wrong", kNumpy, "assert top([3, 1, 8]) == 9\n",
     Verdict::kWrongAnswer},
    {"plan_float", kNumpy, "assert spread([0.5, 2.0]) == 1.5\n"},
    {"plan_in_list",
     "import numpy as np\ndef f(n): return [np.int64(n), np.bool_(True)]\n",
     "assert f(2) == [2, True]\n"},
    {"plan_key", "import numpy as np\ndef f(n): return {np.int64(n): 'x'}\n",
     "assert f(2) == {2: 'x'}\n"},
    // The examiner: an array is an array.
    {"argument", kNumpy,
     "import numpy as np\nassert spread(np.array([2, 9])) == 7\n"},
    {"argument_class", kNumpy,
     "import numpy as np\nassert kind(np.array([2])) == 'ndarray'\n"
     "assert kind(np.float32(2)) == 'float32'\n"},
    {"result", kNumpy,
     "import numpy as np\nassert (halves(3) == np.array([0, .5, 1])).all()\n"},
    {"result_wrong", kNumpy,
     "import numpy as np\nassert (halves(3) == np.array([0, .5, 2])).all()\n",
     Verdict::kWrongAnswer},
    {"shape_and_type", kNumpy,
     "import numpy as np\nx = grid(2, 3)\nassert x.shape == (2, 3)\n"
     "assert x.dtype == np.int32\nnp.testing.assert_array_equal(x, "
     "np.zeros((2, 3)))\n"},
    {"allclose", kNumpy,
     "import numpy as np\nassert np.allclose(halves(2), [0, 0.5 + 1e-12])\n"},
    {"in_place", kNumpy,
     "import numpy as np\nx = np.array([1, 2])\ny = x\ndouble(x)\n"
     "assert y.tolist() == [2, 4]\n"},
    {"same_object", kNumpy,
     "import numpy as np\nx = np.array([1, 2])\nassert same(x) is x\n"},
    {"kinds", kNumpy,
     "import numpy as np\n"
     "for x in (np.array([True]), np.array(['a', 'bcd']), np.array([1j]),\n"
     "          np.array([b'x']), np.zeros((0, 3)), np.array(5),\n"
     "          np.array([[1, 2], [3, 4]]).T, np.arange(9)[::2],\n"
     "          np.array([1, 2], dtype='>i2'), np.float16(1.5)):\n"
     "  y = same((x,))[0]\n"
     "  assert y.dtype == x.dtype and y.shape == x.shape\n"
     "  assert (y == x).all()\n"},
    {"objects", kNumpy,
     "import numpy as np\nx = same((np.array([1, 'a', None, [2]], "
     "dtype=object),))[0]\nassert list(x) == [1, 'a', None, [2]]\n"},
    // What cannot be forged or exhausted.
    {"a_class_of_the_same_name",
     "class ndarray:\n  def __eq__(self, x): return True\n"
     "  def all(self): return True\n"
     "ndarray.__module__ = 'numpy'\n"
     "def halves(n): return ndarray()\n",
     "import numpy as np\n"
     "assert np.array_equal(halves(3), np.array([0, .5, 1]))\n",
     Verdict::kWrongAnswer},
    {"a_subclass",
     "import numpy as np\n"
     "class A(np.ndarray):\n  def __eq__(self, x): return np.array(True)\n"
     "def halves(n): return np.zeros(3).view(A)\n",
     "import numpy as np\n"
     "assert np.array_equal(halves(3), np.array([0, .5, 1]))\n",
     Verdict::kWrongAnswer},
};

class Arrays : public testing::TestWithParam<Row> {};

TEST_P(Arrays, GiveTheVerdict) {
  CodeSample code;
  code.language = "python";
  code.profile = "numpy";
  code.program = GetParam().solution;
  code.tests = AssertTests{GetParam().tests, ""};
  code.limits = ShortLimits();
  const LanguageStatus* python = Judging::Get().world().status("python");
  ASSERT_NE(python, nullptr);
  const absl::Status& numpy = python->profiles.at("numpy");
  if (!numpy.ok()) GTEST_SKIP() << numpy;
  const Report report = Judging::Get().Verify(std::move(code));
  EXPECT_EQ(Name(report.verdict), Name(GetParam().verdict)) << report.reason;
  EXPECT_EQ(EvidenceOf(report).integrity, Integrity::kIsolated);
}

INSTANTIATE_TEST_SUITE_P(Rows, Arrays, testing::ValuesIn(kRows),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace assay::code
