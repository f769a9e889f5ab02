# honest: ISOLATED
# tests: lists
# Sorts a copy in place.
def sorted_copy(values):
    own = list(values)
    own.sort()
    return own
