import collections
def count(text):
    return collections.Counter(text)
assert letters("abca") == count("abca")
assert letters("") == {}
