"""How many unique pairs of answers are judged in a core-second?

usage: math_pairs_per_second.py [--build FOLDER] [--cases FOLDER]
           [--permutations N] [--rounds N] [--peers LIST] [--out FOLDER]

Rows are those of math_cases_dev.jsonl that are not debatable. One permutation
of the digits 2 to 9 is applied to both sides of all rows, another one for
each repetition, so that no cache of an earlier repetition helps. Rows over
2,000 bytes ("long") and hostile ones ("adversarial") are timed apart from the
rest ("main").

In each round all contestants take turns:
  assay        the library (build target math_pairs), with N permutations
  math-verify  Math-Verify with its default timeouts, with one of them
  sympy        SymPy's simplify on the same rows
The peers come from the package index into a virtual environment of their own;
where they cannot be had they are SKIPPED, with the reason.

CPU seconds, user and system; the quickest round of each contestant counts.
Only ratios within one run mean anything. The peers' answers are compared with
ours and with the labels on the rows as they were written.
"""

import argparse
import collections
import datetime
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile

_HERE = os.path.dirname(os.path.abspath(__file__))
_ROOT = os.path.dirname(_HERE)
_LONG_BYTES = 2000
_PEERS = ("math-verify", "sympy")
_GROUPS = ("main", "long", "adversarial")


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--cases", default=os.environ.get(
        "ASSAY_CASES", os.path.join(_ROOT, "..", "shared", "data")))
    parser.add_argument("--permutations", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", default=",".join(_PEERS),
                        help="comma list of %s; empty for none" %
                        ", ".join(_PEERS))
    parser.add_argument("--venv", help="where the peers are, or shall be")
    parser.add_argument("--out", default=os.path.join(_HERE, "results"))
    return parser.parse_args()


def _group(row):
    if "adversarial" in row["category"] + row["source"]:
        long = len(row["gold"]) + len(row["prediction"]) > _LONG_BYTES
        return "long" if long else "adversarial"
    if len(row["gold"]) + len(row["prediction"]) > _LONG_BYTES:
        return "long"
    return "main"


def read_rows(folder):
    with open(os.path.join(folder, "math_cases_dev.jsonl"),
              encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row for row in rows if not row.get("debatable")]


def pair(row, suffix, table):
    """A line for the contestants; `table` exchanges the digits."""
    options = row.get("options") or {}
    return {"id": row["id"] + suffix, "gold": row["gold"].translate(table),
            "answer": row["prediction"].translate(table),
            "response": row["form"] != "bare",
            "choice": options.get("kind") == "choice", "group": _group(row)}


def _permutation(generator):
    digits = list("23456789")
    shuffled = digits[:]
    while shuffled == digits:
        generator.shuffle(shuffled)
    return str.maketrans("".join(digits), "".join(shuffled))


def _write(path, pairs):
    seen = set()
    with open(path, "w", encoding="utf-8") as out:
        for line in pairs:
            key = (line["gold"], line["answer"])
            if key in seen:
                continue
            seen.add(key)
            out.write(json.dumps(line) + "\n")


def _peers_python(folder):
    """The interpreter that has the peers, or the reason why there is none."""
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        made = subprocess.run([sys.executable, "-m", "venv", folder],
                              capture_output=True, text=True, check=False)
        if made.returncode != 0:
            return None, "no virtual environment: " + made.stderr[-200:]
    probe = [python, "-c", "import math_verify"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pip = subprocess.run(
            [python, "-m", "pip", "install", "-q", "math-verify"],
            capture_output=True, text=True, check=False)
        if pip.returncode != 0:
            return None, "pip: " + (pip.stderr.strip().split("\n") or [""])[-1]
    versions = subprocess.run(
        [python, "-c",
         "from importlib.metadata import version as v\n"
         "print('Math-Verify', v('math-verify') + ', SymPy', v('sympy'))"],
        capture_output=True, text=True, check=False)
    return python, versions.stdout.strip()


def _commit():
    run = subprocess.run(["git", "-C", _ROOT, "describe", "--always",
                          "--dirty"], capture_output=True, text=True,
                         check=False)
    return run.stdout.strip() or "unknown"


def _cpu():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return re.search(r"model name\s*: (.*)", file.read()).group(1)
    except (OSError, AttributeError):
        return platform.processor()


class _Contest:
    """Takes the turns and keeps the quickest of each contestant and group."""

    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.best = collections.defaultdict(dict)
        self.python = None

    def _keep(self, name, summary):
        for group, found in summary["groups"].items():
            best = self.best[name].get(group)
            unique = found.get("unique_pairs", found["pairs"])
            found["rate"] = unique / max(found["cpu_seconds"], 1e-9)
            if best is None or found["rate"] > best["rate"]:
                self.best[name][group] = found
        return summary

    def assay(self, pairs, verdicts=None):
        command = [os.path.join(self.arguments.build, "bench", "math_pairs"),
                   pairs, "--turns", "1"]
        if verdicts:
            command += ["--verdicts", verdicts]
        run = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        return self._keep("assay" if not verdicts else "as written",
                          json.loads(run.stdout))

    def peer(self, name, pairs, verdicts, keep=True):
        run = subprocess.run(
            [self.python, os.path.join(_HERE, "baselines", "math_peers.py"),
             name, pairs, verdicts], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, check=True)
        summary = json.loads(run.stdout)
        return self._keep(name, summary) if keep else summary


def _read_verdicts(path):
    with open(path, encoding="utf-8") as file:
        return dict(line.rstrip("\n").split("\t")[:2] for line in file)


def _agreement(rows, verdicts):
    agree = accepted = 0
    for row in rows:
        verdict = verdicts.get(row["id"])
        if row["expected"]:
            agree += verdict == "ACCEPTED"
        else:
            agree += verdict in ("WRONG_ANSWER", "NO_ANSWER")
            accepted += verdict == "ACCEPTED"
    return "%d of %d rows agree with their labels, %d wrongly accepted" % (
        agree, len(rows), accepted)


def _compare(contest, rows, peers):
    """On the rows as written: who agrees with whom, and with the labels."""
    none = str.maketrans("", "")
    path = os.path.join(contest.folder, "written.jsonl")
    unique = {}
    for row in rows:
        unique.setdefault((row["gold"], row["prediction"]), row)
    rows = list(unique.values())
    _write(path, (pair(row, "", none) for row in rows))
    ours_path = os.path.join(contest.folder, "ours.tsv")
    summary = contest.assay(path, ours_path)
    ours = _read_verdicts(ours_path)
    yield "assay        " + _agreement(rows, ours)
    for name in peers:
        theirs_path = os.path.join(contest.folder, name + ".tsv")
        contest.peer(name, path, theirs_path, keep=False)
        theirs = _read_verdicts(theirs_path)
        same = sum((ours[i] == "ACCEPTED") == (theirs.get(i) == "ACCEPTED")
                   for i in ours)
        yield "%-12s %s; accepts what we accept on %d of %d" % (
            name, _agreement(rows, theirs), same, len(ours))
    decided = collections.Counter()
    for group in summary["groups"].values():
        decided.update(group["decided"])
    yield ""
    yield "decided by rung and proof, rows as written:"
    for what, count in decided.most_common():
        yield "  %-22s %4d  %5.1f %%" % (what, count,
                                        100 * count / sum(decided.values()))
    yield "  contradictions between rungs: %d" % summary["contradictions"]


def _table(best):
    yield "%-12s %-12s %8s %14s %12s %12s %14s" % (
        "contestant", "group", "pairs", "pairs/core-s", "mean us",
        "slowest us", "assay is x")
    for name in ("assay",) + _PEERS:
        for group in _GROUPS:
            found = best.get(name, {}).get(group)
            if not found:
                continue
            ours = best["assay"][group]["rate"]
            yield "%-12s %-12s %8d %14.1f %12.2f %12.0f %14.1f" % (
                name, group, found.get("unique_pairs", found["pairs"]),
                found["rate"], 1e6 / found["rate"], found["slowest_us"],
                ours / found["rate"])


def main():
    arguments = _arguments()
    if not os.path.exists(os.path.join(arguments.cases,
                                       "math_cases_dev.jsonl")):
        print("SKIPPED: no math_cases_dev.jsonl in", arguments.cases)
        return 0
    rows = read_rows(arguments.cases)
    peers = [p for p in arguments.peers.split(",") if p]
    lines = ["# " + __doc__.split("\n")[0],
             "date    " + datetime.date.today().isoformat(),
             "commit  " + _commit(),
             "cpu     %s, %d cores" % (_cpu(), os.cpu_count()),
             "command " + " ".join(["bench/math_pairs_per_second.py"] +
                                   sys.argv[1:])]
    generator = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        contest = _Contest(arguments, folder)
        if peers:
            contest.python, said = _peers_python(
                arguments.venv or os.path.join(folder, "venv"))
            lines.append("peers   " + (said if contest.python else
                                       "SKIPPED: " + said))
            if not contest.python:
                peers = []
        for _ in range(arguments.rounds):
            tables = [_permutation(generator)
                      for _ in range(arguments.permutations)]
            many = os.path.join(folder, "many.jsonl")
            _write(many, (pair(row, "/%d" % n, table)
                          for n, table in enumerate(tables) for row in rows))
            one = os.path.join(folder, "one.jsonl")
            _write(one, (pair(row, "", tables[0]) for row in rows))
            contest.assay(many)
            for name in peers:
                contest.peer(name, one, os.path.join(folder, "peer.tsv"))
        lines += [""] + list(_table(contest.best)) + [""]
        lines += list(_compare(contest, rows, peers))
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if arguments.out:
        path = os.path.join(arguments.out, "math-pairs-%s.txt" %
                            datetime.date.today().isoformat())
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
