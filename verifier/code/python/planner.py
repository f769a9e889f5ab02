"""Turns a test text into a call plan, where its assertions allow it.

The planner holds the tests and never the candidate. It reads them with `ast`
and evaluates constants alone. Assertions of a call with constant arguments
against a constant become (entry, args, kwargs, comparison, operands); any
other text is left to the examiner.
"""
import operator

MAX_TESTS = 10000
MAX_REPEAT = 100000      # Length of a sequence that a constant builds.
MAX_POWER_BITS = 100000  # Size of an integer that a constant builds.


class NotAPlan(Exception):
    """The tests are beyond a plan; the examiner takes them."""


def _power(a, b):
    if not (type(b) is int and 0 <= b) and not isinstance(b, float):
        return operator.pow(a, b)
    if type(a) is int and type(b) is int and (
            a.bit_length() * b > MAX_POWER_BITS):
        raise NotAPlan('a large power')
    return operator.pow(a, b)


def _times(a, b):
    for seq, n in ((a, b), (b, a)):
        if hasattr(seq, '__len__') and type(n) is int and (
                len(seq) * n > MAX_REPEAT):
            raise NotAPlan('a large repetition')
    return operator.mul(a, b)


def _modulo(a, b):
    if isinstance(a, (str, bytes)):
        raise NotAPlan('a format')
    return operator.mod(a, b)


_BINARY = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: _times,
    ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
    ast.Mod: _modulo, ast.Pow: _power, ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_, ast.BitXor: operator.xor,
}
_UNARY = {ast.USub: operator.neg, ast.UAdd: operator.pos,
          ast.Not: operator.not_, ast.Invert: operator.invert}


def _float(x=0.0):
    x = float(x)
    if x != x:
        raise NotAPlan('a NaN, which equals itself by identity')
    return x


_BUILDERS_OF_CONSTANTS = {
    'set': set, 'frozenset': frozenset, 'dict': dict, 'list': list,
    'tuple': tuple, 'float': _float, 'sorted': sorted, 'len': len,
    'abs': abs, 'complex': complex, 'bytearray': bytearray,
}


class Constants:
    """Evaluates constant expressions over names with constant values."""

    def __init__(self):
        self.names = {}
        self.mutable_uses = {}
        self.shares = False  # A part may be in several places at once,
        self.names_share = False  # in the value of a name too.

    def of(self, node):
        method = getattr(self, '_' + type(node).__name__, None)
        if method is None:
            raise NotAPlan('a %s' % type(node).__name__)
        return method(node)

    def _Constant(self, node):
        return node.value

    def _List(self, node):
        return list(self._items(node.elts))

    def _Tuple(self, node):
        return tuple(self._items(node.elts))

    def _Set(self, node):
        return set(self._items(node.elts))

    def _items(self, nodes):
        made = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                made.extend(self._sequence(node.value))
            else:
                made.append(self.of(node))
        return made

    def _sequence(self, node):
        x = self.of(node)
        if type(x) not in (list, tuple, set, str, range):
            raise NotAPlan('an unpacked %s' % type(x).__name__)
        return x

    def _Dict(self, node):
        if None in node.keys:
            raise NotAPlan('an unpacked dict')
        return dict(zip(map(self.of, node.keys), map(self.of, node.values)))

    def _BinOp(self, node):
        function = _BINARY.get(type(node.op))
        if function is None:
            raise NotAPlan('an operator')
        made = function(self.of(node.left), self.of(node.right))
        if function is _times and type(made) in (list, tuple):
            self.shares |= any(type(x) not in _SCALARS for x in made)
        return made

    def _UnaryOp(self, node):
        return _UNARY[type(node.op)](self.of(node.operand))

    def _Name(self, node):
        if node.id not in self.names:
            raise NotAPlan('the name %s' % node.id)
        x = self.names[node.id]
        if type(x) not in _SCALARS:
            self.mutable_uses[node.id] = self.mutable_uses.get(
                node.id, 0) + 1
            if self.mutable_uses[node.id] > 1:
                raise NotAPlan('a value that two tests share')
        return x

    def _Subscript(self, node):
        if isinstance(node.value, ast.Name) and isinstance(
                node.slice, ast.Slice):
            x = self.names.get(node.value.id)  # A slice is a copy.
            if type(x) not in (list, tuple, str):
                raise NotAPlan('a slice')
            if any(type(part) in (list, dict, set) for part in x):
                raise NotAPlan('a shallow copy')
        else:
            x = self.of(node.value)
        return x[self.of(node.slice)]

    def _Slice(self, node):
        return slice(*[None if part is None else self.of(part)
                       for part in (node.lower, node.upper, node.step)])

    def _Call(self, node):
        name = node.func.id if isinstance(node.func, ast.Name) else ''
        if name == 'range' and not node.keywords:
            return range(*self._items(node.args))
        build = _BUILDERS_OF_CONSTANTS.get(name)
        if build is None or name in self.names:
            raise NotAPlan('a call in a constant')
        args = self._items(node.args)
        for x in args:
            if type(x) is range and len(x) > MAX_REPEAT:
                raise NotAPlan('a large range')
        return build(*args, **self.keywords(node))

    def keywords(self, node):
        if any(part.arg is None for part in node.keywords):
            raise NotAPlan('unpacked keywords')
        return {part.arg: self.of(part.value) for part in node.keywords}

    def arguments(self, node):
        """(args, kwargs) that share no parts: a plan would not say so."""
        self.shares = self.names_share
        args, kwargs = self._items(node.args), self.keywords(node)
        if self.shares:
            raise NotAPlan('an argument with a part in several places')
        return args, kwargs


class Planner:
    def __init__(self, tree, entry):
        self.constants = Constants()
        self.calls = []
        self.modules = set()
        self.check = None      # The `check` function's definition.
        self.checked = False   # `check(...)` was seen.
        self.entry = entry
        self.alias = None      # The name of check's parameter.
        for node in tree.body:
            self.statement(node)
        if self.check and not self.checked:
            if not entry:
                raise NotAPlan('a check that nothing calls')
            self.run_check(entry)
        if not self.calls:
            raise NotAPlan('no call of the candidate')

    def statement(self, node):
        if isinstance(node, ast.Assert):
            self.assertion(node)
        elif isinstance(node, ast.Assign):
            self.assign(node)
        elif isinstance(node, ast.Pass):
            pass
        elif isinstance(node, ast.Expr):
            self.expression(node.value)
        elif isinstance(node, ast.Import):
            for part in node.names:
                if part.name != 'math' or part.asname:
                    raise NotAPlan('an import')
                self.modules.add('math')
        elif isinstance(node, ast.FunctionDef):
            self.define(node)
        else:
            raise NotAPlan('a %s' % type(node).__name__)

    def assign(self, node):
        if len(node.targets) != 1 or not isinstance(
                node.targets[0], ast.Name):
            raise NotAPlan('an assignment')
        if self.calls and node.targets[0].id in {
                call[0].split('.')[0] for call in self.calls}:
            raise NotAPlan('an entry that is assigned')
        self.constants.shares = False
        self.constants.names[node.targets[0].id] = self.constants.of(
            node.value)
        self.constants.names_share |= self.constants.shares
        self.constants.mutable_uses.pop(node.targets[0].id, None)

    def expression(self, node):
        if isinstance(node, (ast.Constant, ast.Name)):
            return
        if (isinstance(node, ast.Call) and self.check and
                isinstance(node.func, ast.Name) and
                node.func.id == 'check' and not node.keywords and
                len(node.args) == 1 and isinstance(node.args[0], ast.Name)):
            self.run_check(node.args[0].id)
            return
        raise NotAPlan('an expression')

    def define(self, node):
        a = node.args
        if (self.alias or node.name != 'check' or len(a.args) != 1 or
                a.defaults or a.vararg or a.kwarg or a.kwonlyargs or
                a.posonlyargs or node.decorator_list):
            raise NotAPlan('a function')
        self.check = node

    def run_check(self, entry):
        if entry in self.constants.names or self.checked:
            raise NotAPlan('a second check')
        self.checked = True
        self.alias = self.check.args.args[0].arg
        outer, self.entry = self.entry, entry
        names = dict(self.constants.names)
        if self.alias in names:
            raise NotAPlan('a shadowed name')
        for node in self.check.body:
            self.statement(node)
        self.constants.names = names
        self.alias, self.entry = None, outer

    def assertion(self, node):
        test = node.test
        if isinstance(test, ast.Constant) and test.value:
            return
        comparison, left, operands = self.split(test)
        if len(self.calls) >= MAX_TESTS:
            raise NotAPlan('too many tests')
        name = self.callee(left)
        args, kwargs = self.constants.arguments(left)
        self.calls.append(
            (name, args, kwargs, comparison, operands, node.lineno))

    def callee(self, node):
        """The candidate's function that `node` calls."""
        if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Name):
            raise NotAPlan('no call of a function by its name')
        name = node.func.id
        if name == self.alias or (
                name == 'candidate' and self.entry and
                name not in self.constants.names):
            return self.entry
        if name in self.constants.names or name in self.modules:
            raise NotAPlan('a call of a constant')
        if hasattr(builtins, name) and name != self.entry:
            raise NotAPlan('a call of a builtin')
        return name

    def is_call(self, node):
        try:
            self.callee(node)
            return True
        except NotAPlan:
            return False

    def split(self, test):
        """(comparison, the candidate's call, operands)."""
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            kind, call, operands = self.split(test.operand)
            if kind not in ('true', 'false') or operands:
                raise NotAPlan('a negation')
            return ('false' if kind == 'true' else 'true', call, ())
        if self.is_call(test):
            return ('true', test, ())
        if isinstance(test, ast.Call):
            return self.close(test)
        if not isinstance(test, ast.Compare) or len(test.ops) != 1:
            raise NotAPlan('a condition')
        op, left, right = test.ops[0], test.left, test.comparators[0]
        if self.is_distance(left):
            return self.distance(op, left, right)
        if not self.is_call(left) and isinstance(op, (ast.Eq, ast.NotEq)):
            left, right = right, left
        operand = self.constants.of(right)
        if isinstance(op, ast.Eq):
            return ('equal', left, (operand,))
        if isinstance(op, ast.NotEq):
            return ('unequal', left, (operand,))
        single = any(operand is x for x in (None, True, False))
        if isinstance(op, ast.Is) and single:
            return ('is', left, (operand,))
        if isinstance(op, ast.IsNot) and single:
            return ('is not', left, (operand,))
        if isinstance(op, ast.In) and type(operand) in (list, tuple):
            return ('in', left, tuple(operand))
        raise NotAPlan('a comparison')

    def is_distance(self, node):
        return (isinstance(node, ast.Call) and
                isinstance(node.func, ast.Name) and node.func.id == 'abs' and
                len(node.args) == 1 and not node.keywords and
                isinstance(node.args[0], ast.BinOp) and
                isinstance(node.args[0].op, ast.Sub))

    def distance(self, op, left, right):
        a, b = left.args[0].left, left.args[0].right
        if not self.is_call(a):
            a, b = b, a
        bound, centre = self.constants.of(right), self.constants.of(b)
        for x in (bound, centre):
            if type(x) not in (int, float) or abs(x) > 2 ** 53:
                raise NotAPlan('a distance')
        kinds = {ast.Lt: 'within', ast.LtE: 'within or at'}
        if type(op) not in kinds:
            raise NotAPlan('a comparison')
        return (kinds[type(op)], a, (float(centre), float(bound)))

    def close(self, test):
        f = test.func
        if not (isinstance(f, ast.Attribute) and f.attr == 'isclose' and
                isinstance(f.value, ast.Name) and f.value.id == 'math' and
                'math' in self.modules and len(test.args) == 2):
            raise NotAPlan('a call')
        call, other = test.args
        if not self.is_call(call):
            call, other = other, call
        options = {'rel_tol': 1e-09, 'abs_tol': 0.0}
        options.update(self.constants.keywords(test))
        numbers = [self.constants.of(other), options['rel_tol'],
                   options['abs_tol']]
        if len(options) != 2 or any(
                type(x) not in (int, float) or not 0 <= abs(x) < 2 ** 53
                for x in numbers) or numbers[1] < 0 or numbers[2] < 0:
            raise NotAPlan('a tolerance')
        return ('close', call, tuple(map(float, numbers)))


def _names_called(tree):
    """Names called in assertions, else the argument of `check(NAME)`."""
    for node in ast.walk(tree):
        if (isinstance(node, ast.Call) and
                isinstance(node.func, ast.Name) and
                node.func.id == 'check' and len(node.args) == 1 and
                isinstance(node.args[0], ast.Name)):
            yield node.args[0].id
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            for part in ast.walk(node.test):
                if isinstance(part, ast.Call) and isinstance(
                        part.func, ast.Name):
                    yield part.func.id


def infer_entry(tree):
    """The first called name that the tests neither define nor have."""
    names = Names(tree)
    for name in _names_called(tree):
        if name not in names.defined and not hasattr(builtins, name) and \
                name != 'candidate':
            return name
    return ''


def plan(tests, entry, reply_fd):
    """Writes ("invalid", reason), ("examine", reason, entry) or
    ("plan", calls, operands): what the candidate may see, and the rest."""
    FrameWriter(reply_fd).write_raw(planned(tests, entry))
    return 0


def serve_plans(control):
    """Plans text after text: each message is (tests, entry)."""
    channel = Channel(control)
    out = FrameWriter(control)
    while True:
        try:
            tests, entry = decode(channel.read())
        except (Gone, Refused):
            return 0
        out.write_raw(planned(tests, entry))


def planned(tests, entry):
    try:
        tree = ast.parse(tests)
        compile(tests, 'tests.py', 'exec', dont_inherit=True)
    except (SyntaxError, ValueError, MemoryError, RecursionError) as fault:
        return encode(('invalid', '%s: %s' % (
            _name_of(type(fault)), error_text(fault))), None)
    entry = entry or infer_entry(tree)
    try:
        calls = Planner(tree, entry).calls
        return encode(
            ('plan', [call[:3] for call in calls],
             [call[3:] for call in calls]), None)
    except RecursionError:
        return encode(('examine', 'deep nesting', entry), None)
    except Exception as fault:
        return encode(('examine', error_text(fault), entry), None)
