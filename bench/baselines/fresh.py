"""Baseline 1: a fresh interpreter a sample, with a timeout; no isolation.

usage: fresh.py KIND ROWS.jsonl FIRST STEP
Runs rows FIRST, FIRST + STEP, ... and prints how many passed. KIND: python,
cpp or math.
"""

import json
import os
import subprocess
import sys

import rows

_MATH = ("import json, sys; sys.path.insert(0, {path!r}); import rows; "
         "sys.exit(0 if rows.same_text(json.loads(sys.stdin.read())) else 1)")


def _passes(kind, row):
    if kind == "cpp":
        return rows.compile_and_run(row)
    if kind == "math":
        program = _MATH.format(path=os.path.dirname(rows.__file__))
        run = subprocess.run([sys.executable, "-I", "-c", program],
                             input=json.dumps(row).encode(), check=False)
        return run.returncode == 0
    try:
        run = subprocess.run(
            [sys.executable, "-"], input=rows.joined(row).encode(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=rows.seconds(row) * 3 + 2, check=False)
    except subprocess.TimeoutExpired:
        return False
    return run.returncode == 0


def main():
    kind, path, first, step = sys.argv[1:5]
    chosen = list(rows.read(path))[int(first)::int(step)]
    print(sum(_passes(kind, row) for row in chosen))


if __name__ == "__main__":
    main()
