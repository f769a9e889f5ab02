# honest: ISOLATED
# Looks at the clock while it works.
import time

def twice(x):
    start = time.perf_counter()
    while time.perf_counter() - start < 0.005:
        pass
    return x * 2
