"""Sample lines as the baselines run them: plain programs and pairs.

A row is the JSON of one assay.v1.Sample. Only what both baselines can run is
kept, so that all contestants of a bench see the same rows.
"""

import json
import os
import subprocess
import tempfile


def read(path):
    """Yields the samples of a JSON Lines file."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


# What a row may be expected to do, where the baselines are to run it too: they
# run it on the bare host, so nothing hostile, and nothing that runs until a
# limit stops it, which would measure the limits.
_HARMLESS = {"ACCEPTED", "WRONG_ANSWER", "NO_ANSWER", "RUNTIME_ERROR",
             "COMPILE_ERROR", "PASS", "FAIL", "WA", "RE", "CE"}


def _is_harmless(row):
    labels = row.get("labels", {})
    expected = labels.get("expected", "").split("|")
    return (set(expected) <= _HARMLESS and "severity" not in labels
            and row.get("source") not in ("attacker", "attacks")
            and labels.get("origin") != "attack")


def is_python_asserts(row):
    code = row.get("code", {})
    return (code.get("language") == "python" and "asserts" in code
            and "solution" in code and _is_harmless(row))


def is_cpp_stdio(row):
    code = row.get("code", {})
    return (code.get("language") == "cpp" and "stdio" in code
            and "solution" in code and _is_harmless(row))


def is_math(row):
    return "math" in row and _is_harmless(row)


def repeat(chosen, count):
    """`chosen` over and over until there are `count`, each text its own.

    Copies of a program differ by a last comment, so that no contestant that
    remembers what it compiled or judged has an advantage.
    """
    repeated = []
    for i in range(max(count, len(chosen))):
        row = json.loads(json.dumps(chosen[i % len(chosen)]))
        if i >= len(chosen):
            row["id"] += f"#{i}"
            if "code" in row:
                mark = "#" if row["code"]["language"] == "python" else "//"
                row["code"]["solution"] += f"\n{mark} {i}\n"
        repeated.append(row)
    return repeated


def joined(row):
    """The program of an assert row, as a harness without Assay runs it."""
    code = row["code"]
    tests = code["asserts"]
    program = code["solution"] + "\n" + tests["code"] + "\n"
    if "def check(" in tests["code"] and tests.get("entry_point"):
        program += "check(%s)\n" % tests["entry_point"]
    return program


def seconds(row, default=10.0):
    limits = row["code"].get("limits", {})
    return limits.get("time_limit_ms", default * 1000) / 1000


def answer(row):
    math = row["math"]
    return math.get("answer", math.get("response", "")), math["gold"]


def same_text(row):
    """The least that a checker does: compare the last box as text."""
    text, golds = answer(row)
    start = text.rfind("\\boxed{")
    if start >= 0:
        text = text[start + 7:text.find("}", start)]
    return any(text.replace(" ", "") == g.replace(" ", "") for g in golds)


def _same_token(got, want, checker):
    if got == want:
        return True
    if checker.get("case_insensitive") and got.lower() == want.lower():
        return True
    if checker.get("mode") != "MODE_FLOAT":
        return False
    try:
        error = abs(float(got) - float(want))
        return (error <= checker.get("absolute_tolerance", 1e-9) or
                error <= checker.get("relative_tolerance", 1e-9) *
                abs(float(want)))
    except ValueError:
        return False


def _same_output(got, want, checker):
    got, want = got.split(), want.split()
    return len(got) == len(want) and all(
        _same_token(a, b, checker) for a, b in zip(got, want))


def compile_and_run(row):
    """A C++ row as most harnesses do it: compile, then a process a test."""
    code = row["code"]
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "a.cc")
        binary = os.path.join(folder, "a.out")
        with open(source, "w", encoding="utf-8") as out:
            out.write(code["solution"])
        built = subprocess.run(
            ["g++", "-std=c++17", "-O2", "-o", binary, source],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if built.returncode != 0:
            return False
        for test in code["stdio"]["tests"]:
            try:
                run = subprocess.run(
                    [binary], input=test.get("input", "").encode(),
                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    timeout=seconds(row) * 3 + 2, check=False)
            except subprocess.TimeoutExpired:
                return False
            checker = test.get("checker", code["stdio"].get("checker", {}))
            if run.returncode != 0 or not _same_output(
                    run.stdout.decode("utf-8", "replace"),
                    test.get("expected_output", ""), checker):
                return False
        return True
