"""Two processes that call each other's functions over a stream socket.

Each side exports objects by number and sees the other side's as handles.
Requests and replies nest like calls of one program: while a side waits for
its reply it answers what the other asks. A message is a length and one value
of the grammar; arguments travel as encoded bytes of their own, so that what
a callee changed in place can be told from what it left alone.
"""
import os
import types

MAX_EXPORTS = 1 << 20
MAX_NESTING = 100

(CALL, ITERATE, NEXT, ITEM, CONTEXT, OWN_TRUTH, CLASS, ERROR, AWAIT,
 ASYNC_ITERATE, ASYNC_NEXT, ASYNC_CONTEXT) = (1 << bit for bit in range(12))

_SCALARS = frozenset((type(None), bool, int, float, complex, str, bytes))
_name_of = type.__dict__['__name__'].__get__


class Gone(BaseException):
    """The other side ended, or broke the protocol."""


def _defines(cls, name):
    return any(name in _namespace(base) for base in _mro(cls))


def flags_of(x):
    cls = type(x)
    flags = 0
    for bit, name in ((CALL, '__call__'), (ITERATE, '__iter__'),
                      (NEXT, '__next__'), (ITEM, '__getitem__'),
                      (CONTEXT, '__enter__'), (OWN_TRUTH, '__bool__'),
                      (OWN_TRUTH, '__len__'), (AWAIT, '__await__'),
                      (ASYNC_ITERATE, '__aiter__'),
                      (ASYNC_NEXT, '__anext__'),
                      (ASYNC_CONTEXT, '__aenter__')):
        if _defines(cls, name):
            flags |= bit
    if type in _mro(cls):
        flags |= CLASS
        if BaseException in _mro(x):
            flags |= ERROR
    return flags


def builtin_names(cls):
    """The names of the builtin exceptions that `cls` derives from."""
    return tuple(base.__name__ for base in _mro(cls)
                 if _BUILTINS.get(_name_of(base)) is base and
                 base is not object)


def label_of(x):
    cls = x if type in _mro(type(x)) else type(x)
    if type(x) in (types.FunctionType, types.BuiltinFunctionType):
        return x.__name__
    return _name_of(cls)


def error_text(fault):
    try:
        return str(fault)[:500]
    except BaseException:
        return ''


class Peer:
    """`make_handle(peer, number, flags, label, bases, kin)` builds a handle;
    `answer(peer, message)` serves one request and returns the reply."""

    def __init__(self, fd, make_handle, answer):
        self.fd = fd
        self.make_handle = make_handle
        self.answer = answer
        self.exports = []
        self.numbers = {}
        self.handles = {}
        self.nesting = 0
        self.stuck = False  # The other side said nothing for too long.

    # Values.

    def opaque(self, x):
        home = handle_number(self, x)
        if home is not None:
            return b'h' + _u32.pack(home)
        array = encode_numpy(x, self.opaque)
        if array is not None:
            return array
        if type(x) is slice:  # Between the two pythons alone: obj[1:3].
            return b'x' + bytes((SLICE,)) + self.encode(
                (x.start, x.stop, x.step))
        if type(x) is types.ModuleType:
            raise Refused('a module')
        number = self.numbers.get(id(x))
        if number is None:
            number = len(self.exports)
            if number >= MAX_EXPORTS:
                raise Refused('too many objects')
            self.exports.append(x)
            self.numbers[id(x)] = number
        bases, kin = (), None
        flags = flags_of(x)
        if flags & ERROR:
            bases, kin = builtin_names(x), self._kin(x)
        return b'o' + encode((number, flags, label_of(x), bases, kin), None)

    def _kin(self, cls):
        """Of a class of exceptions: its module, its name there, and its
        parent, where that is no builtin one."""
        parent = next((base for base in _mro(cls)[1:]
                       if _BUILTINS.get(_name_of(base)) is not base), None)
        return (str(cls.__module__), str(cls.__qualname__),
                b'' if parent is None else self.opaque(parent))

    def seen(self, payload):
        number, flags, label, bases, kin = payload
        if not (type(number) is int and type(flags) is int and
                type(label) is str and type(bases) is tuple):
            raise Refused('a malformed object')
        handle = self.handles.get(number)
        if handle is None:
            if len(self.handles) >= MAX_EXPORTS:
                raise Refused('too many objects')
            handle = self.make_handle(
                self, number, flags, label, bases, kin)
            self.handles[number] = handle
        return handle

    def exported(self, number):
        if type(number) is not int or not 0 <= number < len(self.exports):
            raise Refused('an unknown object')
        return self.exports[number]

    def encode(self, x):
        return encode(x, self.opaque)

    def decode(self, content):
        return decode(content, self.seen, self.exported)

    # Messages.

    def send(self, message):
        content = encode(message, None)
        content = _u32.pack(len(content)) + content
        try:
            while content:
                content = content[os.write(self.fd, content):]
        except BlockingIOError:
            self.stuck = True
            raise Gone
        except OSError:
            raise Gone

    def receive(self):
        size = _u32.unpack(self._read(4))[0]
        if size > 2 * MAX_BYTES:
            raise Gone
        try:
            message = decode(self._read(size))
        except Refused:
            raise Gone
        if type(message) is not tuple or not message:
            raise Gone
        return message

    def _read(self, size):
        parts = []
        while size:
            try:
                part = os.read(self.fd, min(size, 1 << 20))
            except BlockingIOError:  # The service bounds each wait.
                self.stuck = True
                raise Gone
            except OSError:
                raise Gone
            if not part:
                raise Gone
            parts.append(part)
            size -= len(part)
        return b''.join(parts)

    def serve_one(self, message):
        if self.nesting >= MAX_NESTING:
            raise Gone
        self.nesting += 1
        try:
            reply = self.answer(self, message)
        finally:
            self.nesting -= 1
        self.send(('reply',) + reply)

    def ask(self, message):
        self.send(message)
        while True:
            message = self.receive()
            if message[0] == 'reply':
                return message[1:]
            self.serve_one(message)


def handle_number(peer, x):
    """The number of `x` where it is a handle of `peer`, else None."""
    for cls in _mro(type(x)):
        if cls is HandleBase:
            if object.__getattribute__(x, '_peer') is peer:
                return object.__getattribute__(x, '_number')
    return None


class HandleBase:
    __slots__ = ('_peer', '_number', '_flags', '_label')


def call_with(peer, target, args, kwargs):
    """Calls `target` with encoded arguments; the reply's content: the
    result, which argument it is (or None), and the arguments that changed."""
    args = [(key, content, peer.decode(content))
            for key, content in list(enumerate(args)) + list(kwargs.items())]
    try:
        result = target(*[x for key, _, x in args if type(key) is int],
                        **{key: x for key, _, x in args
                           if type(key) is str})
        same = None
        if type(result) not in _SCALARS:
            same = next((key for key, _, x in args if x is result), None)
        reply = ('ok', b'N' if same is not None else peer.encode(result),
                 same)
    except Gone:
        raise
    except BaseException as fault:
        reply = raised(peer, fault)
    changed = {}
    for key, before, x in args:
        if type(x) not in _SCALARS:
            after = peer.encode(x)
            if after != before:
                changed[key] = after
    return reply + (changed,)


def raised(peer, fault):
    """The reply for an exception: builtin bases, class, text, arguments."""
    cls = type(fault)
    if cls is Refused:
        return ('refused', str(fault), None)
    try:
        args = peer.encode(tuple(fault.args))
    except BaseException:
        args = encode((error_text(fault),), None)
    own = builtin_names(cls)
    try:
        attributes = peer.encode(dict(vars(fault)))
    except BaseException:
        attributes = encode({}, None)
    mirror = None
    if not own or _BUILTINS.get(own[0]) is not cls:
        mirror = peer.opaque(cls)
    return ('raise', (own, _name_of(cls), error_text(fault), args, mirror,
                      attributes), None)


def restore(old, new):
    """Makes `old` hold what `new` holds, in place where that can be."""
    if type(old) is not type(new):
        return new
    if type(old) is list:
        kept = len(old)
        old[:] = [restore(old[i], x) if i < kept else x
                  for i, x in enumerate(new)]
        return old
    if isinstance(old, dict):
        merged = [(k, restore(old[k], x) if k in old else x)
                  for k, x in new.items()]
        old.clear()
        dict.update(old, merged)
        if type(old) is collections.OrderedDict:
            for k, _ in merged:
                old[k] = dict.__getitem__(old, k)
        return old
    if isinstance(old, set):
        old.clear()
        old.update(new)
        return old
    if isinstance(old, (bytearray, collections.deque)):
        old.clear()
        old.extend(new)
        return old
    if _numpy_class(old) == 'ndarray':
        return restore_array(old, new)
    if type(old) is tuple and len(old) == len(new):
        return tuple(map(restore, old, new))
    return new
