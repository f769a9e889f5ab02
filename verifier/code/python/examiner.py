"""The side that holds the tests and none of the candidate's code.

The candidate's functions are handles. A handle forwards calls, attributes,
indexing and iteration, and nothing that could decide a comparison: not
equality, ordering, truth, hash, length, membership, numbers or format. It
equals itself alone, and comparing it with a value is a wrong answer for
good, whatever the tests catch.
"""
import ast


class WrongAnswer(BaseException):
    """A handle was compared with a value."""


class Handle(HandleBase):
    """An object that stays with the candidate."""
    __slots__ = ()

    def __eq__(self, other):
        if self is other:
            return True
        if other is None or isinstance(other, HandleBase):
            return False
        return compared(self)

    def __ne__(self, other):
        return not self.__eq__(other)

    def __hash__(self):
        return object.__hash__(self)

    def __bool__(self):
        if object.__getattribute__(self, '_flags') & OWN_TRUTH:
            return compared(self)
        return True

    def __repr__(self):
        return '<candidate object %s>' % object.__getattribute__(
            self, '_label')

    def __getattr__(self, name):
        if name == '__name__':
            return object.__getattribute__(self, '_label')
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        peer = object.__getattribute__(self, '_peer')
        return peer.examiner.ask(peer, (
            'get', object.__getattribute__(self, '_number'), name), name)

    def __setattr__(self, name, x):
        carry(self, '__setattr__', (name, x), {})

    def __delattr__(self, name):
        carry(self, '__delattr__', (name,), {})


def _compared_method(self, other):
    return compared(self)


for _name in ('__lt__', '__le__', '__gt__', '__ge__'):
    setattr(Handle, _name, _compared_method)


def compared(handle):
    peer = object.__getattribute__(handle, '_peer')
    peer.examiner.wrong = (
        'the candidate returned an object of class %s where a value was '
        'compared' % object.__getattribute__(handle, '_label')[:100])
    raise WrongAnswer


def carry(handle, name, args, kwargs):
    peer = object.__getattribute__(handle, '_peer')
    number = object.__getattribute__(handle, '_number')
    return peer.examiner.ask(
        peer, method_message(number, name, args, kwargs), name)


def _carried(name):
    def method(self, *args, **kwargs):
        return carry(self, name, args, kwargs)
    method.__name__ = name
    return method


def _await(self):
    return carry(self, '__await__', (), {})
    yield  # A generator, as await asks for, that never waits.


def _send(self, _):
    raise StopIteration(carry(self, '__await__', (), {}))


def _throw(self, fault, *_):
    raise fault


def _awaited(name):
    async def method(self, *args):
        return carry(self, name, args, {})
    return method


# What asyncio takes for a coroutine, and the other asynchronous protocols.
_ASYNC_BY_FLAG = (
    (AWAIT, {'__await__': _await, 'send': _send, 'throw': _throw,
             'close': lambda self: None}),
    (ASYNC_ITERATE, {'__aiter__': _carried('__aiter__')}),
    (ASYNC_NEXT, {'__anext__': _awaited('__anext__')}),
    (ASYNC_CONTEXT, {'__aenter__': _awaited('__aenter__'),
                     '__aexit__': _awaited('__aexit__')}))


def _is_instance(self, x):
    if not isinstance(x, Handle):
        return False
    return carry(self, '__instancecheck__', (x,), {}) is True


_classes = {}


def candidate_handle(peer, number, flags, label, bases, kin):
    if flags & ERROR:
        return mirror_error(peer, label, bases, kin)
    flags &= 0xfff
    cls = _classes.get(flags)
    if cls is None:
        body = {'__slots__': ()}
        for bit, names in _BY_FLAG:
            if flags & bit:
                body.update((name, _carried(name)) for name in names)
        for bit, methods in _ASYNC_BY_FLAG:
            if flags & bit:
                body.update(methods)
        if flags & CLASS:
            body['__instancecheck__'] = _is_instance
        cls = _classes[flags] = type('Handle', (Handle,), body)
    made = object.__new__(cls)
    for name, x in (('_peer', peer), ('_number', number), ('_flags', flags),
                    ('_label', label)):
        object.__setattr__(made, name, x)
    return made


_CARRIED_DUNDERS = frozenset(
    '__len__ __contains__ __lt__ __le__ __gt__ __ge__ __getitem__ '
    '__setitem__ __delitem__ __iter__ __next__ __enter__ __exit__ '
    '__call__'.split())


# Methods that say by StopIteration that there is no more.
_MAY_STOP = frozenset('__next__ __anext__ send throw'.split())


class Examiner:
    def __init__(self, module):
        self.module = module
        self.collects = False  # The tests asked for their runner.
        self.may_stop = False  # The tests speak of StopIteration themselves.
        self.gone = False      # The candidate ended, whatever tests caught.
        self.failure = None    # What unittest caught first.
        self.contact = False   # An object of the candidate was used.
        self.read = False      # A value of the candidate was read by name.
        self.wrong = None      # A handle was compared with a value.
        self.cannot = None     # An argument cannot cross.
        self.faults = {}       # id of an exception that the candidate
        self.kept = []         # raised -> its description; kept alive.

    def ask(self, peer, message, name):
        """The candidate's answer, or what it raised."""
        try:
            packed = peer.pack(message)
        except Refused as fault:
            self.cannot = str(fault)
            raise
        self.contact = True
        try:
            return take_reply(peer, peer.ask_packed(packed), self.rebuild)
        except Gone:
            self.gone = True
            raise
        except (StopIteration, StopAsyncIteration) as fault:
            if self.may_stop or name in _MAY_STOP:
                raise
            # A loop of the tests over calls would take it for its end.
            made = RuntimeError('the candidate raised StopIteration')
            self.faults[id(made)] = self.faults.get(
                id(fault), ('StopIteration', ''))
            self.kept.append(made)
        raise made

    # What the candidate may ask of objects that the tests passed to it.

    def answer(self, peer, message):
        try:
            kind = message[0]
            if kind == 'get':
                return self._get(peer, *message[1:])
            if kind == 'method':
                return self._method(peer, *message[1:])
            if kind in ('input', 'line', 'rest'):
                return self._feed(peer, *message)
            raise Gone
        except (Gone, WrongAnswer):
            raise
        except BaseException as fault:
            return raised(peer, fault) + (None,)

    def _feed(self, peer, kind, prompt=''):
        if kind == 'input':
            text = builtins.input(str(prompt))
        elif kind == 'line':
            text = sys.stdin.readline()
        else:
            text = sys.stdin.read()
        return ('ok', text, None)

    def _own(self, x):
        """Whether `x` is an instance of a class that the tests define."""
        cls = type(x)
        return (not isinstance(x, type) and
                _namespace(cls).get('__module__') == '__main__')

    def _get(self, peer, number, name):
        x = peer.exported(number)
        if name == '__name__' and hasattr(x, '__name__'):
            return ('ok', str(x.__name__), None)
        if not self._own(x) or name.startswith('_'):
            raise AttributeError(name)
        return ('ok', getattr(x, name), None)

    def _method(self, peer, number, name, keys, *values):
        x = peer.exported(number)
        args, kwargs = arguments(keys, values)
        if name == '__setattr__':
            key, value = args
            if not self._own(x) or key.startswith('_'):
                raise AttributeError(key)
            setattr(x, key, value)
            return ('ok', None, None)
        if name not in _CARRIED_DUNDERS or not _defines(type(x), name):
            raise AttributeError(name)
        return ('ok', getattr(x, name)(*args, **kwargs), None)

    # What the candidate raised.

    def rebuild(self, peer, own, name, text, args, mirror, attributes):
        cls = None
        if isinstance(mirror, type) and issubclass(mirror, Exception):
            cls = mirror
        if cls is None:
            cls = _BUILTINS.get(own[0], CandidateError) if own else \
                CandidateError
        if not (isinstance(cls, type) and issubclass(cls, BaseException)):
            cls = CandidateError
        fault = make_fault(cls, tuple(args), text)
        if type(attributes) is dict:
            fault.__dict__.update(attributes)
        if cls.__str__ is _said:
            fault.__dict__['_assay_text'] = str(text)
        self.faults[id(fault)] = (str(name)[:100], str(text)[:500])
        self.kept.append(fault)
        return fault


class Names(ast.NodeVisitor):
    """Which names the tests load, and which they define at top level."""

    def __init__(self, tree):
        self.loaded = set()
        self.top = set()       # Loaded outside of functions.
        self.nested = 0
        self.defined = set()
        self.bare = set()      # Loaded otherwise than as `name.attribute`.
        self.attributes = {}   # name -> the attributes looked up.
        self.mentioned = set() # Attributes of anything, and names.
        self.look_at_output = False
        self.feed_input = False
        self.visit(tree)
        for node in tree.body:
            self._define(node)

    def visit_arg(self, node):
        if node.arg in ('capsys', 'capfd'):
            self.look_at_output = True
        self.generic_visit(node)

    def visit_Attribute(self, node):
        self.mentioned.add(node.attr)
        if node.attr in ('stdout', 'redirect_stdout'):
            self.look_at_output = True
        if node.attr in ('stdin', 'input'):
            self.feed_input = True
        if isinstance(node.value, ast.Name) and isinstance(
                node.ctx, ast.Load):
            self._load(node.value)
            self.attributes.setdefault(node.value.id, set()).add(node.attr)
        else:
            self.generic_visit(node)

    def visit_Constant(self, node):
        if node.value in ('builtins.input', 'sys.stdin'):
            self.feed_input = True
        if node.value == 'sys.stdout':  # Of patch().
            self.look_at_output = True

    def visit_alias(self, node):
        self.mentioned.add(node.name)
        if node.name in ('stdout', 'redirect_stdout'):
            self.look_at_output = True

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load):
            self._load(node)
            self.bare.add(node.id)

    def _load(self, node):
        self.loaded.add(node.id)
        if not self.nested:
            self.top.add(node.id)

    def visit_FunctionDef(self, node):
        self.nested += 1
        self.generic_visit(node)
        self.nested -= 1

    visit_AsyncFunctionDef = visit_Lambda = visit_FunctionDef

    def _define(self, node):
        for part in ast.walk(node) if not isinstance(
                node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)
        ) else [node]:
            if isinstance(part, (ast.FunctionDef, ast.ClassDef,
                                 ast.AsyncFunctionDef)):
                self.defined.add(part.name)
            elif isinstance(part, ast.Name) and not isinstance(
                    part.ctx, ast.Load):
                self.defined.add(part.id)
            elif isinstance(part, ast.alias):
                self.defined.add((part.asname or part.name).split('.')[0])


def first_line(fault, filename):
    """The last line of the tests on the way to the fault."""
    line = 0
    trace = fault.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


# What tests take from modules that they do not import: a candidate that
# could bring its own would judge itself.
_ALIASES = {'np': 'numpy', 'numpy': 'numpy', 'pd': 'pandas',
            'pandas': 'pandas', 'pytest': 'pytest', 'scipy': 'scipy',
            'torch': 'torch', 'sympy': 'sympy'}
_COMPARING = {name: 'math' for name in ('isclose', 'isnan', 'isinf', 'fabs')}
_COMPARING.update({name: 'numpy' for name in (
    'allclose', 'array_equal', 'array_equiv')}, approx='pytest')


def own_object(name, found):
    """What the tests mean by a name of a library: an object, None where
    there is none here, or _absent: the name is the candidate's."""
    import importlib
    try:
        if name in _COMPARING:
            return getattr(importlib.import_module(_COMPARING[name]), name)
        if name in found.bare:
            return _absent
        if name in _ALIASES:
            return importlib.import_module(_ALIASES[name])
        if name in sys.stdlib_module_names:
            module = importlib.import_module(name)
            for x in (module, getattr(module, name, None)):
                if all(hasattr(x, part) for part in found.attributes[name]):
                    return x
    except ImportError:
        return None
    return _absent


def fetch_names(peer, examiner, names, found, entry):
    """Gives the tests what they lack: handles, values, own modules."""
    import importlib
    space = examiner.module.__dict__
    top = found.top
    for name in sorted(names):
        if name != entry.split('.')[0] and len(names) > 1:
            own = own_object(name, found)
            if own is not _absent:
                if own is not None:
                    space[name] = own
                continue
        reply = peer.ask(('name', name))
        if reply[0] == 'module':
            examiner.read |= name == entry
            try:
                space[name] = importlib.import_module(str(reply[1]))
            except BaseException:
                pass
        elif reply[0] == 'ok':
            space[name] = take_reply(peer, reply, examiner.rebuild)
            if not isinstance(space[name], (HandleBase, type)):
                examiner.read |= name == entry or name in top
    if '.' in entry:
        space[entry] = entry_method(space, entry)
    if entry in space and 'candidate' in names:
        space.setdefault('candidate', space[entry])


def entry_method(space, entry):
    """`Class.method`, of one instance for all tests."""
    first, *rest = entry.split('.')
    x = space.get(first)
    if isinstance(x, HandleBase) and rest and (
            object.__getattribute__(x, '_flags') & CLASS):
        x = x()
    for name in rest:
        x = getattr(x, name)
    return x


def run_tests(prepared, examiner, entry, out, stop):
    space = examiner.module.__dict__
    sys.modules['pytest'] = make_pytest(examiner)
    if prepared.unittest or 'unittest' in space:
        watch_unittest(examiner)
    if prepared.plain_main:
        import unittest

        def main(*args, **kwargs):
            examiner.collects = True
        unittest.main = main
    exec(prepared.code, space)
    if prepared.leaves_check and entry in space:
        space['check'](space[entry])
    units = Units(examiner.module, prepared.to_collect(examiner.collects),
                  entry)
    if units.found:
        run_units(units, examiner, out, stop)
        # Told already, function by function.
        examiner.failure = examiner.wrong = examiner.cannot = None


def examine(tests, entry, stop, fd, reply_fd):
    """Runs the tests against the candidate; writes one verdict frame:
    (kind, reason, line), after those of run_units."""
    return examine_prepared(Prepared(tests), entry, stop, fd, reply_fd)


def examine_prepared(prepared, entry, stop, fd, reply_fd):
    entry = entry.replace('()', '')  # Of one instance either way.
    out = FrameWriter(reply_fd)
    examiner = make_examiner()
    peer = Peer(fd, candidate_handle, examiner.answer)
    peer.examiner = examiner
    try:
        out.write(*judge(peer, examiner, prepared, entry, out, stop))
    except Gone:
        out.write('stuck' if peer.stuck else 'gone', '', 0)
    flush_streams()
    return 0


def make_examiner():
    module = types.ModuleType('__main__')
    sys.modules['__main__'] = module
    sys.argv = ['tests.py']
    return Examiner(module)


def serve_session(tests, entry, stop, seconds, control, _):
    """Examines candidate after candidate, each in a fork of its own, so
    that none meets what another left. Each message brings two descriptors:
    the candidate's channel, and where the frames go."""
    import _socket
    import array
    import gc
    import resource
    import signal
    prepared = Prepared(tests)
    link = _socket.socket(fileno=control)
    gc.collect()
    gc.freeze()
    while True:
        word, ancillary, _, _ = link.recvmsg(1, _socket.CMSG_SPACE(8))
        if not word or not ancillary:
            return 0
        fds = array.array('i')
        fds.frombytes(ancillary[0][2][:8])
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            os.close(control)
            os._exit(examine_prepared(prepared, entry, stop, *fds))
        for fd in fds:
            os.close(fd)
        os.waitpid(child, 0)
        try:
            os.kill(-1, signal.SIGKILL)  # What the tests left behind.
        except OSError:
            pass


def judge(peer, examiner, prepared, entry, out, stop):
    hello = peer.receive()
    if hello[0] != 'loaded':
        return ('unloaded',) + tuple(str(x) for x in hello)
    names = prepared.names
    wanted = prepared.wanted | ({entry.split('.')[0]} if entry else set())
    examiner.may_stop = bool(
        names.loaded & {'StopIteration', 'StopAsyncIteration'})
    line = 0
    try:
        try:
            fetch_names(peer, examiner, wanted, names, entry)
            if names.look_at_output:
                peer.ask(('capture',))
            if names.feed_input:
                peer.ask(('feed',))
            run_tests(prepared, examiner, entry, out, stop)
            kind, reason = 'pass', ''
        except SystemExit as end:
            if id(end) in examiner.faults or end.code not in (None, 0, False):
                raise
            kind, reason = 'pass', ''
    except Gone:
        raise
    except WrongAnswer as fault:
        kind, reason = 'wrong', ''
        line = first_line(fault, 'tests.py')
    except BaseException as fault:
        kind, reason = classify(examiner, fault)
        line = first_line(fault, 'tests.py')
    if examiner.gone:
        raise Gone
    if examiner.failure and kind in ('pass', 'wrong'):
        kind, reason, line = examiner.failure
    if examiner.wrong:
        return ('wrong', examiner.wrong, line)
    if examiner.cannot:
        return ('cannot', examiner.cannot, line)
    met = examiner.contact or examiner.read
    if not met and (kind == 'pass' or not wanted):
        return ('uncalled', reason, line)
    return (kind, reason, line)


def classify(examiner, fault):
    cause = examiner.faults.get(id(fault))
    if cause:
        return ('raise', '%s: %s' % cause)
    if isinstance(fault, AssertionError):
        return ('wrong', 'an assertion failed')
    if isinstance(fault, SystemExit):
        return ('wrong', 'the tests ended with a failure')
    if isinstance(fault, ModuleNotFoundError):
        return ('module', error_text(fault))
    if isinstance(fault, MemoryError):
        return ('memory', 'the returned values exceed the examiner\'s memory')
    return ('own', '%s in the tests' % type(fault).__name__)
