"""Baseline 2: a fork of a warm, exercised interpreter; no isolation.

usage: fork.py KIND ROWS.jsonl FIRST STEP
As fresh.py. The interpreter imports the modules that Assay's profile imports
and runs ordinary code before it serves, so that both heaps are equally warm.
For cpp nothing can be warm: the row is compiled and run as in fresh.py.
"""

import gc
import importlib
import os
import resource
import signal
import sys

import rows

_MODULES = ("bisect", "collections", "copy", "datetime", "decimal",
            "fractions", "functools", "heapq", "itertools", "json", "math",
            "operator", "random", "re", "statistics", "string", "typing")

_EXERCISE = """
import collections, functools, heapq, itertools, json, re

class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __repr__(self):
        return f"Point({self.x}, {self.y})"

@functools.lru_cache(maxsize=None)
def ways(n):
    return 1 if n < 2 else ways(n - 1) + ways(n - 2)

def words(text):
    return collections.Counter(re.findall(r"[a-z]+", text.lower()))

def main():
    heap = [(-count, word) for word, count in words("a b b c c c").items()]
    heapq.heapify(heap)
    try:
        assert [heapq.heappop(heap)[1] for _ in range(3)] == ["c", "b", "a"]
        raise ValueError(repr(Point(1, 2.5)))
    except ValueError as error:
        json.loads(json.dumps({"error": str(error), "ways": ways(30)}))
    return sorted(itertools.chain([3, 1], (x * x for x in range(9))))

main()
"""


def _child(row):
    limit = int(rows.seconds(row)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    status = 1
    try:
        program = compile(rows.joined(row), "<sample>", "exec")
        exec(program, {"__name__": "__main__"})  # pylint: disable=exec-used
        status = 0
    except BaseException:  # pylint: disable=broad-except
        pass
    os._exit(status)


def _forked(kind, row):
    pid = os.fork()
    if pid == 0:
        if kind == "math":
            os._exit(0 if rows.same_text(row) else 1)
        signal.alarm(int(rows.seconds(row) * 3 + 2))
        _child(row)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def main():
    kind, path, first, step = sys.argv[1:5]
    chosen = list(rows.read(path))[int(first)::int(step)]
    if kind == "cpp":
        print(sum(rows.compile_and_run(row) for row in chosen))
        return
    for module in _MODULES:
        importlib.import_module(module)
    for _ in range(3):
        exec(compile(_EXERCISE, "<exercise>", "exec"),  # pylint: disable=exec-used
             {"__name__": "exercise"})
    gc.collect()
    gc.freeze()
    print(sum(_forked(kind, row) for row in chosen))


if __name__ == "__main__":
    main()
