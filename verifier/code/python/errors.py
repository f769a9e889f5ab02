"""Exceptions of the candidate, as the tests see them: classes that stand for
its own, with their parents, text and attributes; those of libraries that the
tests have imported are the tests' own.
"""
import sys


class CandidateError(Exception):
    """An exception of a class that is not one of the builtin ones."""


# Their exceptions speak to the runner of the tests.
_RUNNERS = frozenset(('unittest', 'doctest'))


def _error_of_library(module, name):
    """The class of a library that the tests have imported, or None."""
    root = module.partition('.')[0]
    if root in _RUNNERS or not (
            root in sys.stdlib_module_names or root == 'numpy'):
        return None
    x = sys.modules.get(module)
    for part in name.split('.'):
        x = getattr(x, part, None)
    return x if isinstance(x, type) and issubclass(x, Exception) else None


def _said(fault):
    """What the candidate's own __str__ said."""
    text = fault.__dict__.get('_assay_text')
    return Exception.__str__(fault) if text is None else text


def mirror_error(peer, label, bases, kin):
    """A local exception class that stands for one of the candidate's."""
    module, name, parent = kin
    known = _error_of_library(module, name)
    if known is not None:
        return known
    parents = [parent]
    parents += [_BUILTINS[name] for name in bases
                if type(name) is str and name in _BUILTINS]
    parents = [x for x in parents if isinstance(x, type) and
               issubclass(x, Exception)][:2]
    if len(parents) == 2 and issubclass(*parents):
        del parents[1]
    label = label if label.isidentifier() else 'Error'
    body = {'__str__': _said}
    try:
        return type(label, tuple(parents) or (CandidateError,), body)
    except TypeError:  # Two layouts that no class of ours can have.
        return type(label, (parents[0],), body)


def make_fault(cls, args, text):
    try:
        return cls(*args)
    except BaseException:
        pass
    try:  # Its __init__ takes other arguments than it keeps.
        fault = cls.__new__(cls)
        fault.args = args
        return fault
    except BaseException:
        return Exception.__new__(CandidateError, text)
