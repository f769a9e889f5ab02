assert twice(21) == 42
assert twice(-3) == -6
assert twice("ab") == "abab"
assert twice([1]) == [1, 1]
