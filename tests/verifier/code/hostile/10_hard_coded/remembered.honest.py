# honest: ISOLATED
# Remembers what it has worked out.
known = {0: 0}

def twice(x):
    if not isinstance(x, int):
        return x * 2
    if x not in known:
        known[x] = x * 2
    return known[x]
