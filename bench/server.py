"""An assayd of one's own, for benchmarks."""

import os
import subprocess
import time

_START_SECONDS_MAX = 60


def start(build, folder, prefix=()):
    """Starts assayd; returns (process, address) once it serves.

    `prefix` are words before it, e.g. ("taskset", "-c", "0").
    """
    path = os.path.join(folder, "bench.sock")
    ready, told = os.pipe()
    server = subprocess.Popen(
        [*prefix, os.path.join(build, "bin/assayd"), "--listen", "unix:" + path,
         "--ready-fd", str(told)], pass_fds=[told],
        stderr=subprocess.DEVNULL)
    os.close(told)
    os.set_blocking(ready, False)
    for _ in range(_START_SECONDS_MAX * 20):
        time.sleep(0.05)
        try:
            if os.read(ready, 1):
                break
        except BlockingIOError:
            pass
    os.close(ready)
    return server, "unix:" + path


def family(pid):
    """`pid` and all processes below it."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="latin1") as stat:
                    parents[int(name)] = int(
                        stat.read().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                pass
    members = {pid}
    grown = True
    while grown:
        more = {p for p, parent in parents.items()
                if parent in members and p not in members}
        members |= more
        grown = bool(more)
    return members
