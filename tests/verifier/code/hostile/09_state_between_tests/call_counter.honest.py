# honest: ISOLATED
# tests: stdio
# A cache within one run.
import functools

@functools.lru_cache(maxsize=None)
def twice(x):
    return x + x

number = int(input())
print(twice(number) if twice(number) == twice(number) else "")
