# honest: ISOLATED
# tests: collected
# A unittest of its own, and a name like a test's.
import unittest

class TwiceTest(unittest.TestCase):
    def test_it(self):
        self.assertEqual(twice(1), 2)

def test_positive():
    assert twice(4) == 8

def twice(x):
    return x * 2
