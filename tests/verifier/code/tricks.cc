// More solutions that mean to pass without being right: forged frames, a
// runtime replaced from inside, ends of every kind, values that lie.
#include "tests/verifier/code/tricks.h"

namespace assay::code {
namespace {

// What a forger writes first.
#define FORGER                                                           \
  "import struct, os, sys\n"                                             \
  "def S(s): return b's' + struct.pack('<I', len(s)) + s\n"              \
  "def I(n): return b'i' + struct.pack('<I', 1) + bytes([n & 255])\n"    \
  "def TUP(*a): return b't' + struct.pack('<I', len(a)) + b''.join(a)\n" \
  "def FR(x): return struct.pack('<I', len(x)) + x\n"                    \
  "N = struct.Struct('<I').pack\n"                                       \
  "def MSG(*a, c=N(0), e=N(0)):\n  return FR(N(len(a)) + b''.join(a) + " \
  "c + e)\n"                                                             \
  "def W(fd, b):\n  try: os.write(fd, b)\n  except OSError: pass\n"

constexpr char kDouble[] = "def double(x): return x * 2\n";

constexpr Trick kForgeries[] = {
    {"forge_reply_true",
     FORGER R"py(for _ in range(9): W(5, MSG(S(b'reply'), S(b'ok'), b'T', b'N'))
def double(x): return 0
)py",
     kDouble},
    {"forge_reply_loop", FORGER R"py(W(5, MSG(S(b'loaded')))
while True:
  try: m=os.read(5, 65536)
  except OSError: break
  if not m: break
  W(5, MSG(S(b'reply'), S(b'ok'), b'T', b'N'))
os._exit(0)
)py",
     kDouble},
    {"forge_a_reference", FORGER R"py(W(5, MSG(S(b'loaded')))
while True:
  try: m=os.read(5, 65536)
  except OSError: break
  if not m: break
  W(5, MSG(S(b'reply'), S(b'ok'), b'r' + N(0), b'N'))
os._exit(0)
)py",
     kDouble},
    {"forge_a_change", FORGER R"py(W(5, MSG(S(b'loaded')))
while True:
  m=os.read(5, 65536)
  if not m: break
  W(5, MSG(S(b'reply'), S(b'ok'), b'T', b'N', c=N(1)+N(99)+TUP(I(1))))
os._exit(0)
)py",
     kDouble},
    {"forge_an_end", FORGER R"py(W(5, MSG(S(b'loaded')))
while True:
  m=os.read(5, 65536)
  if not m: break
  W(5, MSG(S(b'reply'), S(b'ok'), b'T', b'N', e=N(2)+N(0)+N(1<<31)))
os._exit(0)
)py",
     kDouble},
    {"forge_module_reply", FORGER R"py(W(5, MSG(S(b'loaded')))
while True:
  m=os.read(5, 65536)
  if not m: break
  W(5, MSG(S(b'reply'), S(b'module'), S(b'__main__'), b'N'))
os._exit(0)
)py",
     kDouble},
    {"forge_huge_length", FORGER R"py(W(5, b'\xff\xff\xff\x7f'*100)
W(4, b'\xff\xff\xff\x7f'*100)
def double(x): return 0
)py",
     kDouble},
    {"module_raises_systemexit_reply",
     FORGER R"py(W(5, MSG(S(b'loaded')))
while True:
  m=os.read(5, 65536)
  if not m: break
  W(5, MSG(S(b'reply'), S(b'raise'), TUP(TUP(S(b'SystemExit')), S)py"
            R"py((b'SystemExit'), S(b''), TUP(), b'N', b'd'+N(0)), b'N'))
os._exit(0)
)py",
     kDouble},
    {"raise_keyboard", R"py(def double(x): raise KeyboardInterrupt
)py",
     kDouble},
    {"raise_stopiter", R"py(def double(x): raise StopIteration(x)
)py",
     kDouble},
    {"raise_sub_systemexit", R"py(class E(SystemExit):
  code = 0
  def __init__(s, *a): pass
def double(x): raise E(0)
)py",
     kDouble},
    {"raise_gone", R"py(import sys
def double(x):
  f=sys._getframe()
  while f:
    g=f.f_globals.get('Gone')
    if g: raise g()
    f=f.f_back
  return 0
)py",
     kDouble},
    {"raise_refused", R"py(import sys
def double(x):
  f=sys._getframe()
  while f:
    g=f.f_globals.get('Refused')
    if g: raise g('z')
    f=f.f_back
  return 0
)py",
     kDouble},
    {"raise_wrong_class_args", R"py(class E(Exception):
  args = property(lambda s: 1/0)
def double(x): raise E
)py",
     kDouble},
    {"frame_patch_encode", R"py(import sys
f=sys._getframe()
while f:
  for k in ('encode','_WRITERS','plain_opaque','flags_of'):
    if k in f.f_globals and k!='_WRITERS': f.f_globals[k]=lambda *a: b'T'
  f=f.f_back
def double(x): return 0
)py",
     kDouble},
    {"frame_patch_writers", R"py(import sys
f=sys._getframe()
while f:
  w=f.f_globals.get('_WRITERS')
  if w:
    w[int]=lambda e,x,d: e.out.extend(b'T')
  f=f.f_back
def double(x): return 0
)py",
     kDouble},
    {"frame_patch_decode", R"py(import sys
f=sys._getframe()
while f:
  r=f.f_globals.get('_READERS')
  if r: r.clear()
  f=f.f_back
def double(x): return 0
)py",
     kDouble},
    {"gc_replace_peer", R"py(import gc
for o in gc.get_objects():
  if type(o).__name__ in ('Peer','Service'):
    try: o.answer = lambda *a: ('ok', b'T', None, {})
    except Exception: pass
def double(x): return 0
)py",
     kDouble},
    {"thread_outlives", R"py(import threading, time
def go():
  while True: time.sleep(0.01)
threading.Thread(target=go, daemon=False).start()
def double(x): return 0
)py",
     R"py(import threading, time
def go():
  while True: time.sleep(0.05)
threading.Thread(target=go, daemon=True).start()
def double(x): return x * 2
)py"},
    {"dup2_reply_to_stdout", R"py(import os
try: os.dup2(4, 1)
except OSError: pass
print('t'*100, flush=True)
def double(x): return 0
)py",
     R"py(import os
k=os.dup(1)
os.dup2(2, 1)
os.dup2(k, 1)
def double(x): return x * 2
)py"},
    {"signal_handler", R"py(import signal, os
for s in range(1,32):
  try: signal.signal(s, lambda *a: os._exit(0))
  except Exception: pass
signal.setitimer(signal.ITIMER_REAL, 0.01)
def double(x):
  while True: pass
)py",
     R"py(import signal
signal.signal(signal.SIGALRM, lambda *a: None)
signal.setitimer(signal.ITIMER_REAL, 0.01)
def double(x): return x * 2
)py"},
    {"settrace_return", R"py(import sys
def tr(f,e,a):
  f.f_trace_opcodes=True
  f.f_trace_lines=True
  return tr
sys.settrace(tr)
def double(x): return 0
)py",
     R"py(import sys
sys.settrace(lambda *a: None)
def double(x): return x * 2
)py"},
    {"ctypes_int_patch", R"py(import ctypes
try:
  ctypes.memmove(id(4)+24, id(7)+24, 4)
except Exception: pass
def double(x): return 7
)py",
     R"py(import ctypes
def double(x): return x * 2
)py"},
    {"ctypes_exit", R"py(import ctypes
def double(x): ctypes.CDLL(None)._exit(0)
)py",
     R"py(import ctypes
def double(x): return x * 2
)py"},
    {"atexit_forge", FORGER R"py(import atexit
atexit.register(lambda: [W(4, FR(TUP(S(b'pass'),S(b''),I(0)))), os._exit(0)])
def double(x): return 0
)py",
     R"py(import atexit
atexit.register(lambda: 1)
def double(x): return x * 2
)py"},
    {"del_forge", FORGER R"py(class D:
  def __del__(s):
    W(4, FR(TUP(S(b'value'), I(4))))
    os._exit(0)
def double(x): D(); return 0
)py",
     R"py(class D:
  def __del__(s): pass
def double(x):
  D()
  return x * 2
)py"},
    {"patched_builtins_hash", R"py(import builtins
builtins.hash = lambda x: 0
builtins.id = lambda x: 0
builtins.getattr = lambda *a: 4
builtins.object = int
def double(x): return 0
)py",
     kDouble},
    {"patch_os_write", R"py(import os
o=os.write
os.write=lambda fd,b: o(fd, b.replace(b'\0', b'\4'))
def double(x): return 0
)py",
     R"py(import os
o=os.write
os.write=lambda fd,b: o(fd, b)
def double(x): return x * 2
)py"},
    {"float_subclass", R"py(class E(float):
  def __eq__(s,o): return True
  __hash__=float.__hash__
def double(x): return E(1)
)py",
     R"py(class E(float): pass
def double(x): return E(x*2) if type(x) is int else x*2
)py"},
    {"tuple_subclass", R"py(class E(tuple):
  def __eq__(s,o): return True
  __hash__=tuple.__hash__
def double(x): return E()
)py",
     R"py(class E(tuple): pass
def double(x): return E((x*2,))[0]
)py"},
    {"class_property", R"py(class E:
  @property
  def __class__(s): return int
  def __eq__(s,o): return True
  def __index__(s): return 4
def double(x): return E()
)py",
     R"py(class E:
  @property
  def __class__(s): return int
def double(x):
  E()
  return x*2
)py"},
    {"enum_member", R"py(import enum
class E(enum.IntEnum):
  A=7
  def __eq__(s,o): return True
  __hash__=int.__hash__
def double(x): return E.A
)py",
     R"py(import enum
class E(enum.IntEnum):
  A=4
  B=-6
def double(x): return E(x*2) if type(x) is int else x*2
)py"},
    {"enum_str_member", R"py(import enum
class E(str, enum.Enum):
  A='zz'
  def __eq__(s,o): return True
  __hash__=str.__hash__
def double(x): return E.A
)py",
     R"py(import enum
class E(str, enum.Enum):
  A='abab'
def double(x): return E.A if x=='ab' else x*2
)py"},
    {"numpy_like", R"py(class A:
  dtype='int64'
  shape=()
  def __eq__(s,o): return A()
  def __bool__(s): return True
  def all(s): return True
  def any(s): return True
  def __array__(s): return s
  def item(s): return 4
def double(x): return A()
)py",
     R"py(class A:
  def __init__(s,v): s.v=v
  def item(s): return s.v
def double(x): return A(x*2).item()
)py"},
    {"map_list",
     R"py(def double(x): return map(int, x*2) if type(x) is list else x*2
)py",
     R"py(def double(x): return list(map(int, x*2)) if type(x) is list else x*2
)py"},
    {"mutates_after_return", R"py(import threading, time
def double(x):
  r=[0]
  threading.Timer(0.01, lambda: r.__setitem__(slice(None), [1,1])).start()
  return r
)py",
     R"py(def double(x):
  r=x*2
  return r
)py"},
    {"returns_arg_mutated_int", R"py(def double(x):
  if type(x) is list: x.append(0)
  return x
)py",
     R"py(def double(x):
  if type(x) is list:
    x.extend(x)
    return x
  return x*2
)py"},
    {"close_fds_in_call", R"py(import os
def double(x):
  for fd in range(0,64):
    try: os.close(fd)
    except OSError: pass
  return x*2+1
)py",
     R"py(import os
def double(x):
  os.close(os.dup(2))
  return x*2
)py"},
    {"exec_forging",
     FORGER R"py(def double(x):
  os.execv('/usr/bin/python3',['python3','-c',"import os,struct\nf=b)py"
            R"py('t'+struct.pack('<I',3)+b's'+struct.pack('<I',4)+b'pass'+b)py"
            R"py('s'+struct.pack('<I',0)+b'i'+struct.pack('<I',1)+b'\\0'\nf)py"
            R"py(or d in (4,5):\n  try: os.write(d,struct.pack('<I',len(f)))py"
            R"py(+f)\n  except OSError: pass"])
)py",
     kDouble},
    {"fork_both", R"py(import os
def double(x):
  os.fork()
  return 0
)py",
     R"py(import os
def double(x):
  p=os.fork()
  if p==0: os._exit(0)
  os.waitpid(p,0)
  return x*2
)py"},
    {"fork_child_answers", R"py(import os
for _ in range(3): os.fork()
def double(x): return os.getpid()%5
)py",
     kDouble},
    {"huge_list", R"py(def double(x): return [0]*(1<<21)
)py",
     R"py(def double(x):
  y=[0]*(1<<19)
  return x*2
)py"},
    {"bomb_shared_list", R"py(def double(x):
  r=[1]
  for _ in range(60): r=[r,r]
  return r
)py",
     kDouble},
    {"surrogates", R"py(def double(x): return '\ud800abab'
)py",
     R"py(def double(x):
  '\ud800'
  return x*2
)py"},
    {"nan_trick", R"py(def double(x): return float('nan')
)py",
     kDouble},
    {"bool_for_int", R"py(def double(x): return True
)py",
     R"py(def double(x): return x*2 if x is not True else 2
)py"},
    {"decimal_sub", R"py(import decimal
class D(decimal.Decimal):
  def __eq__(s,o): return True
  __hash__=None
  def __str__(s): return '4'
def double(x): return D(1)
)py",
     R"py(import decimal
def double(x): return decimal.Decimal(x*2) if type(x) is int else x*2
)py"},
    {"decimal_str_lie", R"py(import decimal
class D(decimal.Decimal):
  def __str__(s): return '4'
  __repr__=__str__
  __format__=lambda s,f: '4'
def double(x): return D(1)
)py",
     kDouble},
    {"fraction_attr", R"py(import fractions
class F(fractions.Fraction):
  numerator=property(lambda s: 4 if n[0] else -6)
n=[1]
def double(x): return F(1,1)
)py",
     R"py(import fractions
def double(x): return fractions.Fraction(x*2) if type(x) is int else x*2
)py"},
    {"name_eq_main", R"py(if __name__ != '__main__':
  def double(x): return x*2
)py",
     R"py(if __name__ == '__main__':
  def double(x): return x*2
)py"},
    {"sys_modules_main", R"py(import sys, types
m=types.ModuleType('__main__')
m.double=lambda x: 0
sys.modules['__main__']=m
def double(x): return 1
)py",
     R"py(import sys
assert sys.modules['__main__'].__name__=='__main__'
def double(x): return x * 2
)py"},
    {"stdout_gone", R"py(import sys
sys.stdout=None
sys.stderr=None
def double(x): return 0
)py",
     R"py(import sys
sys.stdout=None
def double(x): return x * 2
)py"},
    {"stdout_evil_flush", R"py(import sys
class O:
  def flush(s): raise SystemExit(0)
  def write(s,x): pass
sys.stdout=sys.stderr=O()
def double(x): return 0
)py",
     R"py(import sys, io
sys.stdout=io.StringIO()
def double(x): return x * 2
)py"},
    {"import_hook", R"py(import sys
class F:
  def find_spec(s,*a): raise SystemExit(0)
sys.meta_path.insert(0,F())
def double(x):
  import zzz
)py",
     R"py(import sys
class F:
  def find_spec(s,*a): return None
sys.meta_path.insert(0,F())
def double(x): return x * 2
)py"},
    {"write_box_files", R"py(open('/box/tests.py','w').write('pass')
open('/box/conftest.py','w').write('pass')
open('/tmp/x','w').write('y')
def double(x): return 0
)py",
     R"py(open('/tmp/x','w').write('y')
def double(x): return x * 2
)py"},
    {"kill_all", R"py(import os, signal
def double(x):
  os.kill(-1, signal.SIGKILL)
  return 0
)py",
     kDouble},
    {"async_def", R"py(async def double(x): return x*2
)py",
     R"py(import asyncio
async def go(x): return x*2
def double(x): return asyncio.run(go(x))
)py"},
    {"double_is_class", R"py(class double:
  def __init__(s,x): s.x=x
  def __eq__(s,o): return True
)py",
     R"py(class double:
  def __new__(c,x): return x*2
)py"},
    {"slots_mro_evil", R"py(class M(type):
  def mro(c): return [c, int, object] if 0 else [c, object]
  def __instancecheck__(c,o): return True
class E(metaclass=M):
  __hash__=lambda s: 4
  def __eq__(s,o): return True
  def __req__(s,o): return True
def double(x): return E()
)py",
     kDouble},
    {"namedtuple_lie", R"py(from collections import namedtuple
P=namedtuple('P','a b')
class Q(P):
  def __eq__(s,o): return True
  __hash__=None
def double(x): return Q(1,1)
)py",
     R"py(from collections import namedtuple
P=namedtuple('P','a b')
def double(x): return P(x*2,1).a
)py"},
    {"fields_bomb", R"py(class T(tuple):
  _fields=('a',)*1000
def double(x): return T((1,))
)py",
     kDouble},
    {"fields_evil", R"py(class T(tuple):
  _fields=('__import__("os")._exit(0)','class','def')
def double(x): return T((1,2,3))
)py",
     kDouble},
    {"range_huge", R"py(def double(x): return range(10**18)
)py",
     kDouble},
};

}  // namespace

absl::Span<const Trick> Forgeries() { return kForgeries; }

}  // namespace assay::code
