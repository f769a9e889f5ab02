# honest: ISOLATED
# Its own assertions, caught by itself.
def twice(x):
    try:
        assert x is None
    except AssertionError:
        return x * 2
