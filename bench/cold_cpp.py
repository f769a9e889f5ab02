"""What does one C++ sample with 50 tests cost, from cold?

usage: cold_cpp.py [--build FOLDER] [--tests N] [--rounds N] [--out FOLDER]

An assayd that has just started compiles a program and runs all its tests
("first"), then others, until it has precompiled their headers ("header", the
dearest of them), then one more that it has not seen ("cold"). The CPU time is
that of the service with all that it started and reaped, user and system.
Beside it, in turn, a compiler and a process a test without isolation, as most
harnesses do it ("bare"). The median of the rounds counts.
"""

import argparse
import datetime
import json
import os
import resource
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

_PROGRAM = """#include <bits/stdc++.h>
using namespace std;
int main() {
  ios::sync_with_stdio(false);
  cin.tie(nullptr);
  int n;
  cin >> n;
  map<int, vector<int>> places;
  for (int i = 0, x; i < n && cin >> x; ++i) places[x].push_back(i);
  size_t most = 0;
  for (const auto& [value, where] : places) most = max(most, where.size());
  cout << places.size() << " " << most << "\\n";
}
"""
_PROGRAMS = 6  # More than it takes to precompile their header.
_TICK = os.sysconf("SC_CLK_TCK")


def _sample(count, mark):
    tests = []
    for n in range(1, count + 1):
        numbers = [(7 * i * i + n) % 13 for i in range(n)]
        most = max(numbers.count(x) for x in numbers)
        tests.append({
            "input": f"{n}\n" + " ".join(map(str, numbers)) + "\n",
            "expected_output": f"{len(set(numbers))} {most}\n"})
    return {"id": "cold",
            "code": {"language": "cpp", "solution": f"{_PROGRAM}// {mark}\n",
                     "stdio": {"tests": tests}}}


def _cpu_seconds(pid):
    """Of `pid`, all below it that live, and what they have reaped."""
    ticks = 0
    for member in server.family(pid):
        try:
            with open(f"/proc/{member}/stat", encoding="latin1") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += sum(int(x) for x in fields[11:15])
    return ticks / _TICK


def _verify(build, folder, service, address, sample):
    path, out = os.path.join(folder, "in"), os.path.join(folder, "out")
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(sample) + "\n")
    if os.path.exists(out):
        os.remove(out)
    before = _cpu_seconds(service.pid)
    begin = time.monotonic()
    subprocess.run([os.path.join(build, "bin/assay"), "verify", path, "-o",
                    out, "--server", address, "--quiet"], check=False)
    wall = time.monotonic() - begin
    time.sleep(0.2)  # What was started ahead is reaped.
    spent = _cpu_seconds(service.pid) - before
    with open(out, encoding="utf-8") as file:
        report = json.loads(file.readline())
    return spent, wall, report["verdict"].endswith("ACCEPTED")


def _turns_assay(build, folder, count):
    service, address = server.start(build, folder)
    try:
        turns = [_verify(build, folder, service, address, _sample(count, i))
                 for i in range(_PROGRAMS)]
        return turns[0], max(turns), turns[-1]
    finally:
        service.terminate()
        service.wait()


def _turn_bare(sample):
    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime
    before, begin = spent(), time.monotonic()
    passed = rows.compile_and_run(sample)
    return spent() - before, time.monotonic() - begin, passed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--tests", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", default=os.path.join(_HERE, "results"))
    arguments = parser.parse_args()
    kept = record.Record("cold-cpp", arguments.out)
    kept.say(f"# one C++ sample, {arguments.tests} tests, cold, "
             f"{datetime.date.today()}, load {os.getloadavg()[0]:.1f}")
    seen = {"first": [], "header": [], "cold": [], "bare": []}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(arguments.rounds):
            turns = _turns_assay(arguments.build, folder, arguments.tests)
            for name, turn in zip(("first", "header", "cold"), turns):
                seen[name].append(turn)
            seen["bare"].append(_turn_bare(_sample(arguments.tests, "bare")))
    for name, turns in seen.items():
        cpu = statistics.median(turn[0] for turn in turns)
        wall = statistics.median(turn[1] for turn in turns)
        passed = sum(turn[2] for turn in turns)
        kept.say(f"{name:6} {cpu:6.2f} s CPU  {wall:6.2f} s wall  "
                 f"accepted {passed}/{len(turns)}")
    kept.keep()


if __name__ == "__main__":
    main()
