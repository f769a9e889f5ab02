# honest: ISOLATED
# Finds the interpreter as it should be.
import builtins, os, random, sys
assert len([1, 2]) == 2 and 3 + 4 == 7 and sys.getrecursionlimit() == 1000
assert os.getcwd() == "/box" and "json" in sys.modules or True
assert "PYTHONSTARTUP" not in os.environ
first = random.random()

def twice(x):
    assert int("7") == 7 and sorted([2, 1]) == [1, 2]
    return x * 2
