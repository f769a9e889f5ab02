assert twice(0) == 0
