"""Containers that live on both sides: one object with two bodies.

A mutable container that crosses is built once on the other side and has one
number on both. Control passes between the sides like calls of one program:
who passes it on says which containers changed meanwhile, and the other side
changes its own bodies in place. A body that nothing but its side's table
refers to ends on both.

Bounds: containers of MAX_KEPT parts in all, each counting MIN_PARTS at least,
the newest, stay in step between calls. The heavy ones beyond do so from their
call to its reply. What shared references stand for is within the bounds of
values.py when written out, and contains itself nowhere; else Refused.
"""
import operator
import sys

MAX_KEPT = 1024
MIN_PARTS = 16
MAX_FRAME_COUNT = 4 * MAX_COUNT  # Of all values of one frame.

_deque, _ordered = collections.deque, collections.OrderedDict


def _parts_of_dict(x):
    return [*dict.keys(x), *dict.values(x)]


def _parts_of_ordered(x):
    keys = list(_ordered.__iter__(x))
    return keys + [dict.__getitem__(x, key) for key in keys]


def _parts_of_array(x):
    return list(x.flat) if x.dtype.hasobject else x.tobytes()


# By the class of its content: what a container holds, at this moment. Two
# such lists of the same objects, or equal bytes: it did not change.
_PARTS = {
    list: lambda x: list.__getitem__(x, slice(None)),
    set: lambda x: list(set.__iter__(x)),
    _deque: lambda x: list(_deque.__iter__(x)),
    bytearray: lambda x: bytes(bytearray.__getitem__(x, slice(None))),
    dict: _parts_of_dict, collections.Counter: _parts_of_dict,
    collections.defaultdict: _parts_of_dict, _ordered: _parts_of_ordered,
    'ndarray': _parts_of_array,
}


def _pairs_of(parts):
    half = len(parts) // 2
    if 2 * half != len(parts):
        raise Refused('half a pair')
    return zip(parts[:half], parts[half:])


def _fill_set(x, parts):
    set.clear(x)
    set.update(x, parts)


def _fill_deque(x, parts):
    _deque.clear(x)
    _deque.extend(x, parts)


def _fill_dict(x, parts):
    pairs = _pairs_of(parts)
    dict.clear(x)
    dict.update(x, pairs)


def _fill_ordered(x, parts):
    _ordered.clear(x)
    for key, value in _pairs_of(parts):
        _ordered.__setitem__(x, key, value)


_FILL = {
    list: lambda x, parts: list.__setitem__(x, slice(None), parts),
    set: _fill_set, _deque: _fill_deque,
    bytearray: lambda x, parts: bytearray.__setitem__(x, slice(None), parts),
    dict: _fill_dict, collections.Counter: _fill_dict,
    collections.defaultdict: _fill_dict, _ordered: _fill_ordered,
    'ndarray': lambda x, content: restore_array(x, _array(content)),
}


def _is_same(a, b):
    if type(a) is bytes:
        return a == b
    return len(a) == len(b) and all(map(operator.is_, a, b))


class Twin:
    """One side's body of a container."""
    __slots__ = ('x', 'kind', 'known', 'weight')

    def __init__(self, x, kind):
        self.x = x
        self.kind = kind
        self.see(_PARTS[kind](x))

    def see(self, parts):
        """Both sides know that it holds `parts`."""
        self.known = parts
        self.weight = max(MIN_PARTS, len(parts))


# What refers to a body that its table alone knows.
_UNUSED, = [sys.getrefcount(twin.x) for twin in [Twin([], list)]]


class Twins:
    """One side's table; that of the other side has the same numbers."""

    def __init__(self):
        self.next = 0
        self.numbers = {}  # id of a body -> its number.
        self.light = {}    # Number -> Twin, of MAX_KEPT parts in all.
        self.heavy = {}    # The others.
        self.weight = 0
        self.ended = []    # What the other side is to be told to end.

    def add(self, x, kind):
        self.numbers[id(x)] = self.next
        self._weigh(self.next, Twin(x, kind))
        self.next += 1

    def _weigh(self, number, twin):
        if self.weight + twin.weight <= MAX_KEPT:
            self.light[number] = twin
            self.weight += twin.weight
        else:
            self.heavy[number] = twin

    def find(self, number):
        twin = self.light.get(number) or self.heavy.get(number)
        if twin is None:
            raise Refused('an unknown container')
        return twin

    def end(self, number):
        """Ends one here; True: it was there."""
        twin = self.light.pop(number, None)
        if twin is not None:
            self.weight -= twin.weight
        else:
            twin = self.heavy.pop(number, None)
        if twin is None:
            return False
        del self.numbers[id(twin.x)]
        return True

    def end_here(self, numbers):
        self.ended += [number for number in numbers if self.end(number)]

    def undo(self, mark):
        """Forgets the numbers from `mark` on, which never crossed."""
        for number in range(mark, self.next):
            self.end(number)
        self.next = mark

    def see(self, number, parts):
        """Notes what one holds after a change, on whichever side."""
        twin = self.find(number)
        if self.light.pop(number, None):
            self.weight -= twin.weight
        else:
            del self.heavy[number]
        twin.see(parts)
        self._weigh(number, twin)

    def change(self, number, content):
        """Makes the body here hold what the other's holds."""
        twin = self.find(number)
        wanted = bytes if twin.kind is bytearray else tuple
        if type(content) is not wanted:
            raise Refused('a malformed change')
        _FILL[twin.kind](twin.x, content)
        self.see(number, _PARTS[twin.kind](twin.x))

    def changed(self, heavy):
        """(number, what it holds now) of those that changed here: of all
        light ones, and of the `heavy` numbers."""
        found = []
        watched = [*self.light.items(),
                   *[(number, self.heavy[number]) for number in heavy]]
        for number, twin in watched:
            x, known = twin.x, twin.known
            if type(x) is list:  # Not copied first: most did not change.
                if len(x) == len(known) and all(map(operator.is_, x, known)):
                    continue
                parts = x[:]
            else:
                parts = _PARTS[twin.kind](x)
                if _is_same(parts, known):
                    continue
            found.append((number, parts))
        return found

    def heavy_below(self, numbers):
        """The heavy ones among `numbers` and in what they hold."""
        found, opened = set(), set()
        rest = [self.heavy[n].x for n in numbers if n in self.heavy]
        while rest:
            x = rest.pop()
            inner = _inner(x)
            if inner is None or id(x) in opened:
                continue
            opened.add(id(x))
            number = self.numbers.get(id(x))
            if number in self.heavy:
                found.add(number)
            if type(inner) is not bytes:
                rest += [y for y in inner if type(y) not in _SCALARS]
        return found

    def content(self, number, parts):
        """How a change crosses."""
        twin = self.find(number)
        if twin.kind == 'ndarray':
            return array_content(twin.x)
        return parts if type(parts) is bytes else tuple(parts)

    def end_unused(self):
        self.end_here([number for number, twin in self.light.items()
                       if sys.getrefcount(twin.x) == _UNUSED])

    def surplus(self):
        """What is to end between calls: the oldest beyond MAX_KEPT."""
        if not self.heavy:
            return []
        ended, weight = [], 0
        for number in sorted((*self.light, *self.heavy), reverse=True):
            weight += self.find(number).weight
            if weight > MAX_KEPT:
                ended.append(number)
        return ended

    def settle(self):
        """After the surplus ended: the others are light."""
        for number in sorted(self.heavy):
            self._weigh(number, self.heavy.pop(number))

    def check(self, values, everything):
        """Refused where a value is beyond the bounds when written out."""
        memo = {}
        for x in values:
            _measure(x, memo, 0)
        for twins in (self.light, self.heavy) if everything else ():
            for twin in twins.values():
                _measure(twin.x, memo, 0)


_INNER = dict(_PARTS)
_INNER.update({
    tuple: lambda x: tuple.__getitem__(x, slice(None)),
    frozenset: lambda x: list(frozenset.__iter__(x)),
    _KEYS: list, _VALUES: list, _ITEMS: list, _OKEYS: list, _OVALUES: list,
    _OITEMS: list,
})


def _inner(x):
    """The values in `x`, or its bytes; None: it is none of ours to open."""
    cls = type(x)
    read = _INNER.get(cls)
    if read is None:
        if _numpy_class(x) == 'ndarray':
            base = 'ndarray'
        else:
            base = tuple if _is_namedtuple(cls) else _content_base(cls)
        read = _INNER.get(base)
    return read and read(x)


def _measure(x, memo, depth):
    """(parts, bytes, depth) of `x` when written out."""
    cls = type(x)
    if cls is str or cls is bytes:
        return (1, len(x), 0)
    if cls is int:
        return (1, int.bit_length(x) >> 3, 0)
    known = memo.get(id(x))
    if known is not None:
        if known is _OPEN:
            raise Refused('a container within itself')
        return known
    inner = _inner(x)
    if type(inner) is bytes:
        return (1, len(inner), 0)
    if inner is None:
        return (1, 8, 0)
    if depth > MAX_DEPTH:
        raise Refused('a value nested more than %d deep' % MAX_DEPTH)
    memo[id(x)] = _OPEN
    parts, size, height = 1, 0, 0
    for part in inner:
        more, bytes_more, below = _measure(part, memo, depth + 1)
        parts += more
        size += bytes_more
        height = max(height, below + 1)
    if parts > MAX_COUNT or size > MAX_BYTES or height > MAX_DEPTH:
        raise Refused('a value of more than %d parts, %d bytes or %d levels'
                      % (MAX_COUNT, MAX_BYTES, MAX_DEPTH))
    memo[id(x)] = (parts, size, height)
    return memo[id(x)]


_OPEN = object()


# How they are written and read.

def _once(kind, write):
    """A writer of a container: the second time, of a reference to it."""
    def put(e, x, depth):
        twins = e.twins
        number = twins.numbers.get(id(x)) if twins else None
        if number is not None:
            e.refer(number)
            e.out += b'r' + _u32.pack(number)
        else:
            write(e, x, depth)
            if twins is not None:
                twins.add(x, kind)
    return put


class FrameWritten(Encoder):
    """Values one after the other, with references between them."""
    writers = dict(_WRITERS)

    def __init__(self, opaque, twins):
        self.opaque = opaque
        self.out = bytearray()
        self.twins = twins
        self.mark = twins.next
        self.total = 0
        self.refers = False  # To some container.
        self.heavy = set()   # Those that the other side has.

    def refer(self, number):
        self.refers = True
        if number < self.mark and number in self.twins.heavy:
            self.heavy.add(number)

    def number(self, n):
        self.out += _u32.pack(n)

    def value(self, x):
        self.count = 0
        self.put(x)
        self.total += self.count
        if self.total > MAX_FRAME_COUNT:
            raise Refused('values of more than %d parts' % MAX_FRAME_COUNT)


class FrameRead(Decoder):
    """The same values on the other side."""
    readers = dict(_READERS)

    def __init__(self, content, handle, home, twins):
        super().__init__(content, handle, home)
        self.twins = twins
        self.mark = twins.next
        self.total = 0
        self.refers = False
        self.heavy = set()

    refer = FrameWritten.refer

    def value(self):
        self.count = 0
        made = self.get()
        self.total += self.count + 1
        if self.total > MAX_FRAME_COUNT:
            raise Refused('values of more than %d parts' % MAX_FRAME_COUNT)
        return made


def _read_once(read):
    def get(d, depth):
        made = read(d, depth)
        d.twins.add(made, type(made))
        return made
    return get


def _read_reference(d, depth):
    number = d.number()
    d.refer(number)
    return d.twins.find(number).x


def _read_special(d, depth):
    kind = d.content[d.at:d.at + 1]
    if kind in (bytes((COUNTER,)), bytes((DEFAULT,))):
        d.take(1)
        if d.take(1) != b'd':  # Its content is no container of its own.
            raise Refused('no content of a dict')
        made = _BUILDERS[kind[0]](_get_dict(d, depth + 1))
    else:
        made = _get_special(d, depth)
    if type(made) in _PARTS:
        d.twins.add(made, type(made))
    elif kind == bytes((ARRAY,)):
        d.twins.add(made, 'ndarray')
    return made


for _kind, _write in list(_WRITERS.items()):
    if _kind in _PARTS:
        FrameWritten.writers[_kind] = _once(_kind, _write)
put_array = _once('ndarray', _put_array)
for _tag in (b'l', b'e', b'd', b'y'):
    FrameRead.readers[_tag] = _read_once(_READERS[_tag])
FrameRead.readers.update({b'r': _read_reference, b'x': _read_special})
