"""The side that holds the candidate: it gets inputs and returns values.

Nothing here is trusted: a candidate may replace any of it, and gains no more
than the right to claim a value, which is compared elsewhere.
"""
import ast
import io
import sys
import types


class DoesNotCompile(Exception):
    """The solution is no python program."""


def load(source, args=()):
    """Executes the solution as the program's own module; its namespace."""
    namespace = new_main(args)
    execute(source, namespace)
    return namespace


def load_to_test(source):
    """The same, of a solution that tests call: its main guard, which may want
    input or exit, is no affair of theirs."""
    namespace = new_main(())
    try:
        execute(source, namespace)
    except DoesNotCompile:
        raise
    except BaseException as fault:
        if not _is_in_main_guard(source, fault):
            raise
    sys.settrace(None)  # Our own frames are not the solution's to trace.
    return namespace


def new_main(args):
    module = types.ModuleType('__main__')
    module.__file__ = '/box/main.py'
    module.__builtins__ = builtins
    sys.modules['__main__'] = module
    sys.argv = ['main.py', *args]
    return module.__dict__


def execute(source, namespace):
    try:
        code = compile(source, '/box/main.py', 'exec', dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError) as fault:
        raise DoesNotCompile('%s: %s' % (
            _name_of(type(fault)), error_text(fault)))
    exec(code, namespace)


def _is_in_main_guard(source, fault):
    trace = fault.__traceback__
    while trace and trace.tb_frame.f_code.co_filename != '/box/main.py':
        trace = trace.tb_next
    return trace is not None and any(
        isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and
        ast.unparse(node.test) in ("__name__ == '__main__'",
                                   "'__main__' == __name__") and
        node.lineno <= trace.tb_lineno <= node.end_lineno
        for node in ast.parse(source).body)


def open_streams():
    """Fresh text streams over descriptors 0, 1 and 2, made once."""
    global _streams_are_open
    if _streams_are_open:
        return
    _streams_are_open = True
    sys.stdin = sys.__stdin__ = open(
        0, 'r', encoding='utf-8', errors='surrogateescape', closefd=False)
    sys.stdout = sys.__stdout__ = open(
        1, 'w', encoding='utf-8', errors='surrogateescape', closefd=False)
    sys.stderr = sys.__stderr__ = open(
        2, 'w', encoding='utf-8', errors='backslashreplace', closefd=False,
        buffering=1)


_streams_are_open = False


def flush_streams():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass


def run_program(source, *rest, tells=False):
    """The whole life of `python3 main.py ARGS`; the exit status. `tells`: an
    uncaught exception is told by a frame, its exit code being ambiguous."""
    *args, reply_fd = rest
    import atexit
    import threading
    try:
        load(source, *args)
        status = 0
    except DoesNotCompile as fault:
        FrameWriter(reply_fd).write('syntax', str(fault))
        return 1
    except SystemExit as end:
        status = end.code
        if status is None:
            status = 0
        elif type(status) is not int:
            print(status, file=sys.stderr)
            status = 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        if tells:
            FrameWriter(reply_fd).write(*raise_frame(sys.exc_info()[1]))
        status = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
    except OSError:
        status = status or 120
    flush_streams()
    return status & 0xff


class FrameWriter:
    """Frames of ("value", x), ("raise", name, text), ... on the reply."""

    def __init__(self, fd):
        self.fd = fd

    def write(self, *frame):
        self.write_raw(encode(frame, plain_opaque))

    def write_raw(self, content):
        content = _u32.pack(len(content)) + content
        while content:
            content = content[os.write(self.fd, content):]


def plain_opaque(e, x, depth):
    """An object in a call plan: its class's name and whether it has a truth
    of its own; it equals nothing. A scalar of numpy is the number it is."""
    plain = plain_scalar(x)
    if plain is x:
        e.out += b'o'
        plain = (bool(flags_of(x) & OWN_TRUTH), label_of(x))
    e.put(plain, depth)


def raise_frame(fault):
    cls = type(fault)
    bases = [_name_of(base) for base in _mro(cls)]
    return ('raise', _name_of(cls), error_text(fault), bases)


def resolve(namespace, entry):
    """The function of `name` or `Class.method`, on a fresh instance; one
    instance serves all calls of `Class().method`."""
    first, *rest = entry.split('.')
    if first not in namespace and hasattr(builtins, first):
        raise NameError('name %r is not defined by the solution' % first)
    x = namespace.get(first, _absent)
    if x is _absent:
        raise NameError('name %r is not defined' % first)
    for name in rest:
        if isinstance(x, type) and isinstance(
                x.__dict__.get(name), types.FunctionType):
            x = x()
        x = getattr(x, name)
    return x


_absent = object()


_LOADED = encode(('loaded',), None)
_VALUE = encode(('value', None), None)[:-1]  # Less the encoded None.


def run_calls(source, calls, reply_fd):
    """Loads the solution, makes each call, writes one frame for each."""
    out = FrameWriter(reply_fd)
    if type(calls) is bytes:  # Not all of their values are plain.
        calls = decode(calls)
    try:
        namespace = load_to_test(source)
    except DoesNotCompile as fault:
        out.write('syntax', str(fault))
        return 1
    except BaseException as fault:
        out.write(*raise_frame(fault))
        return 1
    out.write_raw(_LOADED)
    known = {}
    for entry, args, kwargs in calls:
        try:
            target = known.get(entry)
            if target is None:
                target = resolve(namespace, entry.replace('()', ''))
                if '()' in entry:
                    known[entry] = target
            result = target(*args, **kwargs)
            frame = _VALUE + encode(result, plain_opaque, 1)
        except Refused as fault:
            frame = encode(('refused', str(fault)), None)
        except BaseException as fault:
            frame = encode(raise_frame(fault), None)
            fault.__traceback__ = None
        out.write_raw(frame)
    flush_streams()
    return 0


class ExaminerObject(HandleBase):
    """What the tests passed to the candidate and cannot cross by value."""
    __slots__ = ()


def _forward(name):
    def method(self, *args, **kwargs):
        return ask_peer(self, name, args, kwargs)
    method.__name__ = name
    return method


_BY_FLAG = ((CALL, ('__call__',)), (ITERATE, ('__iter__',)),
            (NEXT, ('__next__',)), (CONTEXT, ('__enter__', '__exit__')),
            (ITEM, ('__getitem__', '__setitem__', '__delitem__')))


def examiner_object(peer, number, flags, label, bases, kin):
    body = {'__slots__': ()}
    for bit, names in _BY_FLAG:
        if flags & bit:
            body.update((name, _forward(name)) for name in names)
    if not flags & (CALL | NEXT):
        for name in ('__len__', '__lt__', '__gt__', '__le__', '__ge__'):
            body[name] = _forward(name)
        body['__bool__'] = lambda self: True
    body['__getattr__'] = lambda self, name: get_from_peer(self, name)
    body['__setattr__'] = lambda self, name, x: ask_peer(
        self, '__setattr__', (name, x), {})
    made = object.__new__(type(label, (ExaminerObject,), body))
    for name, x in (('_peer', peer), ('_number', number), ('_flags', flags),
                    ('_label', label)):
        object.__setattr__(made, name, x)
    return made


def ask_peer(handle, name, args, kwargs):
    peer = object.__getattribute__(handle, '_peer')
    number = object.__getattribute__(handle, '_number')
    reply = peer.ask(method_message(number, name, args, kwargs))
    return take_reply(peer, reply, rebuild_error)


def get_from_peer(handle, name):
    peer = object.__getattribute__(handle, '_peer')
    reply = peer.ask(
        ('get', object.__getattribute__(handle, '_number'), name))
    return take_reply(peer, reply, rebuild_error)


def rebuild_error(peer, own, name, text, args, mirror, attributes):
    cls = _BUILTINS.get(own[0], Exception) if own else Exception
    return cls(text)


def take_reply(peer, reply, rebuild):
    """The result of a reply, or its exception; passes on what was printed."""
    try:
        kind, content, printed = reply
        if printed is not None:
            sys.stdout.write(printed)
        if kind == 'ok':
            return content
        if kind == 'raise':
            fault = rebuild(peer, *content)
        else:
            fault = Refused(content if type(content) is str else '')
    except (Refused, ValueError, TypeError, LookupError, AttributeError):
        raise Gone
    raise fault


class FedInput(io.TextIOBase):
    """The standard input where tests feed it: they are asked for each
    line, so that what they patched is what the candidate reads."""

    def __init__(self, peer):
        self.peer = peer

    def readable(self):
        return True

    def _ask(self, *message):
        return take_reply(self.peer, self.peer.ask(message), rebuild_error)

    def input(self, prompt=''):
        return self._ask('input', str(prompt))

    def readline(self, size=-1):
        return self._ask('line')

    def read(self, size=-1):
        return self._ask('rest')


_AWAITED = frozenset('__await__ __anext__ __aenter__ __aexit__'.split())


class Service:
    """Answers the examiner: names, attributes, calls."""

    def __init__(self, namespace):
        self.namespace = namespace
        self.printed = None  # Where stdout goes while tests look at it.
        self.loop = None     # Runs coroutines that the tests await.

    def __call__(self, peer, message):
        try:
            reply = getattr(self, 'on_' + message[0])(peer, *message[1:])
        except Gone:
            raise
        except BaseException as fault:
            reply = raised(peer, fault)
        return reply + (self._printed(),)

    def _printed(self):
        """What was printed since the last reply; None: nothing."""
        if not self.printed or not self.printed.tell():
            return None
        text = self.printed.getvalue()
        self.printed.seek(0)
        self.printed.truncate()
        return text

    def on_name(self, peer, name):
        x = self.namespace.get(name, _absent)
        if x is _absent:
            return ('absent', None)
        if type(x) is types.ModuleType:
            return ('module', x.__name__)
        return ('ok', x)

    def on_capture(self, peer):
        self.printed = sys.stdout = io.StringIO()
        return ('ok', None)

    def on_feed(self, peer):
        sys.stdin = FedInput(peer)
        builtins.input = sys.stdin.input
        return ('ok', None)

    def on_get(self, peer, number, name):
        return ('ok', getattr(peer.exported(number), name))

    def on_method(self, peer, number, name, keys, *values):
        target = peer.exported(number)
        if name in _AWAITED:
            target = self._awaiting(target, name)
        elif name != '__call__':
            target = _method_of(target, name)
        args, kwargs = arguments(keys, values)
        return ('ok', target(*args, **kwargs))

    def _awaiting(self, x, name):
        """Runs an awaitable to its end, here where its code is."""
        import asyncio
        if self.loop is None:
            self.loop = asyncio.new_event_loop()

        async def wait(*args):
            return await (x if name == '__await__' else
                          getattr(x, name)(*args))
        return lambda *args: self.loop.run_until_complete(wait(*args))


def _method_of(x, name):
    """`C.n = 5` is the affair of C's own class."""
    if isinstance(x, type) and name in ('__setattr__', '__delattr__'):
        return getattr(type(x), name).__get__(x)
    return getattr(x, name)


def serve(source, fd):
    """Loads the solution and answers the examiner until it hangs up."""
    service = Service({})
    peer = Peer(fd, examiner_object, service)
    try:
        service.namespace = load_to_test(source)
    except DoesNotCompile as fault:
        peer.send(('syntax', str(fault)))
        return 1
    except BaseException as fault:
        peer.send(raise_frame(fault))
        return 1
    try:
        peer.send(('loaded',))
        while True:
            peer.serve_one(peer.receive())
    except Gone:
        flush_streams()
        return 0
