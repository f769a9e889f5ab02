"""A peer for a GPU: the naive stack machine as one CuPy raw kernel.

  program = compile_all(["(v0 + (3/4)) * sin(v1)", ...])
  steps = run(program, sets)   # needs cupy and a device
  values = next(steps)         # at the first set: to be compared first
  seconds = next(steps)

One thread a value, a stack of doubles in its own memory, CUDA's own functions
and the compiler's default options (products and sums are joined): what one
would write first in Python. All expressions go in one launch. Outputs rotate
with the inputs, so that none lies in a cache from the run before.
"""

import ast
import statistics

THREADS = 128
_RUNS = 15
_BINARY = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div"}
OPS = ["variable", "constant", "add", "sub", "mul", "div", "neg", "power",
       "sqrt", "exp", "log", "sin", "cos", "arctan"]
_CODE = {name: k for k, name in enumerate(OPS)}

# Words: the operation in 8 bits, 24 of the operand's number or the power.
SOURCE = r"""
extern "C" __global__ void stack_machine(
    const unsigned* words, const unsigned* first, const double* constants,
    const double* coordinates, unsigned points, unsigned long long values,
    double* out) {
  unsigned long long i =
      (unsigned long long)blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= values) return;
  unsigned tape = i / points, point = i % points;
  double stack[32];
  int top = -1;
  for (unsigned k = first[tape]; k < first[tape + 1]; ++k) {
    unsigned index = words[k] >> 8;
    switch (words[k] & 255) {
      case 0: stack[++top] = coordinates[index * points + point]; break;
      case 1: stack[++top] = constants[index]; break;
      case 2: --top; stack[top] += stack[top + 1]; break;
      case 3: --top; stack[top] -= stack[top + 1]; break;
      case 4: --top; stack[top] *= stack[top + 1]; break;
      case 5: --top; stack[top] /= stack[top + 1]; break;
      case 6: stack[top] = -stack[top]; break;
      case 7: {
        double x = stack[top], y = x;
        for (unsigned n = 1; n < index; ++n) y *= x;
        stack[top] = y;
        break;
      }
      case 8: stack[top] = sqrt(stack[top]); break;
      case 9: stack[top] = exp(stack[top]); break;
      case 10: stack[top] = log(stack[top]); break;
      case 11: stack[top] = sin(stack[top]); break;
      case 12: stack[top] = cos(stack[top]); break;
      case 13: stack[top] = atan(stack[top]); break;
    }
  }
  out[i] = stack[0];
}
"""


class Program:
    """Words of all expressions, where each begins, and their constants."""

    def __init__(self):
        self.words, self.first, self.constants = [], [0], []

    def add(self, expression):
        self._visit(ast.parse(expression, mode="eval").body)
        self.first.append(len(self.words))

    def _emit(self, name, index=0):
        self.words.append(_CODE[name] | index << 8)

    def _visit(self, node):
        if isinstance(node, ast.Name):
            self._emit("variable", int(node.id[1:]))
        elif (literal := _literal(node)) is not None:
            self._emit("constant", len(self.constants))
            self.constants.append(literal)
        elif isinstance(node, ast.UnaryOp):
            self._visit(node.operand)
            self._emit("neg")
        elif isinstance(node, ast.Call):
            self._visit(node.args[0])
            self._emit(node.func.id)
        elif isinstance(node.op, ast.Pow):
            self._visit(node.left)
            self._emit("power", node.right.value)
        else:
            self._visit(node.left)
            self._visit(node.right)
            self._emit(_BINARY[type(node.op)])


def _integer(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _integer(node.operand)
        return None if value is None else -value
    return node.value if isinstance(node, ast.Constant) else None


def _literal(node):
    """The value of n/d, which is one leaf of ours; None of anything else."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div):
        return None
    n, d = _integer(node.left), _integer(node.right)
    return None if n is None or d is None else n / d


def compile_all(expressions):
    program = Program()
    for expression in expressions:
        program.add(expression)
    return program


def run(program, sets):
    """Yields the values at the first of `sets` (of three lists of doubles) as
    a list of lists, then the kernel's median seconds by the device's events."""
    import cupy
    if cupy.cuda.runtime.getDeviceCount() == 0:
        raise ImportError("no device")
    kernel = cupy.RawKernel(SOURCE, "stack_machine")
    points = len(sets[0][0])
    values = (len(program.first) - 1) * points
    words = cupy.array(program.words, dtype=cupy.uint32)
    first = cupy.array(program.first, dtype=cupy.uint32)
    constants = cupy.array(program.constants or [0.0], dtype=cupy.float64)
    inputs = [cupy.array(v, dtype=cupy.float64).ravel() for v in sets]
    outputs = [cupy.empty(values, dtype=cupy.float64) for _ in sets]
    times = []
    for k in range(_RUNS + 1):
        begin, end = cupy.cuda.Event(), cupy.cuda.Event()
        at = k % len(sets)
        begin.record()
        kernel(((values + THREADS - 1) // THREADS,), (THREADS,),
               (words, first, constants, inputs[at], cupy.uint32(points),
                cupy.uint64(values), outputs[at]))
        end.record()
        end.synchronize()
        if k == 0:
            yield outputs[0].get().reshape(-1, points).tolist()
        else:
            times.append(cupy.cuda.get_elapsed_time(begin, end))
    yield statistics.median(times) * 1e-3
