# honest: ISOLATED
# A large value on the way to a small one.
def twice(x):
    value = x
    for _ in range(100):
        value = [value, "y" * 1000]
    for _ in range(100):
        value = value[0]
    return value * 2
