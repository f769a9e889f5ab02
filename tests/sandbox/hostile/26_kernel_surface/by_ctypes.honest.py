# honest: 42 True
# The C library's arithmetic.
import ctypes, os
libc = ctypes.CDLL(None)
print(libc.abs(-42), libc.getpid() == os.getpid())
