# honest: 42
# A line on each stream.
import sys
print("note", file=sys.stderr)
print(42)
