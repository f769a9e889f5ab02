"""Writes (a, b, a == b) in the grammar, for the C++ side to agree with."""
import datetime as dt
import random
import sys
from collections import (Counter, OrderedDict, defaultdict, deque,
                         namedtuple)
from decimal import Decimal
from fractions import Fraction

space = {'__name__': 'runtime'}
exec(compile(sys.stdin.read(), 'runtime', 'exec'), space)
encode = space['encode']
P = namedtuple('P', 'x y')
INF = float('inf')
zone = dt.timezone(dt.timedelta(hours=2))
ATOMS = [
    None, True, False, 0, 1, -1, 2, 255, 256, -128, -129, 2 ** 53,
    2 ** 53 + 1, 2 ** 64, -2 ** 64, 10 ** 30, 10 ** 400, 0.0, -0.0, 1.0, 1.5,
    0.1, 1e300, 5e-324, float(2 ** 53), float(10 ** 30), INF, -INF,
    float('nan'), 1j, complex(1, 0), complex(0.1, 0), complex(1, 2), '', 'a',
    'ab', '1', '\ud800', b'', b'a', bytearray(b'a'), Fraction(1, 2),
    Fraction(3, 1), Fraction(1, 10), Decimal('0.5'), Decimal('1.0'),
    Decimal('0.1'), Decimal('1E+3'), 1000, Decimal('Infinity'),
    Decimal('-0'), Decimal('1E+5000'), Decimal('10E+4999'), Decimal('NaN'),
    dt.date(2020, 1, 1), dt.datetime(2020, 1, 1), dt.time(1, 2),
    dt.datetime(2020, 1, 1, 2, tzinfo=zone),
    dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc),
    dt.datetime(2019, 12, 31, 23, 30,
                tzinfo=dt.timezone(dt.timedelta(minutes=-30))),
    dt.timedelta(days=1), dt.timedelta(hours=24), dt.timedelta(0),
    dt.timezone.utc, zone, range(0), range(5, 5), range(3), range(0, 3, 1),
    range(0, 4, 3), range(0, 5, 3), range(0, 6, 3), range(2, 0, -1), int, str,
    len, ValueError, ...,
]


def make(rng, depth):
    kind = rng.randrange(18) if depth else 0
    if kind < 5:
        return rng.choice(ATOMS)
    items = [make(rng, depth - 1) for _ in range(rng.randrange(4))]
    keys = [make(rng, min(depth - 1, 1)) for _ in range(rng.randrange(4))]
    keys = [x for x in keys if hashable(x)]
    pairs = list(zip(keys, items))
    return [
        lambda: list(items), lambda: tuple(items), lambda: set(keys),
        lambda: frozenset(keys), lambda: dict(pairs),
        lambda: OrderedDict(pairs), lambda: Counter(
            {k: rng.randrange(3) for k in keys}),
        lambda: defaultdict(None, pairs), lambda: deque(items),
        lambda: P(1, items), lambda: dict(pairs).keys(),
        lambda: dict(pairs).items(), lambda: (1, items),
    ][kind - 5]()


def hashable(x):
    try:
        hash(x)
        return True
    except TypeError:
        return False


def twin(rng, x):
    """An equal value of another shape, or one that is almost equal."""
    if type(x) is list:
        return [twin(rng, y) for y in x]
    if type(x) is tuple:
        return tuple(twin(rng, y) for y in x)
    if type(x) is dict:
        kept = list(x.items())
        rng.shuffle(kept)
        return rng.choice([dict, OrderedDict])(kept)
    if type(x) is set:
        return frozenset(x)
    if type(x) is int and abs(x) < 2 ** 53 and hashable(x):
        return rng.choice([float(x), Fraction(x), Decimal(x), x, x + 1])
    return x


def main():
    rng = random.Random(int(sys.argv[1]))
    out = sys.stdout.buffer
    made = [(a, b) for a in ATOMS for b in ATOMS]
    for _ in range(int(sys.argv[2])):
        a = make(rng, 3)
        made.append((a, twin(rng, a) if rng.random() < 0.7
                     else make(rng, 3)))
    for a, b in made:
        a = space['decode'](encode(a, None))  # No identity is shared.
        b = space['decode'](encode(b, None))
        try:
            equal = bool(a == b)
        except TypeError:  # Items that are not hashable, beside a set.
            continue
        content = encode((a, b, equal, repr((a, b))[:500]), None)
        out.write(len(content).to_bytes(4, 'little') + content)


main()
