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


def put_numpy(e, x, depth):
    """Writes the value; False where it does not cross by content."""
    kind = _numpy_class(x)
    if kind is None:
        return False
    text = x.dtype.str
    plain = _PLAIN.fullmatch(text) is not None
    if kind == 'scalar' and plain:
        e.special(SCALAR, (text, x.tobytes()), depth)
    elif kind == 'ndarray' and (plain or text == _OBJECTS):
        put_array(e, x, depth)
    else:
        return False
    return True


def _put_array(e, x, depth):
    e.special(ARRAY, array_content(x), depth)


def array_content(x):
    text = x.dtype.str
    return (text, x.shape,
            tuple(x.flat) if text == _OBJECTS else x.tobytes())


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
        if type(data) is not tuple or len(data) != count:
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
    if (old.shape == new.shape and old.dtype == new.dtype and
            old.flags.writeable):
        old[...] = new


_BUILDERS[ARRAY] = _array
_BUILDERS[SCALAR] = _scalar
