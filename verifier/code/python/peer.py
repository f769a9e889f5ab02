"""Two processes that call each other's functions over a stream socket.

Each side exports objects by number and sees the other side's as handles.
Requests and replies nest like calls of one program: while a side waits for
its reply it answers what the other asks. A message is a length and: its
values, the containers that changed since the last one (a number and what they
hold), and the numbers of those that end (twins.py), each with their count.
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


class Channel:
    """Frames over a socket: a length, and as many bytes."""

    def __init__(self, fd):
        self.fd = fd
        self.stuck = False  # The other side said nothing for too long.

    def write(self, content):
        content = _u32.pack(len(content)) + content
        try:
            while content:
                content = content[os.write(self.fd, content):]
        except BlockingIOError:
            self.stuck = True
            raise Gone
        except OSError:
            raise Gone

    def read(self):
        size = _u32.unpack(self._read(4))[0]
        if size > 2 * MAX_BYTES:
            raise Gone
        return self._read(size)

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


_NO_TWINS = _u32.pack(0) * 2  # None changed, and none ends.


class Peer(Channel):
    """`make_handle(peer, number, flags, label, bases, kin)` builds a handle;
    `answer(peer, message)` serves one request and returns the reply."""

    def __init__(self, fd, make_handle, answer):
        super().__init__(fd)
        self.make_handle = make_handle
        self.answer = answer
        self.exports = []
        self.numbers = {}
        self.handles = {}
        self.twins = Twins()
        self.nesting = 0
        self.asking = 0
        self.mark = 0        # The first number that the last message brought.
        self.heavy = ()      # The heavy ones that it refers to.

    # Values.

    def opaque(self, e, x, depth):
        home = handle_number(self, x)
        if home is not None:
            e.out += b'h' + _u32.pack(home)
            return
        if put_numpy(e, x, depth):
            return
        if type(x) is slice:  # Between the two pythons alone: obj[1:3].
            e.special(SLICE, (x.start, x.stop, x.step), depth)
            return
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
        e.out += b'o'
        e.put((number, flags, label_of(x), bases, kin), depth)

    def _kin(self, cls):
        """Of a class of exceptions: its module, its name there, and its
        parent, where that is no builtin one."""
        parent = next((base for base in _mro(cls)[1:]
                       if _BUILTINS.get(_name_of(base)) is not base), None)
        return (str(cls.__module__), str(cls.__qualname__), parent)

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

    def crosses(self, x):
        """Whether `x` can be sent."""
        try:
            encode(x, self.opaque)
        except BaseException:
            return False
        return True

    # Messages.

    def pack(self, message, mark=None, heavy=()):
        """The frame of a message. `mark`: it replies to a request that
        brought the containers from that number on, and `heavy` ones. Refused
        where it cannot cross; then no more is kept in step than it brought."""
        try:
            return self._packed(message, mark, heavy)
        except Refused:
            twins = self.twins
            old = [number for number in (*twins.light, *twins.heavy)
                   if mark is None or number < mark]
            if not old:
                raise
            twins.end_here(old)
            return self._packed(message, mark, heavy)

    def _packed(self, message, mark, heavy):
        twins = self.twins
        e = FrameWritten(self.opaque, twins)
        try:
            e.number(len(message))
            for x in message:
                e.value(x)
            if not twins.numbers and not twins.ended:
                return bytes(e.out + _NO_TWINS)
            changed = twins.changed(self._watched(e, mark, heavy))
            e.number(len(changed))
            for number, parts in changed:
                e.number(number)
                e.value(twins.content(number, parts))
            if e.refers or changed:
                twins.check(message, changed)
        except BaseException:
            twins.undo(e.mark)
            raise
        for number, parts in changed:
            twins.see(number, parts)
        self._end_twins(e, mark)
        return bytes(e.out)

    def _end_twins(self, e, mark):
        """Ends those that need not stay in step, and tells the other side."""
        twins = self.twins
        twins.end_unused()
        if self._outermost(mark):
            twins.end_here(twins.surplus())
            twins.settle()
        elif mark is not None:
            twins.end_here([number for number in twins.heavy
                            if number >= mark])
        e.number(len(twins.ended))
        for number in twins.ended:
            e.number(number)
        twins.ended = []

    def _outermost(self, mark):
        """Whether a reply is to a call within no other."""
        return mark is not None and not self.asking

    def _watched(self, e, mark, heavy):
        """The heavy containers whose changes are told."""
        twins = self.twins
        if self._outermost(mark):
            return [number for number in twins.heavy if number < e.mark]
        numbers = twins.heavy_below((*heavy, *e.heavy))
        if mark is not None:
            numbers.update(number for number in range(mark, e.mark)
                           if number in twins.heavy)
        return numbers

    def unpack(self, content):
        """The message of a frame, once the containers are in step."""
        twins = self.twins
        d = FrameRead(content, self.seen, self.exported, twins)
        try:
            count = d.number()
            if count > MAX_COUNT:
                raise Refused('too many values')
            message = tuple([d.value() for _ in range(count)])
            self.mark, self.heavy = d.mark, d.heavy
            changes = [(d.number(), d.value()) for _ in range(d.number())]
            for number, parts in changes:
                twins.change(number, parts)
            if d.refers or changes:
                twins.check(message, changes)
            for _ in range(d.number()):
                twins.end(d.number())
        except Refused:
            raise
        except Exception as fault:
            raise Refused('a malformed value: %s' % type(fault).__name__)
        if d.at != len(content) or not message:
            raise Refused('no message')
        return message

    def receive(self):
        try:
            return self.unpack(self.read())
        except Refused:
            raise Gone

    def send(self, message):
        self.write(self.pack(message))

    def serve_one(self, message):
        mark, heavy = self.mark, self.heavy
        if self.nesting >= MAX_NESTING:
            raise Gone
        self.nesting += 1
        try:
            reply = ('reply',) + self.answer(self, message)
        finally:
            self.nesting -= 1
        try:
            packed = self.pack(reply, mark, heavy)
        except BaseException as fault:  # Of a candidate's class, it may be.
            self.twins.end_here([*self.twins.light, *self.twins.heavy])
            packed = self.pack(('reply',) + raised(self, fault) + (None,))
        self.write(packed)

    def ask(self, message):
        return self.ask_packed(self.pack(message))

    def ask_packed(self, packed):
        self.asking += 1
        self.write(packed)
        try:
            while True:
                message = self.receive()
                if message[0] == 'reply':
                    if len(message) != 4:
                        raise Gone
                    if self.asking == 1 and not self.nesting:
                        self.twins.settle()
                    return message[1:]
                self.serve_one(message)
        finally:
            self.asking -= 1


def method_message(number, name, args, kwargs):
    """Each argument is a value with bounds of its own."""
    return ('method', number, name, tuple(kwargs), *args, *kwargs.values())


def arguments(keys, values):
    """(args, kwargs) of such a message."""
    if type(keys) is not tuple or len(keys) > len(values):
        raise Gone
    cut = len(values) - len(keys)
    return values[:cut], dict(zip(keys, values[cut:]))


def handle_number(peer, x):
    """The number of `x` where it is a handle of `peer`, else None."""
    for cls in _mro(type(x)):
        if cls is HandleBase:
            if object.__getattribute__(x, '_peer') is peer:
                return object.__getattribute__(x, '_number')
    return None


class HandleBase:
    __slots__ = ('_peer', '_number', '_flags', '_label')


def raised(peer, fault):
    """The reply for an exception: builtin bases, class, text, arguments."""
    cls = type(fault)
    if cls is Refused:
        return ('refused', str(fault))
    args = (error_text(fault),)
    attributes = {}
    try:
        if peer.crosses(tuple(fault.args)):
            args = tuple(fault.args)
        if peer.crosses(dict(vars(fault))):
            attributes = dict(vars(fault))
    except BaseException:
        pass
    own = builtin_names(cls)
    mirror = cls
    if own and _BUILTINS.get(own[0]) is cls:
        mirror = None
    return ('raise', (own, _name_of(cls), error_text(fault), args, mirror,
                      attributes))
