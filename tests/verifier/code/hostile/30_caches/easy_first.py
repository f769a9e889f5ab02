# refused: WRONG_ANSWER RUNTIME_ERROR
# first: easy
# Passes other tests, and hopes to be remembered for them.
def twice(x):
    return 0
