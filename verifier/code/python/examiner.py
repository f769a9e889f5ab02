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


class CandidateError(Exception):
    """An exception of a class that is not one of the builtin ones."""


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
        peer.examiner.contact = True
        reply = peer.ask(
            ('get', object.__getattribute__(self, '_number'), name))
        return take_reply(peer, reply, (), {}, peer.examiner.rebuild)

    def __setattr__(self, name, x):
        carry(self, '__setattr__', (name, x), {})


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
    peer.examiner.contact = True
    try:
        args_out = [peer.encode(x) for x in args]
        kwargs_out = {key: peer.encode(x) for key, x in kwargs.items()}
    except Refused as fault:
        peer.examiner.cannot = str(fault)
        raise
    reply = peer.ask(('method', object.__getattribute__(handle, '_number'),
                      name, args_out, kwargs_out))
    return take_reply(peer, reply, args, kwargs, peer.examiner.rebuild)


def _carried(name):
    def method(self, *args, **kwargs):
        return carry(self, name, args, kwargs)
    method.__name__ = name
    return method


def _is_instance(self, x):
    if not isinstance(x, Handle):
        return False
    return carry(self, '__instancecheck__', (x,), {}) is True


_classes = {}


def candidate_handle(peer, number, flags, label, bases):
    if flags & ERROR:
        return mirror_error(peer, label, bases)
    flags &= 0xff
    cls = _classes.get(flags)
    if cls is None:
        body = {'__slots__': ()}
        for bit, names in _BY_FLAG:
            if flags & bit:
                body.update((name, _carried(name)) for name in names)
        if flags & CLASS:
            body['__instancecheck__'] = _is_instance
        cls = _classes[flags] = type('Handle', (Handle,), body)
    made = object.__new__(cls)
    for name, x in (('_peer', peer), ('_number', number), ('_flags', flags),
                    ('_label', label)):
        object.__setattr__(made, name, x)
    return made


def mirror_error(peer, label, bases):
    """A local exception class that stands for one of the candidate's."""
    own = [_BUILTINS[name] for name in bases
           if type(name) is str and name in _BUILTINS]
    own = [x for x in own if isinstance(x, type) and
           issubclass(x, Exception)]
    return type(label if label.isidentifier() else 'Error',
                (own[0] if own else CandidateError,), {})


_CARRIED_DUNDERS = frozenset(
    '__len__ __contains__ __lt__ __le__ __gt__ __ge__ __getitem__ '
    '__setitem__ __delitem__ __iter__ __next__ __enter__ __exit__ '
    '__call__'.split())


class Examiner:
    def __init__(self, module):
        self.module = module
        self.contact = False   # An object of the candidate was used.
        self.read = False      # A value of the candidate was read by name.
        self.wrong = None      # A handle was compared with a value.
        self.cannot = None     # An argument cannot cross.
        self.faults = {}       # id of an exception that the candidate
        self.kept = []         # raised -> its description; kept alive.

    # What the candidate may ask of objects that the tests passed to it.

    def answer(self, peer, message):
        try:
            kind = message[0]
            if kind == 'get':
                return self._get(peer, *message[1:])
            if kind == 'method':
                return self._method(peer, *message[1:])
            raise Gone
        except (Gone, WrongAnswer):
            raise
        except BaseException as fault:
            return raised(peer, fault) + ({},)

    def _own(self, x):
        """Whether `x` is an instance of a class that the tests define."""
        cls = type(x)
        return (not isinstance(x, type) and
                _namespace(cls).get('__module__') == '__main__')

    def _get(self, peer, number, name):
        x = peer.exported(number)
        if name == '__name__' and hasattr(x, '__name__'):
            return ('ok', peer.encode(str(x.__name__)), None, {})
        if not self._own(x) or name.startswith('_'):
            raise AttributeError(name)
        return ('ok', peer.encode(getattr(x, name)), None, {})

    def _method(self, peer, number, name, args, kwargs):
        x = peer.exported(number)
        if name == '__setattr__':
            key, = [peer.decode(part) for part in args[:1]]
            if not self._own(x) or key.startswith('_'):
                raise AttributeError(key)
            setattr(x, key, peer.decode(args[1]))
            return ('ok', b'N', None, {})
        if name not in _CARRIED_DUNDERS or not _defines(type(x), name):
            raise AttributeError(name)
        return call_with(peer, getattr(x, name), args, kwargs)

    # What the candidate raised.

    def rebuild(self, peer, own, name, text, args, mirror):
        cls = None
        if mirror is not None:
            mirror = decode(mirror, peer.seen, peer.exported)
            if isinstance(mirror, type) and issubclass(mirror, Exception):
                cls = mirror
        if cls is None:
            cls = _BUILTINS.get(own[0], CandidateError) if own else \
                CandidateError
        if not (isinstance(cls, type) and issubclass(cls, BaseException)):
            cls = CandidateError
        values = peer.decode(args)
        try:
            fault = cls(*values)
        except BaseException:
            fault = Exception.__new__(CandidateError, text)
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
        self.look_at_output = False
        self.visit(tree)
        for node in tree.body:
            self._define(node)

    def visit_Attribute(self, node):
        if node.attr in ('stdout', 'redirect_stdout'):
            self.look_at_output = True
        self.generic_visit(node)

    def visit_alias(self, node):
        if node.name in ('stdout', 'redirect_stdout'):
            self.look_at_output = True

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load):
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


def fetch_names(peer, examiner, names, top, entry):
    """Gives the tests what they lack: handles, values, own modules."""
    import importlib
    space = examiner.module.__dict__
    for name in sorted(names):
        reply = peer.ask(('name', name))
        if reply[0] == 'module':
            examiner.read |= name == entry
            try:
                space[name] = importlib.import_module(str(reply[1]))
            except BaseException:
                pass
        elif reply[0] == 'ok':
            space[name] = take_reply(peer, reply, (), {}, examiner.rebuild)
            if not isinstance(space[name], (HandleBase, type)):
                examiner.read |= name == entry or name in top
    if entry in space and 'candidate' in names:
        space.setdefault('candidate', space[entry])


def run_tests(code, tree, examiner, entry):
    space = examiner.module.__dict__
    exec(code, space)
    names = [node.name for node in tree.body
             if isinstance(node, ast.FunctionDef)]
    if 'check' in names and not examiner.contact and entry in space:
        space['check'](space[entry])
    if examiner.contact:
        return
    for name in names:
        if name.startswith('test') and callable(space.get(name)):
            space[name]()
    if not examiner.contact:
        run_unittest(space)


def run_unittest(space):
    """Runs the test cases of a text that does not run them itself."""
    cases = [x for x in space.values() if isinstance(x, type) and any(
        base.__module__.startswith('unittest') for base in _mro(x)[1:])]
    if not cases:
        return
    import unittest
    for case in cases:
        suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
        result = unittest.TestResult()
        suite.run(result)
        for _, text in result.failures + result.errors:
            raise AssertionError(text.strip().splitlines()[-1])


def examine(tests, entry, fd, reply_fd):
    """Runs the tests against the candidate; writes one verdict frame:
    (kind, reason, line)."""
    out = FrameWriter(reply_fd)
    tree = ast.parse(tests)
    code = compile(tests, 'tests.py', 'exec', dont_inherit=True)
    module = types.ModuleType('__main__')
    sys.modules['__main__'] = module
    sys.argv = ['tests.py']
    examiner = Examiner(module)
    peer = Peer(fd, candidate_handle, examiner.answer)
    peer.examiner = examiner
    try:
        out.write(*judge(peer, examiner, code, tree, entry))
    except Gone:
        out.write('gone', '', 0)
    flush_streams()
    return 0


def judge(peer, examiner, code, tree, entry):
    hello = peer.receive()
    if hello[0] != 'loaded':
        return ('unloaded',) + tuple(str(x) for x in hello)
    names = Names(tree)
    wanted = {name for name in names.loaded - names.defined
              if not hasattr(builtins, name)}
    if entry:
        wanted.add(entry)
    line = 0
    try:
        try:
            fetch_names(peer, examiner, wanted, names.top, entry)
            if names.look_at_output:
                peer.ask(('capture',))
            run_tests(code, tree, examiner, entry)
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
