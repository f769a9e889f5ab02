#!/usr/bin/env python3
"""Pairs a second against batch size, and where a device begins to pay.

usage: plot_batches.py ROWS [--svg FILE]

ROWS is what `kernel_rates batches` printed. Prints a plot in text and the
break-even: the least batch from which on the device answers sooner than one
core does, and than all cores would if they shared the batch without loss.
Between rows it is interpolated, both axes by logarithms.

With --svg it is drawn by matplotlib too, where that is installed (Debian's
python3-matplotlib): the usual plotting library, which writes SVG without a
display. Without it the text says so.
"""

import argparse
import math
import re
import sys

_ROW = re.compile(r"^\s*(\d+) pairs  host\s+([\d.]+) ms .*?"
                  r"(?:device\s+([\d.]+) ms .*)?$")
_CORES = re.compile(r"by batch size.* (\d+) cores")
_WIDE = 60


def read(lines):
    """(cores, [(pairs, host milliseconds, device milliseconds or None)])."""
    cores, rows = 1, []
    for line in lines:
        if match := _CORES.search(line):
            cores = int(match.group(1))
        elif match := _ROW.match(line):
            pairs, host, device = match.groups()
            rows.append((int(pairs), max(float(host), 1e-4),
                         max(float(device), 1e-4) if device else None))
    return cores, rows


def break_even(rows, cores):
    """The least batch from which on the device is sooner; None: never."""
    known = [(math.log(n), math.log(host / cores) - math.log(device))
             for n, host, device in rows if device is not None]
    if not known or known[-1][1] <= 0:
        return None
    least = math.exp(known[0][0])
    for (x, gain), (x2, gain2) in zip(known, known[1:]):
        if gain <= 0 < gain2:
            least = math.exp(x + (x2 - x) * -gain / (gain2 - gain))
    return least


def series(rows, cores):
    """Name to [(pairs, pairs a second)]."""
    found = {"a core": [(n, n / host * 1e3) for n, host, _ in rows]}
    if cores > 1:
        found["%d cores, ideal" % cores] = [
            (n, cores * n / host * 1e3) for n, host, _ in rows]
    device = [(n, n / ms * 1e3) for n, _, ms in rows if ms is not None]
    if device:
        found["device"] = device
    return found


def text_plot(rows, cores):
    found = series(rows, cores)
    rates = [rate for line in found.values() for _, rate in line]
    low, high = math.log10(min(rates)), math.log10(max(rates))
    marks = {name: mark for name, mark in zip(found, "h=D")
             } if cores > 1 else {"a core": "h", "device": "D"}
    yield "pairs/s against batch size (logarithmic): " + ", ".join(
        "%s %s" % (marks[name], name) for name in found)
    for k, (pairs, _, _) in enumerate(rows):
        line = [" "] * (_WIDE + 1)
        for name, points in found.items():
            for n, rate in points:
                if n == pairs:
                    share = (math.log10(rate) - low) / ((high - low) or 1)
                    line[round(share * _WIDE)] = marks[name]
        yield "%7d |%s" % (pairs, "".join(line).rstrip())
    yield "%7s  %-9.1e%s%9.1e" % ("pairs", 10 ** low, " " * (_WIDE - 17),
                                  10 ** high)


def draw(rows, cores, path):
    """The plot as SVG; raises ImportError without matplotlib."""
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for name, points in series(rows, cores).items():
        axes.loglog(*zip(*points), marker="o", markersize=3, label=name)
    for among in sorted({1, cores}):
        if least := break_even(rows, among):
            axes.axvline(least, linestyle=":", color="grey")
    axes.set_xlabel("pairs in a batch (real balls, 16 points)")
    axes.set_ylabel("pairs a second")
    axes.grid(True, which="major", alpha=0.3)
    axes.legend()
    figure.savefig(path, format="svg", bbox_inches="tight")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows")
    parser.add_argument("--svg")
    options = parser.parse_args()
    with open(options.rows, encoding="utf-8") as file:
        cores, rows = read(file)
    if not rows:
        print("no rows in", options.rows)
        return 1
    for line in text_plot(rows, cores):
        print(line)
    if rows[0][2] is None:
        print("break-even: no device here")
    else:
        for among in sorted({1, cores}):
            least = break_even(rows, among)
            print("break-even with %d core%s: %s" % (
                among, "" if among == 1 else "s, ideal",
                "%.0f pairs" % least if least else "not in these sizes"))
    if options.svg:
        try:
            draw(rows, cores, options.svg)
            print("drawn:", options.svg)
        except ImportError:
            print("no SVG: python3-matplotlib is not installed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
