"""The CuPy peer's code and its kernel, which a host compiler runs here."""

import ctypes
import math
import pathlib
import subprocess
import tempfile
import unittest

import cupy_peer

# What the kernel takes from a device, and a loop in place of its launch.
_HOST = r"""
#include <math.h>
struct Dim { unsigned x; };
static Dim blockIdx, blockDim = {1}, threadIdx;
#define __global__
%s
extern "C" void run_all(const unsigned* words, const unsigned* first,
                        const double* constants, const double* coordinates,
                        unsigned points, unsigned long long values,
                        double* out) {
  for (blockIdx.x = 0; blockIdx.x < values + 3; ++blockIdx.x) {
    stack_machine(words, first, constants, coordinates, points, values, out);
  }
}
"""
_EXPRESSIONS = [
    "v2", "(14/8)", "(-3/4)", "(v0 + (3/4))", "((v0 - v1) * (-(v2)))",
    "((1/2) / (v1 - (5/1)))", "((v0 * v1))**(3)", "((-7/2))**(2)",
    "sqrt(exp((v0 + log(v1))))", "(sin(v0) - (cos(v1) * arctan(v2)))",
]
_POINTS = [[0.5, 1.25], [1.5, 0.75], [0.25, 1.0]]


def _run(program):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "kernel.cc")
        source.write_text(_HOST % cupy_peer.SOURCE)
        library = pathlib.Path(folder, "kernel.so")
        subprocess.run(["c++", "-O1", "-shared", "-fPIC", "-o", library, source],
                       check=True)
        count = (len(program.first) - 1) * 2
        out = (ctypes.c_double * count)()

        def doubles(values):
            return (ctypes.c_double * max(1, len(values)))(*values)

        def words(values):
            return (ctypes.c_uint * len(values))(*values)

        ctypes.CDLL(str(library)).run_all(
            words(program.words), words(program.first),
            doubles(program.constants), doubles(sum(_POINTS, [])), 2,
            ctypes.c_ulonglong(count), out)
        return list(out)


class CupyPeer(unittest.TestCase):

    def test_a_fraction_is_one_leaf(self):
        program = cupy_peer.compile_all(["((-3/4) + v1)"])
        self.assertEqual([cupy_peer.OPS[w & 255] for w in program.words],
                         ["constant", "variable", "add"])
        self.assertEqual(program.constants, [-0.75])
        self.assertEqual(program.first, [0, 3])

    def test_the_kernel_says_what_python_says(self):
        values = _run(cupy_peer.compile_all(_EXPRESSIONS))
        names = {n: getattr(math, n)
                 for n in ("sqrt", "exp", "log", "sin", "cos")}
        names["arctan"] = math.atan
        for t, expression in enumerate(_EXPRESSIONS):
            for k in range(2):
                truth = eval(expression, dict(  # pylint: disable=eval-used
                    names, v0=_POINTS[0][k], v1=_POINTS[1][k],
                    v2=_POINTS[2][k]))
                self.assertAlmostEqual(values[2 * t + k], truth, places=12,
                                       msg=expression)


if __name__ == "__main__":
    unittest.main()
