"""What test texts use of pytest, for the examiner: raises, approx, marks,
fixtures. It runs beside the tests and never beside a candidate.

A text that imports pytest gets this module whether pytest is installed or
not, so that a verdict does not hang on the host.
"""


class Skipped(BaseException):
    """pytest.skip and its kin."""


class Failed(AssertionError):
    """pytest.fail, and raises without an exception."""


class ExceptionInfo:
    def __init__(self):
        self.value = None

    @property
    def type(self):
        return type(self.value)

    @property
    def tb(self):
        return self.value.__traceback__

    @property
    def typename(self):
        return type(self.value).__name__

    def match(self, pattern):
        import re
        if not re.search(pattern, str(self.value)):
            raise Failed('the exception does not match')
        return True

    def errisinstance(self, kinds):
        return isinstance(self.value, kinds)

    def exconly(self, tryshort=False):
        return '%s: %s' % (self.typename, self.value)

    def __str__(self):
        return self.exconly()


class Raises:
    def __init__(self, kinds, match, check):
        self.kinds, self.match, self.check = kinds, match, check
        self.info = ExceptionInfo()

    def __enter__(self):
        return self.info

    def __exit__(self, kind, fault, trace):
        if fault is None:
            raise Failed('did not raise')
        if not isinstance(fault, self.kinds):
            return False
        self.info.value = fault
        if self.match is not None:
            self.info.match(self.match)
        if self.check is not None and not self.check(fault):
            raise Failed('the exception does not pass the check')
        return True


def pytest_raises(expected_exception, *args, match=None, check=None,
                  **kwargs):
    context = Raises(expected_exception, match, check)
    if not args:
        return context
    function, *args = args
    with context as info:
        function(*args, **kwargs)
    return info


def pytest_warns(expected_warning=Warning, *args, match=None, **kwargs):
    import contextlib
    import re
    import warnings

    @contextlib.contextmanager
    def watch():
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter('always')
            yield seen
        if not any(issubclass(w.category, expected_warning) and (
                match is None or re.search(match, str(w.message)))
                for w in seen):
            raise Failed('did not warn')
    if not args:
        return watch()
    function, *args = args
    with watch():
        return function(*args, **kwargs)


class Approx:
    """Equal within a tolerance; of numbers, and of one level of sequences,
    mappings and arrays of numbers."""
    __array_ufunc__ = None
    __array_priority__ = 100
    __hash__ = None

    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected = expected
        self.rel, self.abs, self.nan_ok = rel, abs, nan_ok

    def __repr__(self):
        return 'approx(...)'

    def __bool__(self):
        raise AssertionError('approx() has no truth: compare with it')

    def __ne__(self, actual):
        return not self == actual

    def __eq__(self, actual):
        expected = self.expected
        if isinstance(actual, HandleBase):
            return compared(actual)
        if hasattr(expected, 'tolist'):
            expected = expected.tolist()
        if hasattr(actual, 'tolist'):
            actual = actual.tolist()
        if isinstance(expected, dict):
            return (isinstance(actual, dict) and
                    expected.keys() == actual.keys() and
                    all(self.near(actual[key], x)
                        for key, x in expected.items()))
        if isinstance(expected, (set, frozenset)):
            raise TypeError('pytest.approx() does not take sets')
        if isinstance(expected, (list, tuple)):
            return (isinstance(actual, (list, tuple)) and
                    len(actual) == len(expected) and
                    all(map(self.near, actual, expected)))
        return self.near(actual, expected)

    def near(self, actual, expected):
        if isinstance(actual, HandleBase):
            return compared(actual)
        if isinstance(expected, list) and isinstance(actual, list):
            return len(actual) == len(expected) and all(
                map(self.near, actual, expected))
        if actual == expected:
            return True
        number = (int, float, complex, fractions.Fraction, decimal.Decimal)
        if not isinstance(expected, number) or not isinstance(
                actual, number) or isinstance(expected, bool):
            return False
        if isinstance(expected, decimal.Decimal) or isinstance(
                actual, decimal.Decimal):
            actual, expected = float(actual), float(expected)
        if expected != expected:
            return self.nan_ok and actual != actual
        size = builtins.abs(expected)
        if size == float('inf'):
            return False
        absolute = 1e-12 if self.abs is None else self.abs
        if self.rel is None:
            relative = 0 if self.abs is not None else 1e-6 * float(size)
        else:
            relative = self.rel * size
        return builtins.abs(actual - expected) <= max(relative, absolute)


class Mark:
    """One mark, and the decorator that puts it on a test."""

    def __init__(self, name, args=(), kwargs={}):
        self.name, self.args, self.kwargs = name, args, kwargs

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs and isinstance(
                args[0], (type, types.FunctionType, Fixture)):
            target, = args
            marks = list(vars(target).get('pytestmark', ()))
            target.pytestmark = [*marks, self]
            return target
        return Mark(self.name, self.args + args, {**self.kwargs, **kwargs})


class Marks:
    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        return Mark(name)


class Param:
    def __init__(self, *values, id=None, marks=()):
        self.values, self.id = values, id
        self.marks = [marks] if isinstance(marks, Mark) else list(marks)


class Fixture:
    """A fixture's function with its scope; it replaces the function."""

    def __init__(self, function, scope, params, autouse, name, ids):
        self.function, self.autouse = function, autouse
        self.scope = scope if isinstance(scope, str) else 'function'
        self.params = None if params is None else list(params)
        self.name = name or function.__name__
        self.ids = ids
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__

    def __call__(self, *args, **kwargs):
        raise Failed('a fixture was called directly')


def pytest_fixture(function=None, *, scope='function', params=None,
                   autouse=False, ids=None, name=None):
    def wrap(function):
        return Fixture(function, scope, params, autouse, name, ids)
    return wrap if function is None else wrap(function)


def pytest_fail(reason='', pytrace=True, msg=None):
    raise Failed(str(reason))


def pytest_skip(reason='', allow_module_level=False, msg=None):
    raise Skipped(str(reason))


def pytest_importorskip(name, minversion=None, reason=None):
    import importlib
    try:
        return importlib.import_module(name)
    except ImportError:
        raise Skipped('no module %s' % name)


class MonkeyPatch:
    def __init__(self):
        self.undone = []

    def setattr(self, target, name, value=_absent, raising=True):
        if value is _absent:
            import importlib
            path, value = target, name
            module, name = path.rsplit('.', 1)
            target = importlib.import_module(module)
        old = getattr(target, name, _absent)
        if raising and old is _absent:
            raise AttributeError(name)
        if isinstance(target, type):
            old = vars(target).get(name, _absent)
        self.undone.append(
            (lambda: delattr(target, name)) if old is _absent else
            (lambda: setattr(target, name, old)))
        setattr(target, name, value)

    def delattr(self, target, name, raising=True):
        old = getattr(target, name, _absent)
        if old is _absent:
            if raising:
                raise AttributeError(name)
            return
        self.undone.append(lambda: setattr(target, name, old))
        delattr(target, name)

    def setitem(self, mapping, key, value):
        old = mapping.get(key, _absent)
        self.undone.append(
            (lambda: mapping.pop(key, None)) if old is _absent else
            (lambda: mapping.__setitem__(key, old)))
        mapping[key] = value

    def delitem(self, mapping, key, raising=True):
        if key not in mapping:
            if raising:
                raise KeyError(key)
            return
        old = mapping.pop(key)
        self.undone.append(lambda: mapping.__setitem__(key, old))

    def setenv(self, name, value, prepend=None):
        if prepend and name in os.environ:
            value = value + prepend + os.environ[name]
        self.setitem(os.environ, name, str(value))

    def delenv(self, name, raising=True):
        self.delitem(os.environ, name, raising)

    def chdir(self, path):
        old = os.getcwd()
        self.undone.append(lambda: os.chdir(old))
        os.chdir(path)

    def syspath_prepend(self, path):
        sys.path.insert(0, str(path))
        self.undone.append(lambda: sys.path.remove(str(path)))

    def context(self):
        import contextlib

        @contextlib.contextmanager
        def one():
            patch = MonkeyPatch()
            try:
                yield patch
            finally:
                patch.undo()
        return one()

    def undo(self):
        while self.undone:
            self.undone.pop()()


class Captured(tuple):
    out = property(lambda self: self[0])
    err = property(lambda self: self[1])


class Capture:
    """capsys and capfd: what was written since it was last read."""

    def __init__(self):
        self.before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()

    def readouterr(self):
        texts = []
        for stream in (sys.stdout, sys.stderr):
            texts.append(stream.getvalue())
            stream.seek(0)
            stream.truncate()
        return Captured(texts)

    def disabled(self):
        import contextlib
        return contextlib.nullcontext()

    def undo(self):
        sys.stdout, sys.stderr = self.before


def make_pytest(examiner):
    def main(*args, **kwargs):
        examiner.collects = True
        return 0

    module = types.ModuleType('pytest')
    module.__dict__.update(
        raises=pytest_raises, approx=Approx, mark=Marks(), param=Param,
        fixture=pytest_fixture, yield_fixture=pytest_fixture,
        fail=pytest_fail, skip=pytest_skip, xfail=pytest_fail,
        importorskip=pytest_importorskip, warns=pytest_warns,
        deprecated_call=lambda *a, **k: pytest_warns(
            (DeprecationWarning, PendingDeprecationWarning), *a, **k),
        main=main, MonkeyPatch=MonkeyPatch, ExceptionInfo=ExceptionInfo,
        FixtureRequest=object, CaptureFixture=Capture, __version__='7.0')
    return module
