"""Do the device's kernels stay within their budget?

usage: resources_test.py FOLDER ARCH...

Reads what ptxas said of every kernel (FOLDER/**/*.ptxas, kept by the build)
and fails above 64 registers, on any spill and on any stack frame, and where a
kernel is missing for one of the architectures. Prints a line a kernel and
architecture; with no report at all it says SKIPPED.
"""

import pathlib
import re
import sys

REGISTERS_MAX = 64
# Ours: Thrust's own kernels are not held to the budget.
_OURS = re.compile(r"assay.*?(EvaluateKernel|TestKernel)")
_ENTRY = re.compile(r"Compiling entry function '(\w+)' for '(sm_\d+)'")
_FRAME = re.compile(r"(\d+) bytes stack frame, (\d+) bytes spill stores, "
                    r"(\d+) bytes spill loads")
_USED = re.compile(r"Used (\d+) registers")


def kernels_of(text):
    """Yields (kernel, architecture, registers, stack, spills)."""
    name = arch = frame = None
    for line in text.splitlines():
        if match := _ENTRY.search(line):
            name, arch = match.groups()
        elif match := _FRAME.search(line):
            frame = [int(n) for n in match.groups()]
        elif (match := _USED.search(line)) and name and frame:
            yield name, arch, int(match.group(1)), frame[0], sum(frame[1:])
            name = frame = None


def main():
    folder, archs = pathlib.Path(sys.argv[1]), set(sys.argv[2:])
    reports = sorted(folder.rglob("*.ptxas"))
    if not reports:
        print("SKIPPED: no report of ptxas in", folder.name)
        return 0
    seen, bad = {}, 0
    for report in reports:
        for name, arch, registers, stack, spills in kernels_of(
                report.read_text()):
            if not _OURS.search(name):
                continue
            seen.setdefault(name, set()).add(arch)
            over = registers > REGISTERS_MAX or stack or spills
            bad += bool(over)
            short = name[name.find("cuda") + 4:]
            print("%s %3d registers %3d stack %3d spilled %s %s" % (
                "BAD" if over else "ok ", registers, stack, spills, arch,
                short[:96]))
    for name, have in seen.items():
        for arch in sorted(archs - have):
            print("BAD no code for", arch, "of", name)
            bad += 1
    # Every domain has a test kernel and an evaluation kernel or more.
    if len(seen) < 14:
        print("BAD only", len(seen), "kernels")
        bad += 1
    print("%d kernels, %d breaches" % (len(seen), bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
