"""Ordinary programs that a fork server runs before it serves."""
import collections
import re


def words(text):
    counts = collections.Counter(re.findall(r'[a-z]+', text.lower()))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {word: n for word, n in ranked if n > 1}


def is_palindrome(text):
    kept = [c for c in text.lower() if c.isalnum()]
    return kept == kept[::-1]


assert words('the cat and the hat and the bat') == {'the': 3, 'and': 2}
assert is_palindrome('A man, a plan, a canal: Panama')
assert ' '.join(w.capitalize() for w in 'ab cd'.split()) == 'Ab Cd'
assert '{:>5}|{:.2f}|{!r}'.format('x', 1.5, 'y') == "    x|1.50|'y'"
assert f'{3:03d} {0.25:.0%}' == '003 25%'
assert re.sub(r'(\d+)', lambda m: str(int(m.group(1)) * 2), 'a1b22') == 'a2b44'

# ---
import functools
import heapq
import itertools
import math


class Node:
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def insert(self, value):
        side = 'left' if value < self.value else 'right'
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Node(value))
        else:
            child.insert(value)

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


class Stack(list):
    def push(self, x):
        self.append(x)

    @property
    def top(self):
        return self[-1] if self else None


@functools.lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def primes(limit):
    sieve = [True] * (limit + 1)
    for n in range(2, math.isqrt(limit) + 1):
        if sieve[n]:
            for multiple in range(n * n, limit + 1, n):
                sieve[multiple] = False
    return [n for n in range(2, limit + 1) if sieve[n]]


def shortest(graph, start):
    distance = {start: 0}
    queue = [(0, start)]
    while queue:
        d, here = heapq.heappop(queue)
        if d > distance.get(here, math.inf):
            continue
        for there, length in graph.get(here, {}).items():
            if d + length < distance.get(there, math.inf):
                distance[there] = d + length
                heapq.heappush(queue, (d + length, there))
    return distance


tree = Node(5)
for value in (3, 8, 1, 4, 7, 9):
    tree.insert(value)
assert list(tree) == [1, 3, 4, 5, 7, 8, 9]
stack = Stack()
stack.push(1)
assert stack.top == 1
assert fibonacci(50) == 12586269025
assert sum(primes(100)) == 1060
assert shortest({'a': {'b': 1, 'c': 5}, 'b': {'c': 1}}, 'a')['c'] == 2
assert len(list(itertools.permutations(range(4)))) == 24
assert [k for k, g in itertools.groupby('aabbc')] == ['a', 'b', 'c']

# ---
import json
from collections import OrderedDict, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Dict, List, Optional, Tuple


@dataclass
class Account:
    owner: str
    balance: int = 0
    history: List[Tuple[str, int]] = field(default_factory=list)

    def withdraw(self, amount: int) -> None:
        if amount > self.balance:
            raise ValueError('insufficient funds')
        self.balance -= amount
        self.history.append(('withdraw', amount))


Point = namedtuple('Point', 'x y')


def group(pairs: List[Tuple[str, int]]) -> Dict[str, List[int]]:
    groups = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def search(maze: List[str], start: Point) -> Optional[int]:
    seen, queue = {start}, deque([(start, 0)])
    while queue:
        here, steps = queue.popleft()
        if maze[here.y][here.x] == 'E':
            return steps
        for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            there = Point(here.x + dx, here.y + dy)
            inside = 0 <= there.y < len(maze) and 0 <= there.x < len(maze[0])
            if inside and there not in seen and maze[there.y][there.x] != '#':
                seen.add(there)
                queue.append((there, steps + 1))
    return None


account = Account('ada', 10)
account.withdraw(4)
try:
    account.withdraw(100)
except ValueError as error:
    assert 'funds' in str(error)
assert group([('a', 1), ('b', 2), ('a', 3)]) == {'a': [1, 3], 'b': [2]}
assert search(['..#', '.#E', '...'], Point(0, 0)) == 5
assert json.loads(json.dumps({'a': [1, 2.5, None]})) == {'a': [1, 2.5, None]}
assert Fraction(1, 3) + Fraction(1, 6) == Fraction(1, 2)
assert Decimal('0.1') + Decimal('0.2') == Decimal('0.3')
assert (date(2024, 2, 28) + timedelta(days=2)).isoformat() == '2024-03-01'
assert list(OrderedDict([('b', 1), ('a', 2)])) == ['b', 'a']

# ---
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def merge_sort(items):
    if len(items) < 2:
        return items
    half = len(items) // 2
    left, right = merge_sort(items[:half]), merge_sort(items[half:])
    merged = []
    while left and right:
        merged.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return merged + left + right


def transpose(matrix):
    return [list(row) for row in zip(*matrix)]


def roman(n):
    text = ''
    for value, mark in ((1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'),
                        (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'),
                        (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')):
        while n >= value:
            text += mark
            n -= value
    return text


def longest_common(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a, 1):
        for j, y in enumerate(b, 1):
            table[i][j] = (table[i - 1][j - 1] + 1 if x == y
                           else max(table[i - 1][j], table[i][j - 1]))
    return table[-1][-1]


def apply(function, *args, **kwargs):
    return function(*args, **kwargs)


assert gcd(1071, 462) == 21
assert merge_sort([3, 1, 2, 5, 4]) == [1, 2, 3, 4, 5]
assert transpose([[1, 2], [3, 4]]) == [[1, 3], [2, 4]]
assert roman(1994) == 'MCMXCIV'
assert longest_common('kitten', 'sitting') == 4
assert apply(sorted, [2, 1], reverse=True) == [2, 1]
assert {x % 3 for x in range(10)} & {1, 2} == {1, 2}
assert bin(10)[2:].zfill(8) == '00001010' and int('ff', 16) == 255
assert round(3.14159, 2) == 3.14 and 7 // -2 == -4 and 2 ** 100 > 10 ** 30
assert list(map(str, filter(None, [0, 1, 2]))) == ['1', '2']
assert any(c.isdigit() for c in 'a1') and not all([1, 0])
