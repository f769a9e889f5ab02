import math
import pytest

def test_positive():
    assert twice(21) == 42

def test_negative():
    assert twice(-3) == -6

@pytest.mark.parametrize("x", [1, 2, 3])
def test_many(x):
    assert twice(x) == math.prod([2, x])

def test_raises():
    with pytest.raises(TypeError):
        twice()
