"""Would the tests come to an end without the candidate? They are run against
an object that agrees with everything, so that a fault of their own, a
reference that never ends or a constant beyond all memory, is told from what
a candidate brought about.
"""

MAX_AGREEMENTS = 1000     # Then it wavers, so that loops over it end,
MAX_ANSWERS = 1000000     # and then it raises.


class Agreeable:
    """Equal to all, larger and smaller than all, empty, callable."""

    def __init__(self, examiner):
        self.__dict__.update(_examiner=examiner, _answers=0)

    def _answer(self):
        self.__dict__['_answers'] += 1
        if self._answers > MAX_ANSWERS:
            raise WrongAnswer
        return self._answers <= MAX_AGREEMENTS or self._answers % 2 == 0

    def _itself(self, *args, **kwargs):
        self._examiner.contact = True
        self._answer()
        return self

    def _agree(self, *args):
        return self._answer()

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        return self._itself()

    def __setattr__(self, name, x):
        self._answer()

    __call__ = __getitem__ = __enter__ = _itself
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _agree
    __bool__ = __contains__ = __instancecheck__ = _agree
    __exit__ = __setitem__ = __delitem__ = lambda self, *args: None

    def __hash__(self):
        return 0

    def __len__(self):
        return 0

    def __iter__(self):
        self._answer()
        return iter(())

    def __next__(self):
        raise StopIteration

    def __index__(self):
        return 1

    __int__ = __index__

    def __float__(self):
        return 1.0

    def __str__(self):
        return ''

    __repr__ = __str__

    def __await__(self):
        return self
        yield


for _name in ('add sub mul truediv floordiv mod pow and or xor lshift rshift '
              'matmul').split():
    for _form in ('__%s__', '__r%s__'):
        setattr(Agreeable, _form % _name, Agreeable._itself)
for _name in ('__neg__', '__pos__', '__abs__', '__invert__', '__round__'):
    setattr(Agreeable, _name, Agreeable._itself)


class Frames:
    """Notes the kinds of frames that are written to nobody."""

    def __init__(self):
        self.kinds = set()

    def write(self, kind, *rest):
        if kind == 'test':
            self.kinds.add(rest[0])


def examine_nobody(tests, entry, stop, reply_fd):
    """Writes ("ended", kind) where the tests come to an end."""
    entry = entry.replace('()', '')
    prepared = Prepared(tests)
    examiner = make_examiner()
    anybody = Agreeable(examiner)
    space = examiner.module.__dict__
    for name in prepared.wanted:
        own = own_object(name, prepared.names)
        space[name] = anybody if own is _absent else own
    space[entry or 'candidate'] = space['candidate'] = anybody
    if '.' in entry:
        space[entry.split('.')[0]] = anybody
    frames = Frames()
    try:
        run_tests(prepared, examiner, entry, frames, stop)
    except BaseException as fault:
        frames.write('test', classify(examiner, fault)[0])
    kind = 'memory' if 'memory' in frames.kinds else 'pass'
    FrameWriter(reply_fd).write('ended', kind)
    flush_streams()
    return 0
