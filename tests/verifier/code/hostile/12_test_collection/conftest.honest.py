# honest: ISOLATED
# tests: collected
# Modules by the names of the tests' own.
import math
import sys
sys.setrecursionlimit(5000)

def twice(x):
    return math.prod((x, 2))
