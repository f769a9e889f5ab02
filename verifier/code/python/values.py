"""The closed grammar in which values cross: "python-values/1".

A value is one tag byte and its content; numbers are little-endian, lengths
and counts are four bytes. Nothing is ever unpickled, evaluated or looked up
by a name that came in. verifier/code/values.h reads the same grammar.

  N T F           None, True, False
  i n bytes       int, two's complement
  f 8 bytes       float; c: complex, 16 bytes
  s n bytes       str, UTF-8 with surrogates; b: bytes; y: bytearray
  l n values      list; t: tuple; e: set; z: frozenset
  d n pairs       dict
  x kind value    a class of the standard library, by its content; a
                  builtin class or function, by its name in a fixed list;
                  between two of python also what arrays.py says
  o value         an object that stays where it is: (number, flags, ...)
  h number        the receiver's own object, coming home
  r number        a container that both sides have; see twins.py
"""
import builtins
import collections
import datetime
import decimal
import fractions
import marshal
import struct

MAX_BYTES = 32 << 20
MAX_DEPTH = 200
MAX_COUNT = 1 << 20
MAX_INT_BYTES = 1 << 20

(COUNTER, ORDERED, DEFAULT, DEQUE, NAMED, RANGE, KEYS, VALUES, ITEMS,
 FRACTION, DECIMAL, DATE, TIME, DATETIME, DELTA, ZONE, BUILTIN, ARRAY,
 SCALAR, SLICE) = range(1, 21)


class Refused(Exception):
    """A value, or a frame, outside the grammar or its bounds."""


_mro = type.__dict__['__mro__'].__get__
_namespace = type.__dict__['__dict__'].__get__
_u32 = struct.Struct('<I')
_f64 = struct.Struct('<d')
_KEYS, _VALUES, _ITEMS = (type({}.keys()), type({}.values()),
                          type({}.items()))
_OKEYS, _OVALUES, _OITEMS = (
    type(collections.OrderedDict().keys()),
    type(collections.OrderedDict().values()),
    type(collections.OrderedDict().items()))


def _harmless_builtins():
    names = ('abs all any ascii bin bool bytearray bytes chr complex dict '
             'divmod enumerate filter float format frozenset hash hex int len '
             'list map max min object oct ord pow print range repr reversed '
             'round set sorted str sum tuple type zip Ellipsis '
             'NotImplemented').split()
    known = {name: getattr(builtins, name) for name in names}
    for name, x in vars(builtins).items():
        if isinstance(x, type) and issubclass(x, BaseException):
            known[x.__name__] = x
    known['NoneType'] = type(None)
    return known


_BUILTINS = _harmless_builtins()
_BUILTIN_NAMES = {id(x): name for name, x in _BUILTINS.items()}


class Encoder:
    """Writes values; `opaque(encoder, x, depth)` writes an `o`, or raises."""
    twins = None

    def __init__(self, opaque):
        self.opaque = opaque
        self.out = bytearray()
        self.count = 0

    def put(self, x, depth=0):
        self.count += 1
        if depth > MAX_DEPTH:
            raise Refused('a value nested more than %d deep' % MAX_DEPTH)
        if self.count > MAX_COUNT:
            raise Refused('a value of more than %d parts' % MAX_COUNT)
        if len(self.out) > MAX_BYTES:
            raise Refused('a value of more than %d bytes' % MAX_BYTES)
        cls = type(x)
        write = self.writers.get(cls)
        if write is None:
            if _is_namedtuple(cls):
                write = _put_named
            else:
                base = _content_base(cls)
                write = self.writers[base] if base else _put_opaque
        write(self, x, depth + 1)

    def raw(self, tag, content):
        self.out += tag
        self.out += _u32.pack(len(content))
        self.out += content
        if len(self.out) > MAX_BYTES:
            raise Refused('a value of more than %d bytes' % MAX_BYTES)

    def many(self, tag, items, size, depth):
        self.out += tag
        self.out += _u32.pack(size)
        for item in items:
            self.put(item, depth)

    def special(self, kind, content, depth):
        self.out += b'x'
        self.out.append(kind)
        self.put(content, depth)


def _content_base(cls):
    """The builtin class whose equality instances of `cls` have unchanged."""
    for base in _mro(cls):
        if base in _WRITERS:
            return None if base is type else base
        own = _namespace(base)
        if '__eq__' in own or '__ne__' in own or '__hash__' in own:
            return None
    return None


def _is_namedtuple(cls):
    own = _namespace(cls)
    return (_mro(cls)[1:] == (tuple, object) and
            type(own.get('_fields')) is tuple and '__eq__' not in own and
            '__ne__' not in own)


def _put_none(e, x, depth):
    e.out += b'N'


def _put_bool(e, x, depth):
    e.out += b'T' if x is True else b'F'


def _put_int(e, x, depth):
    size = int.bit_length(x) // 8 + 1
    if size > MAX_INT_BYTES:
        raise Refused('an integer of more than %d bytes' % MAX_INT_BYTES)
    e.raw(b'i', int.to_bytes(x, size, 'little', signed=True))


def _put_float(e, x, depth):
    e.out += b'f'
    e.out += _f64.pack(float.__float__(x))


def _put_complex(e, x, depth):
    x = complex.__add__(x, 0)
    e.out += b'c'
    e.out += _f64.pack(x.real) + _f64.pack(x.imag)


def _put_str(e, x, depth):
    e.raw(b's', str.encode(x, 'utf-8', 'surrogatepass'))


def _put_bytes(e, x, depth):
    e.raw(b'b', bytes.__getitem__(x, slice(None)))


def _put_bytearray(e, x, depth):
    e.raw(b'y', bytearray.__getitem__(x, slice(None)))


def _put_list(e, x, depth):
    items = list.__getitem__(x, slice(None))
    e.many(b'l', items, len(items), depth)


def _put_tuple(e, x, depth):
    items = tuple.__getitem__(x, slice(None))
    e.many(b't', items, len(items), depth)


def _put_set(e, x, depth):
    items = list(set.__iter__(x))
    e.many(b'e', items, len(items), depth)


def _put_frozenset(e, x, depth):
    items = list(frozenset.__iter__(x))
    e.many(b'z', items, len(items), depth)


def _pairs(x):
    return list(dict.items(x))


def _put_dict(e, x, depth):
    pairs = _pairs(x)
    e.out += b'd'
    e.out += _u32.pack(len(pairs))
    for key, value in pairs:
        e.put(key, depth)
        e.put(value, depth)


def _put_dict_kind(kind):
    def put(e, x, depth):
        e.out += b'x'
        e.out.append(kind)
        _put_dict(e, x, depth)
    return put


def _put_ordered(e, x, depth):
    pairs = [(k, dict.__getitem__(x, k))
             for k in collections.OrderedDict.__iter__(x)]
    e.special(ORDERED, tuple(pairs), depth)


def _put_deque(e, x, depth):
    deque = collections.deque
    maxlen = deque.__dict__['maxlen'].__get__(x)
    e.special(DEQUE, (tuple(deque.__iter__(x)), maxlen), depth)


def _put_named(e, x, depth):
    fields = _namespace(type(x))['_fields']
    values = tuple.__getitem__(x, slice(None))
    e.special(NAMED, (type(x).__name__, fields, values), depth)


def _put_range(e, x, depth):
    e.special(RANGE, (x.start, x.stop, x.step), depth)


def _put_view(kind):
    def put(e, x, depth):
        e.special(kind, tuple(x), depth)
    return put


def _put_fraction(e, x, depth):
    e.special(FRACTION, (x.numerator, x.denominator), depth)


def _put_decimal(e, x, depth):
    e.special(DECIMAL, decimal.Decimal.__str__(x), depth)


def _put_date(e, x, depth):
    e.special(DATE, (x.year, x.month, x.day), depth)


def _offset(x, e):
    if x.tzinfo is None:
        return None
    if type(x.tzinfo) is not datetime.timezone:
        raise Refused('a time with a zone of its own class')
    return x.utcoffset() // datetime.timedelta(microseconds=1)


def _put_time(e, x, depth):
    e.special(TIME, (x.hour, x.minute, x.second, x.microsecond,
                     _offset(x, e)), depth)


def _put_datetime(e, x, depth):
    e.special(DATETIME, (x.year, x.month, x.day, x.hour, x.minute, x.second,
                         x.microsecond, _offset(x, e)), depth)


def _put_delta(e, x, depth):
    e.special(DELTA, (x.days, x.seconds, x.microseconds), depth)


def _put_zone(e, x, depth):
    delta = x.utcoffset(None)
    e.special(ZONE, delta // datetime.timedelta(microseconds=1), depth)


def _put_opaque(e, x, depth):
    e.opaque(e, x, depth)


def _put_builtin(e, x, depth):
    name = _BUILTIN_NAMES.get(id(x))
    if name is None:
        _put_opaque(e, x, depth)
    else:
        e.special(BUILTIN, name, depth)


_WRITERS = {
    type(None): _put_none, bool: _put_bool, int: _put_int,
    float: _put_float, complex: _put_complex, str: _put_str,
    bytes: _put_bytes, bytearray: _put_bytearray, list: _put_list,
    tuple: _put_tuple, set: _put_set, frozenset: _put_frozenset,
    dict: _put_dict, collections.Counter: _put_dict_kind(COUNTER),
    collections.OrderedDict: _put_ordered,
    collections.defaultdict: _put_dict_kind(DEFAULT),
    collections.deque: _put_deque, range: _put_range,
    _KEYS: _put_view(KEYS), _VALUES: _put_view(VALUES),
    _ITEMS: _put_view(ITEMS), _OKEYS: _put_view(KEYS),
    _OVALUES: _put_view(VALUES), _OITEMS: _put_view(ITEMS),
    fractions.Fraction: _put_fraction, decimal.Decimal: _put_decimal,
    datetime.date: _put_date, datetime.time: _put_time,
    datetime.datetime: _put_datetime, datetime.timedelta: _put_delta,
    datetime.timezone: _put_zone, type: _put_builtin,
    type(len): _put_builtin, type(...): _put_builtin,
    type(NotImplemented): _put_builtin,
}
Encoder.writers = _WRITERS


def encode(x, opaque, depth=0):
    e = Encoder(opaque)
    e.put(x, depth)
    return bytes(e.out)


class Decoder:
    """Reads one value; `handle(payload)` and `home(number)` make the two
    kinds of object, or raise Refused."""

    def __init__(self, content, handle, home):
        self.content = content
        self.at = 0
        self.count = 0
        self.handle = handle
        self.home = home

    def take(self, size):
        end = self.at + size
        if end > len(self.content):
            raise Refused('a frame cut short')
        part = self.content[self.at:end]
        self.at = end
        return part

    def number(self):
        return _u32.unpack(self.take(4))[0]

    def many(self, depth, scale=1):
        size = self.number() * scale
        self.count += size
        if self.count > MAX_COUNT:
            raise Refused('a value of more than %d parts' % MAX_COUNT)
        return [self.get(depth) for _ in range(size)]

    def get(self, depth=0):
        if depth > MAX_DEPTH:
            raise Refused('a value nested more than %d deep' % MAX_DEPTH)
        tag = self.take(1)
        read = self.readers.get(tag)
        if read is None:
            raise Refused('an unknown tag')
        return read(self, depth + 1)


def _get_text(d, depth):
    return d.take(d.number()).decode('utf-8', 'surrogatepass')


def _get_int(d, depth):
    size = d.number()
    if size > MAX_INT_BYTES:
        raise Refused('an integer of more than %d bytes' % MAX_INT_BYTES)
    return int.from_bytes(d.take(size), 'little', signed=True)


def _get_complex(d, depth):
    return complex(*struct.unpack('<dd', d.take(16)))


def _get_dict(d, depth):
    flat = d.many(depth, 2)
    return dict(zip(flat[::2], flat[1::2]))


def _zone(offset):
    if offset is None:
        return None
    return datetime.timezone(datetime.timedelta(microseconds=offset))


def _get_special(d, depth):
    kind = d.take(1)[0]
    build = _BUILDERS.get(kind)
    if build is None:
        raise Refused('an unknown kind')
    return build(d.get(depth))


def _default(content):
    made = collections.defaultdict(None)
    made.update(content)
    return made


def _counter(content):
    made = collections.Counter()
    dict.update(made, content)
    return made


def _named(content):
    name, fields, values = content
    if len(fields) > 100:
        raise Refused('a named tuple of more than 100 fields')
    return collections.namedtuple(name, fields)(*values)


_BUILDERS = {
    COUNTER: _counter, ORDERED: collections.OrderedDict, DEFAULT: _default,
    DEQUE: lambda c: collections.deque(c[0], c[1]), NAMED: _named,
    RANGE: lambda c: range(*c), KEYS: lambda c: dict.fromkeys(c).keys(),
    VALUES: lambda c: dict(enumerate(c)).values(),
    ITEMS: lambda c: dict(c).items(),
    FRACTION: lambda c: fractions.Fraction(*c),
    DECIMAL: decimal.Decimal, DATE: lambda c: datetime.date(*c),
    TIME: lambda c: datetime.time(*c[:4], tzinfo=_zone(c[4])),
    DATETIME: lambda c: datetime.datetime(*c[:7], tzinfo=_zone(c[7])),
    DELTA: lambda c: datetime.timedelta(*c), ZONE: _zone,
    BUILTIN: _BUILTINS.__getitem__, SLICE: lambda c: slice(*c),
}

_READERS = {
    b'N': lambda d, depth: None, b'T': lambda d, depth: True,
    b'F': lambda d, depth: False, b'i': _get_int,
    b'f': lambda d, depth: _f64.unpack(d.take(8))[0], b'c': _get_complex,
    b's': _get_text, b'b': lambda d, depth: bytes(d.take(d.number())),
    b'y': lambda d, depth: bytearray(d.take(d.number())),
    b'l': lambda d, depth: d.many(depth),
    b't': lambda d, depth: tuple(d.many(depth)),
    b'e': lambda d, depth: set(d.many(depth)),
    b'z': lambda d, depth: frozenset(d.many(depth)),
    b'd': _get_dict, b'x': _get_special,
    b'o': lambda d, depth: d.handle(d.get(depth)),
    b'h': lambda d, depth: d.home(d.number()),
}
Decoder.readers = _READERS


def _no_object(_):
    raise Refused('an object where only values may be')


def decode(content, handle=_no_object, home=_no_object):
    """One whole value; every fault of the bytes is Refused."""
    d = Decoder(content, handle, home)
    try:
        value = d.get()
    except Refused:
        raise
    except Exception as fault:
        raise Refused('a malformed value: %s' % type(fault).__name__)
    if d.at != len(content):
        raise Refused('bytes after the value')
    return value
