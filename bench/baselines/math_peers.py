"""Judges pairs of answers with Math-Verify or with SymPy alone.

usage: math_peers.py {math-verify,sympy} PAIRS.jsonl VERDICTS.tsv

Runs inside an environment that has math-verify. Prints one JSON object: for
each group the pairs and the CPU seconds, user and system, children included.

  math-verify  verify(parse(gold), parse(answer)) as its manual says, with its
               default timeouts (5 s to parse, 5 s to verify, by SIGALRM)
  sympy        both texts by the LaTeX converter that Math-Verify brings, then
               simplify(gold - answer) == 0, or == where they are no numbers;
               5 s a pair by SIGALRM. It extracts nothing, so answers within
               a response are given to it as the text of the last box
"""

import json
import os
import re
import signal
import sys
import time

_SECONDS_MAX = 5


class _TooLong(BaseException):
    pass


def _alarm(*_):
    raise _TooLong()


def _delimited(text):
    """Bare LaTeX in the delimiters that Math-Verify looks for."""
    if "$" in text or "\\boxed" in text or "\\(" in text or "\\[" in text:
        return text
    return "$" + text + "$"


def _math_verify():
    import logging  # pylint: disable=import-outside-toplevel
    from math_verify import parse, verify  # pylint: disable=all
    logging.disable(logging.CRITICAL)

    def judge(row):
        gold = row["gold"] if row["response"] else _delimited(row["gold"])
        answer = row["answer"] if row["response"] else _delimited(
            row["answer"])
        return verify(parse(_delimited(gold)), parse(answer))
    return judge


def _last_box(text):
    start = text.rfind("\\boxed{")
    if start < 0:
        return text.strip().strip("$")
    depth = 0
    for at in range(start + 6, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return text[start + 7:at]
    return text[start + 7:]


def _sympy():
    import sympy  # pylint: disable=import-outside-toplevel
    from latex2sympy2_extended import latex2sympy  # pylint: disable=all
    signal.signal(signal.SIGALRM, _alarm)

    def judge(row):
        gold, answer = (re.sub(r"^\$|\$$", "", _last_box(row[side]).strip())
                        for side in ("gold", "answer"))
        if gold == answer:
            return True
        signal.alarm(_SECONDS_MAX)
        try:
            a, b = latex2sympy(gold), latex2sympy(answer)
            if a == b:
                return True
            return sympy.simplify(a - b) == 0
        finally:
            signal.alarm(0)
    return judge


def _cpu_seconds():
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system


def main():
    judge = {"math-verify": _math_verify, "sympy": _sympy}[sys.argv[1]]()
    groups = {}
    with open(sys.argv[2], encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            groups.setdefault(row["group"], []).append(row)
    judge({"gold": "1", "answer": "1", "response": False})  # Warm.
    summary = {}
    with open(sys.argv[3], "w", encoding="utf-8") as out:
        for name, rows in sorted(groups.items()):
            start = _cpu_seconds()
            slowest = 0
            for row in rows:
                one = time.process_time()
                try:
                    verdict = "ACCEPTED" if judge(row) else "WRONG_ANSWER"
                except (Exception, _TooLong):  # pylint: disable=broad-except
                    verdict = "UNDECIDED"
                slowest = max(slowest, time.process_time() - one)
                out.write(row["id"] + "\t" + verdict + "\n")
            summary[name] = {"pairs": len(rows),
                             "cpu_seconds": _cpu_seconds() - start,
                             "slowest_us": slowest * 1e6}
    print(json.dumps({"groups": summary}))


if __name__ == "__main__":
    main()
