"""Does a verdict flip on a busy machine, and does anything stay behind?

usage: soak.py [--build FOLDER] [--runs N] [--minutes M] [--oversubscribe N]
               [--out FOLDER]

An assayd with --oversubscribe (4) times as many lanes as there are cores
verifies labelled programs again and again, each asked to run afresh, until
--runs of them ran or --minutes passed. Their labels are what a quiet machine
says, chosen so that load alone could flip them: programs that take half of
their time limit or twice it, sleepers, memory below and above the limit.

Counted, after the first tenth and at the end, service idle: processes below
assayd and their cgroups, its descriptors, mounts and resident memory. A flip
or a leak makes the exit code 1. A program that the host gave no core, twice,
has no verdict; that is counted, and no flip.
"""

import argparse
import collections
import datetime
import json
import os
import re
import subprocess
import sys
import tempfile
import time

_HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, _HERE)
import record  # pylint: disable=wrong-import-position
import server  # pylint: disable=wrong-import-position

_CHUNK = 400
_STARVED = "(starved)"

_SPIN = """import time
end = time.process_time() + %s
while time.process_time() < end:
    pass
print('done')
"""
_C_SPIN = """#include <stdio.h>
#include <time.h>
int main(void) {
  while (clock() < %s * CLOCKS_PER_SEC) {}
  puts("done");
}
"""
# name, language, program, limits, verdict; all are asked for `done`.
_PROGRAMS = (
    ("right", "python", "print('done')", {}, "ACCEPTED"),
    ("wrong", "python", "print('gone')", {}, "WRONG_ANSWER"),
    ("half the time", "python", _SPIN % 0.15, {"time_limit_ms": 300},
     "ACCEPTED"),
    ("twice the time", "python", _SPIN % 0.6, {"time_limit_ms": 300},
     "TIME_LIMIT"),
    ("half the time, c", "c", _C_SPIN % 0.1, {"time_limit_ms": 200},
     "ACCEPTED"),
    ("for ever, c", "c", _C_SPIN % 1000, {"time_limit_ms": 200},
     "TIME_LIMIT"),
    ("sleeps", "python", "import time\ntime.sleep(0.3)\nprint('done')",
     {"time_limit_ms": 500}, "ACCEPTED"),
    ("enough memory", "python", "x = bytearray(40 << 20)\nprint('done')",
     {"memory_limit_bytes": 128 << 20}, "ACCEPTED"),
    ("too much memory", "python",
     "x = []\nwhile True:\n    x.append(bytearray(8 << 20))",
     {"memory_limit_bytes": 128 << 20}, "MEMORY_LIMIT"),
    ("too much output", "python", "print('done' * 100000)",
     {"output_limit_bytes": 65536}, "OUTPUT_LIMIT"),
    ("raises", "python", "raise ValueError('no')", {}, "RUNTIME_ERROR"),
    ("crashes", "c", "int main(void) { *(volatile int*)0 = 1; }", {},
     "RUNTIME_ERROR"),
    ("leaves a child", "python",
     "import os, time\nif os.fork() == 0:\n    time.sleep(60)\nprint('done')",
     {}, "ACCEPTED"),
    ("does not compile", "c", "int main(void) { return", {}, "COMPILE_ERROR"),
)


def _write_samples(path, first, count):
    with open(path, "w", encoding="utf-8") as out:
        for i in range(first, first + count):
            name, language, program, limits, label = \
                _PROGRAMS[i % len(_PROGRAMS)]
            out.write(json.dumps({
                "id": str(i), "problem": name, "fresh": True,
                "labels": {"verdict": label},
                "code": {"language": language, "solution": program,
                         "limits": limits,
                         "stdio": {"tests": [{"expected_output": "done"}]}},
            }) + "\n")


def _count_cgroups(family):
    """Groups below those that the service made."""
    own = set()
    for pid in family:
        try:
            with open(f"/proc/{pid}/cgroup", encoding="utf-8") as groups:
                own |= set(re.findall(r"assay-[0-9a-f]{8,}", groups.read()))
        except OSError:
            pass
    return sum(1 for folder, _, _ in os.walk("/sys/fs/cgroup")
               if any(name in folder for name in own))


def _holdings(pid):
    """What the service holds; call it when it is idle."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as statm:
        pages = int(statm.read().split()[1])
    with open(f"/proc/{pid}/mountinfo", encoding="utf-8") as mounts:
        mount_count = len(mounts.readlines())
    family = server.family(pid)
    return {"processes": len(family),
            "descriptors": len(os.listdir(f"/proc/{pid}/fd")),
            "mounts": mount_count, "cgroups": _count_cgroups(family),
            "rss_mib": pages * os.sysconf("SC_PAGESIZE") / 2**20}


def _settled(pid):
    """Holdings once they stop to shrink, within some seconds."""
    seen = _holdings(pid)
    for _ in range(50):
        time.sleep(0.1)
        now = _holdings(pid)
        if all(now[key] >= seen[key] for key in ("processes", "cgroups")):
            return now
        seen = now
    return seen


def _verify(build, address, path, out, flips, seen):
    if os.path.exists(out):
        os.remove(out)
    subprocess.run([os.path.join(build, "bin/assay"), "verify", path, "-o",
                    out, "--server", address, "--quiet"], check=False)
    with open(out, encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            verdict = report["verdict"].replace("VERDICT_", "")
            seen[report["problem"]] += 1
            if "gave the run no core" in report.get("reason", ""):
                seen[_STARVED] += 1
            elif verdict != report["labels"]["verdict"]:
                flips.append((report["problem"], verdict,
                              report.get("reason", "")))


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--runs", type=int, default=10000)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--oversubscribe", type=int, default=4)
    parser.add_argument("--out", default=os.path.join(_HERE, "results"))
    return parser.parse_args()


def _runs(seen):
    return sum(seen.values()) - seen[_STARVED]


def _soak(arguments, pid, address, folder, say):
    flips, seen = [], collections.Counter()
    path, out = os.path.join(folder, "in"), os.path.join(folder, "out")
    begin, early, load = time.monotonic(), None, []
    while _runs(seen) < arguments.runs and \
            time.monotonic() - begin < 60 * arguments.minutes:
        done = _runs(seen)
        _write_samples(path, done, min(_CHUNK, arguments.runs - done))
        _verify(arguments.build, address, path, out, flips, seen)
        if _runs(seen) == done:
            say("no report came: the service is gone")
            return 1
        load.append(os.getloadavg()[0])
        if early is None and (_runs(seen) * 10 >= arguments.runs or
                              time.monotonic() - begin >
                              6 * arguments.minutes):
            early = _settled(pid)
    late = _settled(pid)
    early = early or late
    say(f"{_runs(seen)} runs in {time.monotonic() - begin:.0f} s, load "
        f"{min(load):.1f} to {max(load):.1f}: {len(flips)} verdicts flipped, "
        f"{seen[_STARVED]} NO_VERDICT for want of a core")
    for problem, verdict, reason in flips[:20]:
        say(f"  {problem}: {verdict}, {reason}")
    leaks = []
    for key in ("processes", "descriptors", "mounts", "cgroups"):
        say(f"{key:12} {early[key]:6} early {late[key]:6} at the end")
        if late[key] > early[key]:
            leaks.append(key)
    growth = late["rss_mib"] / early["rss_mib"] - 1
    say(f"{'memory':12} {early['rss_mib']:6.1f} MiB early "
        f"{late['rss_mib']:6.1f} at the end, {growth:+.1%}")
    if growth > 0.05:
        leaks.append("memory")
    say("leaks: " + (", ".join(leaks) or "none"))
    return 1 if flips or leaks else 0


def main():
    arguments = _arguments()
    kept = record.Record("soak", arguments.out)
    cores = os.cpu_count() or 1
    lanes = cores * arguments.oversubscribe
    kept.say(f"# soak, {datetime.date.today()}: {lanes} lanes on {cores} cores")
    os.environ["ASSAY_CODE_LANES"] = str(lanes)
    with tempfile.TemporaryDirectory() as folder:
        service, address = server.start(arguments.build, folder)
        try:
            code = _soak(arguments, service.pid, address, folder, kept.say)
        finally:
            service.terminate()
            service.wait()
    kept.keep()
    return code


if __name__ == "__main__":
    sys.exit(main())
