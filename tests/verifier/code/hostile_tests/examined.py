def same(a, b):
    return a == b

assert same(twice(21), 42)
assert twice(-3) == -6
assert twice("ab") in ("abab",)
assert [1, 1] == twice([1])
