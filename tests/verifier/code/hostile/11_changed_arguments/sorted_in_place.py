# refused: WRONG_ANSWER
# tests: lists
# Sorts the caller's own list, and gives it back.
def sorted_copy(values):
    values.sort()
    return values
