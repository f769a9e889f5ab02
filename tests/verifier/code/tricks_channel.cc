// Solutions that write to the channels of the runtime, or look for what is
// at their other end, from every corner of an interpreter.
#include "tests/verifier/code/tricks.h"

namespace assay::code {
namespace {

// Frames as the runtime writes them. `V(b)` claims that the encoded value `b`
// was returned; A() does so on every channel.
#define CHANNEL                                                             \
  "import struct, os, sys\n"                                                \
  "def S(s): return b's' + struct.pack('<I', len(s)) + s\n"                 \
  "def TUP(*a): return b't' + struct.pack('<I', len(a)) + b''.join(a)\n"    \
  "def FR(x): return struct.pack('<I', len(x)) + x\n"                       \
  "def V(b): return FR(TUP(S(b'value'), b)) + FR(struct.pack('<I', 4) + "   \
  "S(b'reply') + S(b'ok') + b + b'N' + struct.pack('<II', 0, 0))\n"         \
  "PASS = FR(TUP(S(b'pass'), S(b''), b'i' + struct.pack('<I', 1) + "        \
  "b'\\0'))\n"                                                              \
  "def A(b=b'T'):\n  for fd in range(3, 9):\n    try: os.write(fd, PASS + " \
  "V(b))\n    except OSError: pass\n"

constexpr char kDouble[] = "def double(x): return x * 2\n";

constexpr Trick kChannelTricks[] = {
    {"frames_of_a_thread",
     CHANNEL "import threading\ndef go():\n  while True: A()\n"
             "threading.Thread(target=go, daemon=True).start()\n"
             "def double(x): return 0\n",
     "import threading\nseen = []\nthreading.Thread(target=seen.append, "
     "args=(1,), daemon=True).start()\ndef double(x): return x * 2\n"},
    {"frames_of_a_child",
     CHANNEL "def double(x):\n  if os.fork() == 0:\n    for _ in range(9): "
             "A()\n    os._exit(0)\n  os.wait()\n  return 0\n",
     "import os\ndef double(x):\n  if os.fork() == 0: os._exit(0)\n  "
     "os.wait()\n  return x * 2\n"},
    {"frames_of_a_child_at_load",
     CHANNEL "if os.fork() == 0:\n  for _ in range(99): A()\n  os._exit(0)\n"
             "def double(x): return 0\n",
     "import os\nif os.fork() == 0: os._exit(0)\nos.wait()\n"
     "def double(x): return x * 2\n"},
    {"frames_at_exit",
     CHANNEL "import atexit\natexit.register(A)\ndef double(x): sys.exit(0)\n",
     "import atexit\natexit.register(len, '')\ndef double(x): return x * 2\n"},
    {"frames_of_a_finalizer",
     CHANNEL "class D:\n  def __del__(s): A()\ndef double(x):\n  D()\n  "
             "return 0\n",
     "class D:\n  def __del__(s): pass\ndef double(x):\n  D()\n  return x * "
     "2\n"},
    {"frames_of_a_weak_reference",
     CHANNEL "import weakref\nclass D: pass\ndef double(x):\n  d = D()\n  "
             "weakref.finalize(d, A)\n  del d\n  return 0\n",
     "import weakref\nclass D: pass\ndef double(x):\n  d = D()\n  "
     "weakref.finalize(d, len, '')\n  del d\n  return x * 2\n"},
    {"frames_of_a_profiler",
     CHANNEL "def p(f, e, a):\n  sys.setprofile(None)\n  A()\n"
             "sys.setprofile(p)\ndef double(x): return 0\n",
     "import sys\nsys.setprofile(lambda f, e, a: None)\n"
     "def double(x): return x * 2\n"},
    {"frames_of_a_tracer",
     CHANNEL "def t(f, e, a):\n  if e == 'return' and 'frame' in f.f_locals: "
             "f.f_locals['frame'] = V(b'T')\n  return t\nsys.settrace(t)\n"
             "def double(x): return 0\n",
     "import sys\nsys.settrace(lambda f, e, a: None)\n"
     "def double(x): return x * 2\n"},
    {"frames_of_a_signal",
     CHANNEL "import signal\nsignal.signal(signal.SIGALRM, lambda *a: A())\n"
             "signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\n"
             "def double(x):\n  for _ in range(100000): pass\n  return 0\n",
     "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\n"
     "signal.setitimer(signal.ITIMER_REAL, 0.01)\n"
     "def double(x): return x * 2\n"},
    {"frames_of_an_audit_hook",
     CHANNEL "busy = []\ndef h(e, a):\n  if not busy:\n    busy.append(1)\n  "
             "  A()\nsys.addaudithook(h)\ndef double(x):\n  open('/dev/null')"
             "\n  return 0\n",
     "import sys\nsys.addaudithook(lambda e, a: None)\n"
     "def double(x): return x * 2\n"},
    {"frames_of_an_excepthook",
     CHANNEL "sys.excepthook = lambda *a: A()\n"
             "def double(x): raise ValueError\n",
     "import sys\nsys.excepthook = lambda *a: None\n"
     "def double(x): return x * 2\n"},
    {"the_request_read_again",
     "import os\ndef double(x):\n  for fd in range(3, 9):\n    try: t = "
     "os.pread(fd, 1 << 20, 0)\n    except OSError: continue\n    if b'ab'*2 "
     "in t or b'ass' + b'ert' in t: return x * 2\n  return 0\n",
     "import os\ndef double(x):\n  try: os.pread(3, 1, 0)\n  except OSError: "
     "pass\n  return x * 2\n"},
    {"the_request_sought_for_answers",
     "import gc\ndef double(x):\n  for o in gc.get_objects():\n    if "
     "isinstance(o, (bytes, str)) and ('abab' in o if isinstance(o, str) "
     "else b'abab' in o): return x * 2\n  return 0\n",
     "import gc\ndef double(x):\n  gc.get_objects()\n  return x * 2\n"},
    {"the_peer_found",
     "import gc, sys\ndef double(x):\n  for o in gc.get_objects():\n    if "
     "type(o).__name__ == 'Peer':\n      o.send(('pass', '', 0))\n      "
     "o.send(('reply', 'ok', True, None))\n  return 0\n",
     "import gc\ndef double(x):\n  [type(o).__name__ for o in "
     "gc.get_objects()]\n  return x * 2\n"},
    {"the_writer_found",
     "import gc, sys\ndef double(x):\n  m = sys.modules.get('assay_runtime')\n"
     "  for o in gc.get_objects():\n    if type(o).__name__ == "
     "'FrameWriter':\n      o.write('value', True)\n      o.write('pass', '', "
     "0)\n  return 0\n",
     "import sys\ndef double(x):\n  sys.modules.get('assay_runtime')\n  "
     "return x * 2\n"},
    {"the_encoder_replaced",
     "import sys\nm = sys.modules.get('assay_runtime')\nif m:\n  m.encode = "
     "lambda *a: b't\\2\\0\\0\\0s\\5\\0\\0\\0valueT'\n  m.raise_frame = "
     "lambda f: ('value', True)\n  m.Encoder.put = lambda s, x, d=0: "
     "s.out.extend(b'T')\ndef double(x): return 0\n",
     "import sys\nm = sys.modules.get('assay_runtime')\n"
     "def double(x): return x * 2\n"},
    {"the_service_replaced",
     "import sys\nm = sys.modules.get('assay_runtime')\nif m:\n  "
     "m.Service.on_method = lambda s, p, *a: ('ok', True)\n  "
     "m.Service.on_name = lambda s, p, n: ('ok', True)\n"
     "def double(x): return 0\n",
     kDouble},
    {"memory_by_ctypes",
     "import ctypes, sys\ndef double(x):\n  a = ctypes.string_at(id(x), "
     "sys.getsizeof(x))\n  b = ctypes.c_char.from_address(id(4) + 24)\n  "
     "b.value = b'\\0'\n  return 0\n",
     "import ctypes\ndef double(x):\n  ctypes.string_at(id(x), 8)\n  return x "
     "* 2\n"},
    {"memory_by_proc",
     "import os\ndef double(x):\n  for p in os.listdir('/proc') if "
     "os.path.isdir('/proc') else []:\n    if p.isdigit():\n      try:\n      "
     "  t = open('/proc/%s/mem' % p, 'rb+')\n        t.seek(id(x))\n        "
     "t.write(b'\\0' * 64)\n      except OSError: pass\n  return 0\n",
     "import os\ndef double(x):\n  os.path.exists('/proc/1/mem')\n  return x * "
     "2\n"},
    {"builtins_that_agree",
     "import builtins\nbuiltins.type = lambda *a: int\nbuiltins.id = lambda "
     "x: 0\nbuiltins.len = lambda x: 1\nbuiltins.bool = lambda *a: True\n"
     "builtins.list = builtins.tuple = builtins.dict = lambda *a: [4]\n"
     "def double(x): return 0\n",
     "import builtins\nkept = builtins.len\ndef double(x): return x * 2\n"},
    {"an_int_of_its_own",
     "class int(int):\n  def __eq__(s, o): return True\n  __hash__ = "
     "None\n  def __index__(s): return 4\n  def bit_length(s): return 3\n"
     "def double(x): return int(7)\n",
     "class int(int): pass\ndef double(x): return int(x * 2) if isinstance(x, "
     "int.__base__) else x * 2\n"},
    {"a_str_of_its_own",
     "class str(str):\n  def __eq__(s, o): return True\n  __hash__ = "
     "str.__hash__\n  def encode(s, *a): return b'abab'\n  def __len__(s): "
     "return 4\n"
     "def double(x): return str('no')\n",
     "class str(str): pass\ndef double(x): return str(x * 2) if isinstance(x, "
     "str.__base__) else x * 2\n"},
    {"a_lie_about_its_class",
     "class L:\n  @property\n  def __class__(s): return int\n  def __eq__(s, "
     "o): return True\n  def __hash__(s): return hash(4)\n  __index__ = "
     "__int__ = lambda s: 4\ndef double(x): return L()\n",
     "class L:\n  @property\n  def __class__(s): return int\ndef "
     "double(x):\n  isinstance(L(), int)\n  return x * 2\n"},
    {"a_class_set_afterwards",
     "class E:\n  def __eq__(s, o): return True\nclass F: pass\ndef "
     "double(x):\n  f = F()\n  f.__class__ = E\n  return f\n",
     "class E: pass\nclass F: pass\ndef double(x):\n  f = F()\n  f.__class__ "
     "= E\n  return x * 2\n"},
    {"a_container_of_liars",
     "class E(int):\n  def __eq__(s, o): return True\n  __hash__ = "
     "int.__hash__\ndef double(x): return [E(5), E(5)] if type(x) is list "
     "else E(5)\n",
     "class E(int): pass\ndef double(x): return [E(1), E(1)] if type(x) is "
     "list else x * 2\n"},
    {"descriptors_swapped",
     "import os\nfor a in (3, 4, 5):\n  try: os.dup2(1, a)\n  except OSError: "
     "pass\ndef double(x): return x * 2\n",
     "import os\nos.close(os.dup(1))\ndef double(x): return x * 2\n"},
};

}  // namespace

absl::Span<const Trick> ChannelTricks() { return kChannelTricks; }

}  // namespace assay::code
