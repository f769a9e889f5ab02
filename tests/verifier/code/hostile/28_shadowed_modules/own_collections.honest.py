# honest: ISOLATED
# tests: counted
# The same module as the tests, and a name of theirs.
import collections

def count(text, letter):
    return text.count(letter)

def letters(text):
    return collections.Counter({x: count(text, x) for x in text})
