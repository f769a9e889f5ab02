# honest: ISOLATED
# The same program twice, by the same tests.
def twice(x):
    return x * 2
