"""The rules of the house, read from every file of the repository.

usage: style.py REPOSITORY

Prints one line for each breach and exits 1 where there is one. docs/STYLE.md
gives the reasons; style_can_fail.py shows that every rule can fail.
"""

import os
import re
import subprocess
import sys

LINES_MAX = 600
COLUMNS_MAX = 80

_CPP = (".h", ".cc", ".cu", ".cuh", ".c")
_SOURCE = _CPP + (".py", ".sh", ".proto", ".cmake", ".inc", ".def")
_TEXT = _SOURCE + (".md", ".txt", ".json", ".jsonl", ".yaml", ".yml", "")

# Which rooms a room's files may include. The longest prefix counts.
ARROWS = {
    "proto": {"proto"},
    "kernels": {"kernels"},
    "sandbox": {"sandbox"},
    "verifier": {"verifier", "sandbox", "kernels"},
    "verifier/server": {"verifier", "sandbox", "kernels", "proto"},
    "verifier/main.cc": {"verifier", "sandbox", "kernels", "proto"},
    "clients": {"clients", "proto"},
    "tests": {"proto", "kernels", "sandbox", "verifier", "clients", "tests",
              "bench"},
    "bench": {"proto", "kernels", "sandbox", "verifier", "clients", "tests",
              "bench"},
}
_ROOMS = {path.split("/")[0] for path in ARROWS}
# The wire's own libraries, by the start of an include.
_WIRE = ("grpc", "google/protobuf")
_WIRE_ROOMS = ("proto", "verifier/server", "verifier/main.cc", "clients",
               "tests", "bench")

_INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# Written in pieces, so that this file does not break its own rule.
_MACHINE_PATH = re.compile(
    r"(?<![\w.~-])/(?:%s)/" % "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me"]))
_WORDS = re.compile(
    r"\b(\w*(?:%s)\w*)\b" % "|".join(["mana" + "ger", "hel" + "per",
                                      "ut" + "ils"]), re.IGNORECASE)
_UNFINISHED = re.compile(
    r"\b(%s)\b" % "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK",
                            "for" + " now", "not" + " implemented",
                            "place" + "holder"]))
_SPAWNS = re.compile(r"(?<![\w.>])(?:::)?(fork|vfork|popen|system|clone3?)\(")


def room_of(path):
    """The longest prefix of `path` that has arrows, or None."""
    parts = path.split("/")
    for length in range(len(parts), 0, -1):
        prefix = "/".join(parts[:length])
        if prefix in ARROWS:
            return prefix
    return None


def check_includes(path, lines):
    room = room_of(path)
    if room is None:
        return
    for number, line in enumerate(lines, 1):
        match = _INCLUDE.match(line)
        if not match:
            continue
        quote, target = match.groups()
        first = target.split("/")[0]
        if first in _ROOMS and first not in ARROWS[room]:
            yield number, "%s may not include %s" % (room, target)
        if target.startswith(_WIRE) and not path.startswith(_WIRE_ROOMS):
            yield number, "%s may not include %s: the wire stops at the " \
                          "codec" % (room, target)
        if path.endswith((".cu", ".cuh")) and (
                target.startswith(_WIRE) or first == "proto"):
            yield number, "device code may not include %s" % target
        if path.endswith(".h") and target.startswith(("thrust/", "cub/")):
            yield number, "a public header may not include %s" % target
        if quote == '"' and "/" not in target:
            yield number, 'include "%s" from the repository root' % target


def check_guard(path, lines):
    if not path.endswith((".h", ".cuh")):
        return
    guard = re.sub(r"[/.-]", "_", path).upper() + "_"
    text = "\n".join(lines)
    if "#ifndef %s\n#define %s\n" % (guard, guard) not in text:
        yield 1, "the header's guard is not %s" % guard


def check_size(path, lines):
    if path.endswith(_SOURCE) and len(lines) > LINES_MAX:
        yield len(lines), "%d lines, more than %d" % (len(lines), LINES_MAX)
    if not path.endswith(_CPP):
        return
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS_MAX:
            yield number, "%d columns, more than %d" % (len(line), COLUMNS_MAX)


def check_machine(path, lines):
    if os.path.splitext(path)[1] not in _TEXT:
        return
    for number, line in enumerate(lines, 1):
        match = _MACHINE_PATH.search(line)
        if match:
            yield number, "a path of one machine: %s" % match.group(0)


def check_words(path, lines):
    if not path.endswith(_SOURCE):
        return
    for number, line in enumerate(lines, 1):
        if path.startswith("deploy/"):
            break  # Kubernetes has its own words.
        match = _WORDS.search(line)
        # The one name of python's own library that holds such a word.
        if match and match.group(1) != "context" + "mana" + "ger":
            yield number, "a word without meaning: %s" % match.group(1)
        match = _UNFINISHED.search(line)
        if match:
            yield number, "unfinished: %s" % match.group(1)


def check_forks(path, lines):
    """The service never forks; launchers, in sandbox/, do."""
    if not path.startswith("verifier/") or not path.endswith((".h", ".cc")):
        return
    for number, line in enumerate(lines, 1):
        match = _SPAWNS.search(line.split("//")[0])
        if match:
            yield number, "the service never forks: %s" % match.group(1)


CHECKS = (check_includes, check_guard, check_size, check_machine, check_words,
          check_forks)


def list_files(root):
    """Paths of the files that git tracks or would, else of all files."""
    try:
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z",
             "--cached", "--others", "--exclude-standard"],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        paths = listed.stdout.decode("utf-8", "replace").split("\0")
        return sorted({path for path in paths if path})
    except (OSError, subprocess.CalledProcessError):
        pass
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders
                      if name != ".git" and not name.startswith("build")]
        found += [os.path.relpath(os.path.join(folder, name), root)
                  for name in names]
    return sorted(found)


def breaches(root):
    """Yields `path:line: what` for every rule that is broken under root."""
    for path in list_files(root):
        full = os.path.join(root, path)
        if os.path.islink(full) or not os.path.isfile(full):
            continue
        with open(full, encoding="utf-8", errors="replace") as file:
            lines = file.read().split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        for check in CHECKS:
            for number, what in check(path, lines):
                yield "%s:%d: %s" % (path, number, what)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(breaches(arguments[1]))
    for line in found:
        print(line)
    count = len(list_files(arguments[1]))
    print("style: %d files, %d breaches" % (count, len(found)))
    # A run that saw next to nothing shows nothing.
    return 1 if found or count < 20 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
