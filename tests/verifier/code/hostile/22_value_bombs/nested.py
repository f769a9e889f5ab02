# refused: WRONG_ANSWER RUNTIME_ERROR MEMORY_LIMIT TIME_LIMIT OUTPUT_LIMIT
# time: 1000
# Values that are small to make and large to say.
import fractions
kinds = iter([1, 2, 3, 4] * 9)

def twice(x):
    kind = next(kinds)
    if kind == 1:
        value = []
        for _ in range(10 ** 6):
            value = [value]
        return value
    if kind == 2:
        value = "x"
        for _ in range(40):
            value = [value, value, {1: value}]
        return value
    if kind == 3:
        return fractions.Fraction(1, 3 ** (10 ** 6))
    return {float("nan"): "\ud800" * 10 ** 7}
