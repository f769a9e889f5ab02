# honest: ISOLATED
# A pool of two.
from concurrent.futures import ThreadPoolExecutor

def twice(x):
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda v: v, [x, x])
        return first + second
