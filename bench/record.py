"""What a benchmark says, line by line, and keeps in a file.

  record = Record("soak", folder)
  record.say("10000 runs")
  record.keep()                 # folder/soak-2026-01-31.txt
"""

import datetime
import os


class Record:
    """Lines that were printed, and the file that they end up in."""

    def __init__(self, name, folder):
        self._name = name
        self._folder = folder
        self._lines = []

    def say(self, line):
        print(line, flush=True)
        self._lines.append(line)

    def keep(self):
        os.makedirs(self._folder, exist_ok=True)
        path = os.path.join(self._folder,
                            f"{self._name}-{datetime.date.today()}.txt")
        with open(path, "w", encoding="utf-8") as out:
            out.write("\n".join(self._lines) + "\n")
