"""Arrays and scalars of numpy cross by their content, as what they are.

Of booleans, numbers, texts and bytes, and arrays of objects that cross
themselves. What is of another class (a matrix, a masked array, a record, a
data frame) stays where it is, as any object. Each side builds them with its
own numpy, which is imported only once such a value is there.
"""
import re
import sys

_PLAIN = re.compile(r'[<>|](b1|[iu][1248]|f(2|4|8|16)|c(8|16|32)|[US]\d{1,9})')
_OBJECTS = '|O'
MAX_DIMENSIONS = 32


def _numpy_class(x):
    """'ndarray' or 'scalar'; None where it is neither, or a subclass."""
    cls = type(x)
    numpy = sys.modules.get('numpy')
    if numpy is None:
        return None
    if cls is numpy.ndarray:
        return 'ndarray'
    own = numpy.generic in _mro(cls) and x.dtype.type is cls
    return 'scalar' if own else None


def encode_numpy(x, opaque):
    """The value's bytes, or None where it does not cross by content."""
    kind = _numpy_class(x)
    if kind is None:
        return None
    text = x.dtype.str
    if kind == 'scalar':
        if not _PLAIN.fullmatch(text):
            return None
        return b'x' + bytes((SCALAR,)) + encode((text, x.tobytes()), None)
    if text == _OBJECTS:
        content = list(x.flat)
    elif _PLAIN.fullmatch(text):
        content = x.tobytes()
    else:
        return None
    return b'x' + bytes((ARRAY,)) + encode((text, x.shape, content), opaque)


def plain_scalar(x):
    """The builtin value that equals a numpy scalar; else `x` itself."""
    if _numpy_class(x) == 'scalar' and _PLAIN.fullmatch(x.dtype.str):
        plain = x.item()
        return plain if type(plain) in _WRITERS else x
    return x


def _dtype(text):
    import numpy
    if type(text) is not str or not _PLAIN.fullmatch(text):
        raise Refused('an array of an unknown type')
    return numpy.dtype(text)


def _scalar(content):
    import numpy
    text, data = content
    dtype = _dtype(text)
    if type(data) is not bytes or len(data) != dtype.itemsize:
        raise Refused('a scalar of another size')
    return numpy.ndarray((), dtype, data)[()]


def _array(content):
    import numpy
    text, shape, data = content
    count = 1
    if type(shape) is not tuple or len(shape) > MAX_DIMENSIONS:
        raise Refused('an array of no shape')
    for size in shape:
        if type(size) is not int or size < 0:
            raise Refused('an array of no shape')
        count *= size
    if text == _OBJECTS:
        if type(data) is not list or len(data) != count:
            raise Refused('an array of another size')
        made = numpy.empty(count, object)
        for i, item in enumerate(data):
            made[i] = item
        return made.reshape(shape)
    dtype = _dtype(text)
    if type(data) is not bytes or len(data) != count * dtype.itemsize:
        raise Refused('an array of another size')
    return numpy.ndarray(shape, dtype, data).copy()


def restore_array(old, new):
    """In place where that can be, so that other names see it."""
    if old.shape != new.shape or old.dtype != new.dtype:
        return new
    if old.flags.writeable:
        old[...] = new
    return old


_BUILDERS[ARRAY] = _array
_BUILDERS[SCALAR] = _scalar
