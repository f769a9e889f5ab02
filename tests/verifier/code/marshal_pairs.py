"""Reads values twice, marshalled and in the grammar; says which differ.

stdin: the runtime's length and text, then for each value its number, both
lengths and both texts. Lengths and numbers are 4 bytes, little-endian.
"""
import marshal
import struct
import sys

stdin = sys.stdin.buffer


def number():
    part = stdin.read(4)
    return struct.unpack('<I', part)[0] if part else None


space = {'__name__': 'runtime'}
exec(compile(stdin.read(number()), 'runtime', 'exec'), space)


def same(a, b):
    """As equal as two constants of one program text."""
    if type(a) is not type(b):
        return False
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if type(a) is dict:
        return same(list(a.items()), list(b.items()))
    if type(a) in (set, frozenset):
        return same(sorted(map(repr, a)), sorted(map(repr, b)))
    if type(a) is float:
        return struct.pack('<d', a) == struct.pack('<d', b)
    return repr(a) == repr(b)


count = 0
while (which := number()) is not None:
    sizes = number(), number()
    marshalled, encoded = [stdin.read(size) for size in sizes]
    a, b = marshal.loads(marshalled), space['decode'](encoded)
    count += 1
    if not same(a, b):
        print('differs', which, repr(a)[:200], repr(b)[:200])
print('read', count)
