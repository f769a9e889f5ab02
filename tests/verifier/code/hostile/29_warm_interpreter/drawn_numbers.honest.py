# honest: ISOLATED
# tests: stdio
# Draws, with its own seed, what it drew before.
import random
draw = random.Random(3)
first = draw.random()
assert random.Random(3).random() == first
print(int(input()) * 2)
