#!/usr/bin/env python3
"""What Nsight Compute says binds each kernel, a line a launch.

usage: ncu_table.py FILE      # of ncu --csv --page raw, with other words in it

Prints the percentages that were asked for, the highest first, or why there are
none: counters are a right that many machines do not give.
"""

import csv
import re
import sys

_SHORT = re.compile(r"^(?:sm__inst_executed_pipe_|l1tex__data_pipe_lsu_"
                    r"wavefronts_mem_|sm__|)(\w+)\.")


def table(lines):
    """Lines of (kernel: part percent, ...); the reason where there are none."""
    at = next((k for k, line in enumerate(lines) if '"Kernel Name"' in line),
              None)
    if at is None:
        why = [line.strip() for line in lines if "ERR" in line or "rror" in line
               or "skipped" in line]
        return ["ncu gave nothing: " + (why[0] if why else "no table")]
    found = []
    for row in csv.DictReader(lines[at:]):
        parts = []
        for name, text in row.items():
            if name and "pct" in name and re.match(r"^[\d.]+$", text or ""):
                parts.append((float(text), _SHORT.sub(r"\1 ", name).split()[0]))
        if parts:  # The row after the head has units alone.
            found.append("ncu %s: %s" % (
                re.sub(r"\(.*", "", row["Kernel Name"])[:60], ", ".join(
                    "%s %.0f%%" % (name, share)
                    for share, name in sorted(parts, reverse=True))))
    return found or ["ncu gave nothing: no launch was profiled"]


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        print("\n".join(table(file.read().splitlines())))
