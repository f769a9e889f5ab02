"""Test functions and classes of a text: collected as pytest and unittest
would, each run and reported as one test.
"""

MAX_UNITS = 10000


def watch_unittest(examiner):
    """Notes the first failure, which a runner keeps to itself."""
    import unittest

    def watch(name):
        method = getattr(unittest.TestResult, name)

        def note(self, *args):
            fault = args[-1] and args[-1][1]
            if fault is not None and examiner.failure is None:
                examiner.failure = classify(examiner, fault) + (
                    first_line(fault, 'tests.py'),)
            return method(self, *args)
        setattr(unittest.TestResult, name, note)

    for name in ('addFailure', 'addError', 'addSubTest'):
        watch(name)


def _is_main(node):
    f = node.func
    return (isinstance(f, ast.Attribute) and f.attr == 'main' and
            isinstance(f.value, ast.Name) and f.value.id == 'unittest' or
            isinstance(f, ast.Name) and f.id == 'main')


class Prepared:
    """A test text, read once for all its candidates."""

    def __init__(self, tests):
        self.tree = ast.parse(tests)
        self.code = compile(tests, 'tests.py', 'exec', dont_inherit=True)
        self.names = Names(self.tree)
        self.wanted = {
            name for name in self.names.loaded - self.names.defined
            if not hasattr(builtins, name)}
        self.tops = list(dict.fromkeys(
            node.name for node in self.tree.body if isinstance(node, (
                ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))))
        # HumanEval's form: `check(candidate)`, which nothing calls.
        self.leaves_check = 'check' not in self.names.top and any(
            _takes_candidate(node, 'check' in self.names.loaded)
            for node in self.tree.body)
        imported = {name.split('.')[0] for node in ast.walk(self.tree)
                    for name in _imports(node)}
        self.pytest = 'pytest' in imported
        self.unittest = 'unittest' in imported
        # unittest.main() whose value is not looked at may be left out: its
        # tests are then run here, each by itself.
        calls = {id(node.value) for node in ast.walk(self.tree)
                 if isinstance(node, ast.Expr)}
        self.plain_main = self.unittest and all(
            id(node) in calls for node in ast.walk(self.tree)
            if isinstance(node, ast.Call) and _is_main(node)) and not (
                {'TextTestRunner', 'TestSuite', 'TestLoader', 'TestResult',
                 'defaultTestLoader', 'makeSuite'} & self.names.mentioned)

    def to_collect(self, collects):
        """The names of functions and classes that the text leaves to a
        runner."""
        if self.unittest and not self.plain_main:
            return []
        everything = collects or self.pytest
        return [name for name in self.tops
                if everything or name not in self.names.loaded]


def _takes_candidate(node, called):
    """Whether it is a `check` of one argument; where something calls it, one
    that is named so."""
    if not isinstance(node, ast.FunctionDef) or node.name != 'check':
        return False
    names = [part.arg for part in node.args.posonlyargs + node.args.args]
    needed = names[:len(names) - len(node.args.defaults)]
    return len(needed) == 1 and (not called or needed == ['candidate'])


def _imports(node):
    if isinstance(node, ast.Import):
        return [part.name for part in node.names]
    return [node.module or ''] if isinstance(node, ast.ImportFrom) else []


class Unit:
    """One test: `run()` raises where it fails."""

    def __init__(self, name, run, xfail=None, skipped=False):
        self.name, self.run = name, run
        self.xfail, self.skipped = xfail, skipped


# Fixtures.

class Request:
    """What a fixture may ask for: one test's view of the fixtures."""

    def __init__(self, units, instance=None, function=None, chosen=None):
        self.units = units
        self.instance = instance
        self.function = function
        self.cls = type(instance) if instance is not None else None
        self.module = units.module
        self.chosen = chosen or {}   # Fixture name -> its parameter.
        self.values = {}
        self.ends = []
        self.param = None

    def getfixturevalue(self, name):
        if name == 'request':
            return self
        if name in self.values:
            return self.values[name]
        fixture = self.units.fixture_of(name, self.instance)
        if fixture is None:
            value = self._builtin(name)
        else:
            shared = fixture.scope != 'function'
            key = (name, self.cls if fixture.scope == 'class' else None,
                   repr(self.chosen.get(name)))
            if shared and key in self.units.shared:
                value = self.units.shared[key]
            else:
                value = self._set_up(fixture, shared)
                if shared:
                    self.units.shared[key] = value
        self.values[name] = value
        return value

    def _set_up(self, fixture, shared):
        import inspect
        asks = Request(self.units, self.instance, self.function, self.chosen)
        asks.values = self.values
        asks.ends = self.units.ends if shared else self.ends
        asks.param = self.chosen.get(fixture.name)
        bound = fixture.function
        names = list(inspect.signature(bound).parameters)
        args = {}
        if names and names[0] == 'self':
            bound = bound.__get__(self.instance)
            names = names[1:]
        for name in names:
            if name not in fixture.function.__kwdefaults__ if (
                    fixture.function.__kwdefaults__) else True:
                args[name] = asks if name == 'request' else (
                    asks.getfixturevalue(name))
        made = bound(**args)
        if not inspect.isgeneratorfunction(fixture.function):
            return made
        value = next(made)

        def end():
            for _ in made:
                raise Failed('a fixture yields twice')
        asks.ends.append(end)
        return value

    def addfinalizer(self, end):
        self.ends.append(end)

    def _builtin(self, name):
        if name == 'monkeypatch':
            made = MonkeyPatch()
            self.ends.append(made.undo)
        elif name in ('capsys', 'capfd'):
            made = Capture()
            self.ends.append(made.undo)
        elif name in ('tmp_path', 'tmpdir'):
            import pathlib
            import tempfile
            made = pathlib.Path(tempfile.mkdtemp())
        elif name == 'recwarn':
            made = []
        else:
            space = vars(self.module)
            made = space.get(name, space.get(self.units.entry))
            if name not in ('candidate', self.units.entry) or made is None:
                raise LookupError('fixture %r not found' % name)
        return made

    def finish(self):
        run_all(self.ends)


def run_all(ends):
    """Calls each, the last first, and raises the first fault at the end."""
    first = None
    while ends:
        try:
            ends.pop()()
        except Exception as fault:
            first = first or fault
    if first is not None:
        raise first


# Collection.

def marks_of(*targets):
    found = []
    for target in targets:
        marks = getattr(target, 'pytestmark', ())
        found.extend([marks] if isinstance(marks, Mark) else marks)
    return [mark for mark in found if isinstance(mark, Mark)]


def argument_names(text):
    if isinstance(text, str):
        return [name.strip() for name in text.split(',') if name.strip()]
    return list(text)


def label_of_value(x, name, index):
    if isinstance(x, (str, int, float, bool, type(None))):
        return str(x)[:80]
    if isinstance(x, (type, types.FunctionType)):
        return x.__name__
    return '%s%d' % (name, index)


def parameter_rows(mark):
    """[(values by name, label, marks)] of one parametrize mark."""
    names, rows, *_ = mark.args + tuple(
        mark.kwargs[key] for key in ('argnames', 'argvalues')
        if key in mark.kwargs)
    names = argument_names(names)
    ids = mark.kwargs.get('ids')
    made = []
    for index, row in enumerate(rows):
        param = row if isinstance(row, Param) else None
        values = param.values if param else (
            tuple(row) if len(names) > 1 else (row,))
        if len(values) != len(names):
            raise TypeError('parametrize: %d values for %d names' % (
                len(values), len(names)))
        label = param.id if param else None
        if label is None and callable(ids):
            label = '-'.join(str(ids(x)) for x in values)
        elif label is None and ids is not None:
            label = list(ids)[index]
        if label is None:
            label = '-'.join(label_of_value(x, name, index)
                             for x, name in zip(values, names))
        made.append((dict(zip(names, values)), str(label),
                     param.marks if param else []))
    return made


class Units:
    """The tests of one module, after it was executed."""

    def __init__(self, module, defined, entry):
        self.module = module
        self.entry = entry
        self.shared = {}
        self.ends = []
        self.fixtures = {
            x.name: x for x in vars(module).values()
            if isinstance(x, Fixture)}
        self.found = []
        for name in defined:
            self.collect(name, vars(module).get(name))

    def fixture_of(self, name, instance):
        if instance is not None:
            for x in (getattr(type(instance), name, None),):
                if isinstance(x, Fixture):
                    return x
        return self.fixtures.get(name)

    def add(self, unit):
        if len(self.found) >= MAX_UNITS:
            raise ValueError('more than %d tests' % MAX_UNITS)
        self.found.append(unit)

    def collect(self, name, x):
        if isinstance(x, types.FunctionType):
            if name.startswith('test'):
                self.functions(name, x, None)
        elif isinstance(x, type):
            if is_test_case(x):
                self.test_case(x)
            elif name.startswith('Test') and '__init__' not in vars(x):
                self.test_class(name, x)

    def test_class(self, name, cls):
        before = len(self.found)
        for method in dir(cls):
            if method.startswith('test') and callable(getattr(cls, method)):
                self.functions('%s.%s' % (name, method),
                               getattr(cls, method), cls)
        order = {key: i for i, key in enumerate(
            key for base in reversed(_mro(cls)) for key in vars(base))}
        self.found[before:] = sorted(
            self.found[before:],
            key=lambda unit: order[unit.name.split('[')[0].split('.')[1]])
        state = {'left': len(self.found) - before, 'up': False}
        for unit in self.found[before:]:
            unit.run = self.within_class(cls, unit.run, state)

    def within_class(self, cls, run, state):
        def with_class():
            if not state['up']:
                state['up'] = True
                getattr(cls, 'setup_class', lambda: None)()
            state['left'] -= 1
            try:
                run()
            finally:
                if state['left'] == 0:
                    getattr(cls, 'teardown_class', lambda: None)()
        return with_class

    def functions(self, name, function, cls):
        """One unit for each row of the parameters."""
        marks = marks_of(function, *([cls] if cls else []), self.module)
        rows = [({}, '', [])]
        for mark in marks:
            if mark.name == 'parametrize':
                rows = [({**a, **b}, '-'.join(filter(None, (la, lb))),
                         ma + mb)
                        for a, la, ma in rows
                        for b, lb, mb in parameter_rows(mark)]
                if len(rows) > MAX_UNITS:
                    raise ValueError('more than %d tests' % MAX_UNITS)
        rows = self.fixture_rows(function, rows, marks, cls)
        for values, chosen, label, own in rows:
            every = marks + own
            full = '%s[%s]' % (name, label) if label else name
            self.add(Unit(full, self.runner(function, values, chosen, cls,
                                            every),
                          xfail=xfail_of(every), skipped=is_skipped(every)))

    def fixture_rows(self, function, rows, marks, cls):
        """Multiplies rows by the parameters of the fixtures in use."""
        made = [(values, {}, label, own) for values, label, own in rows]
        for name in self.closure(function, marks, cls):
            fixture = self.fixtures.get(name) or getattr(cls, name, None)
            params = getattr(fixture, 'params', None)
            if not isinstance(fixture, Fixture) or params is None:
                continue
            made = [(values, {**chosen, name: (
                        x.values[0] if isinstance(x, Param) else x)},
                     '-'.join(filter(None, (
                         label, label_of_value(x, name, i)))), own)
                    for values, chosen, label, own in made
                    if name not in values
                    for i, x in enumerate(params)] or made
            if len(made) > MAX_UNITS:
                raise ValueError('more than %d tests' % MAX_UNITS)
        return made

    def closure(self, function, marks, cls):
        """The fixtures that a test uses, by name, each once."""
        import inspect
        todo = list(inspect.signature(function).parameters)
        for mark in marks:
            if mark.name == 'usefixtures':
                todo.extend(mark.args)
        todo += [name for name, x in self.fixtures.items() if x.autouse]
        seen = []
        while todo:
            name = todo.pop(0)
            fixture = self.fixtures.get(name) or getattr(cls, name, None)
            if name not in seen and isinstance(fixture, Fixture):
                seen.append(name)
                todo.extend(inspect.signature(fixture.function).parameters)
        return seen

    def runner(self, function, values, chosen, cls, marks):
        def run():
            import inspect
            instance = cls() if cls else None
            request = Request(self, instance, function, chosen)
            request.values.update(values)
            try:
                for fixture in [*self.fixtures.values(), *(
                        x for x in vars(cls or Units).values()
                        if isinstance(x, Fixture))]:
                    if fixture.autouse:
                        request.getfixturevalue(fixture.name)
                for mark in marks:
                    if mark.name == 'usefixtures':
                        for name in mark.args:
                            request.getfixturevalue(name)
                for hook in ('setup_method', 'setup'):
                    call_hook(instance, hook, function)
                if not cls:
                    call_hook(self.module, 'setup_function', function)
                bound = function.__get__(instance) if cls and isinstance(
                    function, types.FunctionType) else function
                args = {}
                for name, part in arguments_of(bound):
                    if part.default is part.empty or name in values:
                        args[name] = request.getfixturevalue(name)
                result = bound(**args)
                if inspect.iscoroutine(result):
                    import asyncio
                    asyncio.run(result)
            finally:
                for hook in ('teardown_method', 'teardown'):
                    call_hook(instance, hook, function)
                if not cls:
                    call_hook(self.module, 'teardown_function', function)
                request.finish()
        return run

    # unittest.

    def test_case(self, cls):
        import unittest
        names = unittest.defaultTestLoader.getTestCaseNames(cls)
        state = {'left': len(names), 'up': False, 'fault': None}
        for name in names:
            method = getattr(cls, name)
            skipped = getattr(cls, '__unittest_skip__', False) or getattr(
                method, '__unittest_skip__', False)
            self.add(Unit('%s.%s' % (cls.__name__, name),
                          case_runner(cls, name, state), skipped=skipped))


def arguments_of(function):
    """(name, parameter) of what a runner has to give: the first ones are
    given by mock.patch, where it decorates."""
    import inspect
    mock = sys.modules.get('unittest.mock')
    given = sum(part.new is mock.DEFAULT and not part.attribute_name
                for part in getattr(function, 'patchings', ()) if mock)
    return list(inspect.signature(function).parameters.items())[given:]


def call_hook(target, name, function):
    hook = getattr(target, name, None)
    if hook is None or isinstance(hook, Fixture):
        return
    import inspect
    if inspect.signature(hook).parameters:
        hook(function)
    else:
        hook()


def is_test_case(cls):
    return any(base.__module__.startswith('unittest')
               for base in _mro(cls)[1:] if base is not object)


def case_runner(cls, name, state):
    def run():
        import unittest
        result = unittest.TestResult()
        faults = []
        for add in ('addFailure', 'addError', 'addSubTest'):
            setattr(result, add, noting(getattr(result, add), faults))
        if not state['up']:
            state['up'] = True
            try:
                cls.setUpClass()
            except BaseException as fault:
                state['fault'] = fault
                raise
        if state['fault'] is not None:
            raise state['fault']
        try:
            cls(name).run(result)
        finally:
            state['left'] -= 1
            if state['left'] == 0:
                cls.tearDownClass()
                cls.doClassCleanups()
        if faults:
            raise faults[0]
        if result.unexpectedSuccesses:
            raise Failed('an expected failure passed')
        if result.skipped:
            raise Skipped(result.skipped[0][1])
    return run


def noting(add, faults):
    def note(*args):
        fault = args[-1] and args[-1][1]
        if fault is not None:
            faults.append(fault)
        return add(*args)
    return note


def is_skipped(marks):
    for mark in marks:
        if mark.name == 'skip':
            return True
        if mark.name == 'skipif' and mark.args and condition(mark.args[0]):
            return True
    return False


def xfail_of(marks):
    for mark in marks:
        if mark.name == 'xfail' and (
                not mark.args or condition(mark.args[0])):
            return mark
    return None


def condition(x):
    if isinstance(x, str):  # pytest evaluates it with a few modules.
        import platform
        return bool(eval(x, {'os': os, 'sys': sys, 'platform': platform}))
    return bool(x)


def run_units(units, examiner, out, stop):
    """Runs each test and writes ("test", kind, reason, line) for it; `stop`:
    not after the first failure, or how many at most."""
    listed = [unit for unit in units.found if not unit.skipped]
    out.write('collected', [unit.name[:200] for unit in listed])
    for number, unit in enumerate(listed):
        if stop > 0 and number >= stop:
            break
        verdict = run_unit(unit, examiner)
        out.write('test', *verdict)
        if stop < 0 and verdict[0] not in ('pass', 'skipped'):
            break
    run_all(units.ends)


def run_unit(unit, examiner):
    before, examiner.contact = examiner.contact, False
    examiner.wrong = examiner.cannot = None
    try:
        try:
            unit.run()
            kind, reason, line = 'pass', '', 0
        except (Gone, KeyboardInterrupt):
            raise
        except Skipped:
            skips = 'wrong' if examiner.contact else 'skipped'
            kind, reason, line = skips, 'the test was skipped', 0
        except WrongAnswer as fault:
            kind, reason = 'wrong', ''
            line = first_line(fault, 'tests.py')
        except BaseException as fault:
            kind, reason = classify(examiner, fault)
            line = first_line(fault, 'tests.py')
    finally:
        examiner.contact = before or examiner.contact
    if examiner.gone:
        raise Gone
    if examiner.wrong:
        return ('wrong', examiner.wrong, line)
    if examiner.cannot:
        return ('cannot', examiner.cannot, line)
    if unit.xfail is not None:
        strict = unit.xfail.kwargs.get('strict', False)
        if kind == 'pass' and strict:
            return ('wrong', 'an expected failure passed', line)
        return ('pass', '', 0)
    return (kind, reason, line)
