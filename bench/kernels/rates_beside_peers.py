#!/usr/bin/env python3
"""How many node-points a second beside NumPy, SymPy, torch and CuPy?

usage: rates_beside_peers.py KERNEL_RATES [--tapes N] [--points N ...]
                             [--mix arithmetic ...]

KERNEL_RATES is the built program of that name; it writes generated fp64
expressions (12 nodes in the mean, leaves counted), their inputs and its own
values, and our rate on the set in every domain. Each peer evaluates the same expressions at the same points in the same
dtype, from functions that are built before anything is timed; its values are
compared with ours first, and a difference ends the run with status 1.

  numpy   a lambda an expression, over arrays of all points
  sympy   lambdify of the parsed expression (modules numpy), on a tenth of the
          set: parsing takes longer than all the rest
  torch   the same lambdas over tensors, on a GPU where torch finds one
  cupy    all expressions in one raw kernel (cupy_peer.py), on a GPU

Inputs are random and rotate: every repetition takes another of several sets.
Times are CPU time of the thread, the median of seven; on a GPU wall time, or
the device's events for cupy, and ours is the device's then. Domains that prove
something have no peer: their rows stand beside NumPy's plain doubles. A peer
that cannot run is named with the reason.
"""

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time

import cupy_peer

_FUNCTIONS = ("sqrt", "exp", "log", "sin", "cos", "arctan")
_SETS = 5
_RUNS = 7


def _read(path):
    with open(path, encoding="utf-8") as file:
        head = json.loads(file.readline())
        rows = [json.loads(line) for line in file]
    inputs = [[float.fromhex(x) for x in v] for v in head["variables"]]
    for row in rows:
        row["values"] = [
            math.nan if "nan" in x else float.fromhex(x) for x in row["values"]]
    return head, inputs, rows


def _wrong(ours, theirs):
    """How many values differ by more than rounding explains."""
    count = 0
    for a, b in zip(ours, theirs):
        # Ours is not a number outside the ranges of our functions, and sympy
        # goes on with complex ones there.
        if math.isfinite(a) and not abs(a - b) <= 1e-7 * (1 + abs(a)):
            count += 1
    return count


def _lambdas(rows, names):
    return [eval("lambda v0, v1, v2: " + r["python"],  # pylint: disable=all
                 dict(names)) for r in rows]


def _time(functions, sets, clock, finish=lambda: None):
    times = []
    for run in range(_RUNS):
        v = sets[run % len(sets)]
        start = clock()
        for f in functions:
            f(*v)
        finish()
        times.append(clock() - start)
    return statistics.median(times)


def _numpy(rows, inputs):
    import numpy as np
    np.seterr(all="ignore")
    functions = _lambdas(rows, {n: getattr(np, n) for n in _FUNCTIONS})
    base = [np.array(v) for v in inputs]
    wrong = sum(_wrong(r["values"], np.broadcast_to(f(*base), base[0].shape))
                for r, f in zip(rows, functions))
    sets = [[np.random.default_rng(s * 3 + k).uniform(0, 2, len(base[0]))
             for k in range(3)] for s in range(_SETS)]
    return wrong, _time(functions, sets, time.thread_time), 1


def _sympy(rows, inputs):
    import numpy as np
    import sympy
    np.seterr(all="ignore")
    part = rows[:max(1, len(rows) // 10)]
    names = sympy.symbols("v0 v1 v2")
    functions = [sympy.lambdify(
        names, sympy.sympify(r["python"].replace("arctan", "atan")), "numpy")
                 for r in part]
    base = [np.array(v) for v in inputs]
    wrong = sum(_wrong(r["values"], np.broadcast_to(f(*base), base[0].shape))
                for r, f in zip(part, functions))
    sets = [[np.random.default_rng(s * 3 + k).uniform(0, 2, len(base[0]))
             for k in range(3)] for s in range(_SETS)]
    return wrong, _time(functions, sets, time.thread_time), len(part) / len(rows)


def _torch(rows, inputs):
    import torch
    where = "cuda" if torch.cuda.is_available() else "cpu"

    def over(name):
        f = getattr(torch, name)
        # Constants alone are no tensors.
        return lambda x: f(torch.as_tensor(x, dtype=torch.float64,
                                           device=where))

    functions = _lambdas(rows, {n: over(n) for n in _FUNCTIONS})
    base = [torch.tensor(v, dtype=torch.float64, device=where) for v in inputs]
    wrong = 0
    for r, f in zip(rows, functions):
        value = torch.as_tensor(f(*base), dtype=torch.float64)
        wrong += _wrong(r["values"],
                        value.cpu().expand(len(inputs[0])).tolist())
    sets = [[torch.rand(len(inputs[0]), dtype=torch.float64, device=where) * 2
             for _ in range(3)] for _ in range(_SETS)]
    if where == "cpu":
        return wrong, _time(functions, sets, time.thread_time), 1
    return wrong, _time(functions, sets, time.perf_counter,
                        torch.cuda.synchronize), 1


def _cupy(rows, inputs):
    import random
    program = cupy_peer.compile_all(r["python"] for r in rows)
    sets = [inputs] + [
        [[random.uniform(0, 2) for _ in inputs[0]] for _ in inputs]
        for _ in range(_SETS - 1)]
    steps = cupy_peer.run(program, sets)
    wrong = sum(_wrong(r["values"], v) for r, v in zip(rows, next(steps)))
    return wrong, next(steps), 1


_PEERS = {"numpy": _numpy, "sympy": _sympy, "torch": _torch, "cupy": _cupy}


def _on_device(name):
    """Whether the peer's rate is that of a GPU."""
    if name != "torch":
        return name == "cupy"
    import torch
    return torch.cuda.is_available()


def _say(mix, points, who, rate, ratio="", more=""):
    print("%-11s %6d  %-20s %12.3e %8s%s" % (mix, points, who, rate, ratio,
                                             more), flush=True)


def _say_peers(mix, points, head, inputs, rows, names):
    """Returns how many values differ, and NumPy's rate or None."""
    bad, numpy_rate = 0, None
    for name in names:
        try:
            wrong, seconds, share = _PEERS[name](rows, inputs)
            ours = head["device" if _on_device(name) else "host"].get("fp64")
        except Exception as why:  # pylint: disable=broad-except
            # Not installed, no device, a driver too old: said, and left out.
            print("%-11s %6d  %-20s skipped: %s" % (
                mix, points, name, (str(why).splitlines() or ["?"])[0]))
            continue
        rate = head["nodes"] * share * points / seconds
        _say(mix, points, name, rate, "%.1fx" % (ours / rate) if ours else "?",
             "  %d VALUES DIFFER" % wrong if wrong else "")
        bad += wrong
        if name == "numpy":
            numpy_rate = rate
    return bad, numpy_rate


def _say_ours(mix, points, head, numpy_rate):
    for where in ("host", "device"):
        for domain, rate in head[where].items():
            beside = "%.1fx" % (rate / numpy_rate) if numpy_rate else ""
            _say(mix, points, "%s %s" % (where, domain), rate, beside)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--tapes", type=int, default=2000)
    parser.add_argument("--points", type=int, nargs="+",
                        default=[16, 64, 256, 1024, 4096])
    parser.add_argument("--mix", nargs="+",
                        default=["arithmetic", "functions"])
    parser.add_argument("--peers", nargs="+", default=list(_PEERS),
                        choices=list(_PEERS))
    options = parser.parse_args()
    bad = 0
    print("peers: ours is so many times the peer; ours by domain: so many times"
          " NumPy's doubles")
    print("%-11s %6s  %-20s %12s" % ("mix", "points", "who", "node-points/s"))
    for mix in options.mix:
        for points in options.points:
            tapes = max(200, min(options.tapes, 4_000_000 // points))
            with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
                subprocess.run([options.program, "peer", mix, str(tapes),
                                str(points), file.name], check=True)
                head, inputs, rows = _read(file.name)
            wrong, numpy_rate = _say_peers(mix, points, head, inputs, rows,
                                           options.peers)
            _say_ours(mix, points, head, numpy_rate)
            bad += wrong
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
