values = [3, 1, 2]
assert sorted_copy(values) == [1, 2, 3]
assert values == [3, 1, 2]
assert sorted_copy([]) == []
