"""How many samples a second does the service verify, beside two baselines?

usage: throughput.py [--build FOLDER] [--cases FILE]... [--rounds N]
                        [--rows N] [--out FOLDER]

Rows are sample lines: the repository's examples, or files in a format that
`assay import cases` reads. For each kind (python asserts, those of them that a
call plan judges and those that an examiner does, C++ stdio, mathematics) the
contestants take turns in one run, each with as many workers as there are
cores:

  assay   `assay verify` against an assayd started afresh for each turn, so
          that no cache of an earlier turn helps; isolation on
  core    the same on one core, with one lane, client included; code only
  fresh   a fresh interpreter (or compiler) a sample, no isolation
  fork    a fork of a warm interpreter, no isolation

Few rows are repeated until there are --rows of them, each with a text of its
own. Hostile rows, and rows that run until a limit stops them, are left out:
the baselines run on the bare host.

Times are wall clock of the whole turn, client included, server start-up not;
the median of the rounds counts. Only ratios within one run mean anything.
"""

import argparse
import datetime
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time

_HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [_HERE, os.path.join(_HERE, "baselines")]
import record  # pylint: disable=wrong-import-position
import rows  # pylint: disable=wrong-import-position
import server  # pylint: disable=wrong-import-position

_ONE_CORE = ("taskset", "-c", "0")


def _is_way(way):
    return lambda row: row.get("way") == way and rows.is_python_asserts(row)


# Kind, its rows, and how many make a turn of some seconds.
_KINDS = (("python", rows.is_python_asserts, 400),
          ("plan", _is_way("WAY_CALL_PLAN"), 400),
          ("examiner", _is_way("WAY_EXAMINER"), 400),
          ("cpp", rows.is_cpp_stdio, 60), ("math", rows.is_math, 4000))
# What the baselines call the kind.
_BASES = {"plan": "python", "examiner": "python"}


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--cases", action="append", default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=None,
                        help="so many rows a kind (python 400, cpp 60, "
                             "math 4000)")
    parser.add_argument("--out", default=os.path.join(_HERE, "results"))
    return parser.parse_args()


def _samples(arguments):
    if not arguments.cases:
        folder = os.path.join(os.path.dirname(_HERE), "examples")
        for name in sorted(os.listdir(folder)):
            if name.endswith(".jsonl"):
                yield from rows.read(os.path.join(folder, name))
        return
    for path in arguments.cases:
        lines = subprocess.run(
            [os.path.join(arguments.build, "bin/assay"), "import", "cases",
             path], stdout=subprocess.PIPE, check=True).stdout
        for line in lines.splitlines():
            yield json.loads(line)


def _write(path, chosen):
    with open(path, "w", encoding="utf-8") as out:
        for row in chosen:
            sent = {k: v for k, v in row.items() if k != "way"}
            out.write(json.dumps(sent) + "\n")


def _verify(build, path, folder, prefix=()):
    """Seconds that it took, and the reports."""
    out = os.path.join(folder, "out.jsonl")
    if os.path.exists(out):
        os.remove(out)
    service, address = server.start(build, folder, prefix)
    try:
        begin = time.monotonic()
        subprocess.run(
            [*prefix, os.path.join(build, "bin/assay"), "verify", path, "-o",
             out, "--server", address, "--quiet"], check=False)
        spent = time.monotonic() - begin
    finally:
        service.terminate()
        service.wait()
    return spent, list(rows.read(out))


def _mark_ways(build, everything):
    """Says of each python row by which way it is judged."""
    chosen = [row for row in everything if rows.is_python_asserts(row)]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.jsonl")
        _write(path, chosen)
        reports = _verify(build, path, folder)[1]
    ways = {r["id"]: r.get("code", {}).get("way") for r in reports}
    for row in chosen:
        row["way"] = ways.get(row["id"])


def _turn_assay(build, path, folder, prefix=()):
    spent, reports = _verify(build, path, folder, prefix)
    accepted = sum(r["verdict"].endswith("ACCEPTED") for r in reports)
    return spent, len(reports), accepted


def _turn_baseline(name, kind, path, workers, count):
    begin = time.monotonic()
    running = [
        subprocess.Popen(
            [sys.executable, os.path.join(_HERE, "baselines", name + ".py"),
             _BASES.get(kind, kind), path, str(i), str(workers)], stdout=subprocess.PIPE)
        for i in range(workers)]
    accepted = sum(int(p.communicate()[0] or 0) for p in running)
    return time.monotonic() - begin, count, accepted


def _contest(kind, chosen, arguments, say):
    workers = os.cpu_count() or 1
    names = ["assay", "fresh", "fork"] + (["core"] if kind != "math" else [])
    rates = {name: [] for name in names}
    accepted = {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.jsonl")
        _write(path, chosen)
        for _ in range(arguments.rounds):
            for name in rates:
                if name in ("assay", "core"):
                    spent, count, passed = _turn_assay(
                        arguments.build, path, folder,
                        _ONE_CORE if name == "core" else ())
                else:
                    spent, count, passed = _turn_baseline(
                        name, kind, path, workers, len(chosen))
                rates[name].append(count / spent)
                accepted[name] = passed
    own = statistics.median(rates["assay"])
    for name, seen in rates.items():
        middle = statistics.median(seen)
        say(f"{kind:8} {name:6} {middle:10.1f} samples/s  "
            f"[{min(seen):.1f} .. {max(seen):.1f}]  accepted "
            f"{accepted[name]}/{len(chosen)}  assay is {own / middle:.2f}x")


def main():
    arguments = _arguments()
    kept = record.Record("throughput", arguments.out)
    say = kept.say
    commit = subprocess.run(["git", "describe", "--always", "--dirty"],
                            stdout=subprocess.PIPE, check=False, cwd=_HERE)
    say(f"# throughput, {datetime.date.today()}")
    say(f"# machine: {os.cpu_count()} cores, {platform.machine()}, Linux "
        f"{platform.release()}, load {os.getloadavg()[0]:.1f}")
    say(f"# commit: {commit.stdout.decode().strip()}")
    say(f"# rounds: {arguments.rounds}, rows: "
        f"{'cases' if arguments.cases else 'examples'}")
    everything = list(_samples(arguments))
    _mark_ways(arguments.build, everything)
    for kind, wanted, standard_count in _KINDS:
        count = arguments.rows or standard_count
        chosen = [row for row in everything if wanted(row)]
        random.Random(1).shuffle(chosen)
        del chosen[count:]
        if chosen:
            say(f"# {kind}: {count} rows, {len(chosen)} of them different")
            _contest(kind, rows.repeat(chosen, count), arguments, say)
        else:
            say(f"{kind:8} SKIPPED: no rows of this kind")
    kept.keep()


if __name__ == "__main__":
    main()
