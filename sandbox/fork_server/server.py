"""The warm interpreter of a profile: it imports and exercises ordinary code,
then clones itself into a fresh box for each run that the launcher asks for.

usage: server.py PROFILE CONTROL_FD REQUIRED... -- PRELOAD...

It never sees a candidate or a test: those reach the clone alone, by
descriptors 0 to 4. Its own death disturbs no run.
"""

import ctypes
import gc
import importlib
import io
import marshal
import os
import sys
import traceback

FOLDER = os.path.dirname(os.path.abspath(__file__)) + "/"
# What assay_serve returns in a clone.
CLONE = 0
CLONE_WITH_ENVIRONMENT = 2
# How a server ends whose profile cannot be had on this host.
ABSENT = 3


def require(names):
    """Ends the server where one of them cannot be imported."""
    for name in names:
        try:
            importlib.import_module(name)
        except BaseException as error:
            print(f"module {name}: {error}", file=sys.stderr)
            sys.stderr.flush()
            os._exit(ABSENT)


def warm_up(profile, names):
    """Imports what is there and touches the heap as ordinary programs do."""
    for name in names:
        try:
            importlib.import_module(name)
        except Exception:  # Absent here, or broken: the run will say so.
            pass
    index = 0
    saved = sys.stdin, sys.stdout
    while os.path.exists(path := f"{FOLDER}{profile}.exercise{index}.py"):
        index += 1
        sys.stdin, sys.stdout = io.StringIO(), io.StringIO()
        try:
            with open(path, encoding="utf-8") as file:
                code = compile(file.read(), "<exercise>", "exec")
            exec(code, {"__name__": "__main__"})
        except SystemExit:
            pass
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdin, sys.stdout = saved


def compile_elsewhere(path, name):
    """The code of a file, compiled by a child: a compiler leaves megabytes
    of torn heap behind, and each clone pays for each page."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            with open(path, encoding="utf-8") as file:
                code = marshal.dumps(compile(file.read(), name, "exec"))
            with open(writing, "wb") as file:
                file.write(code)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with open(reading, "rb") as file:
        code = file.read()
    if os.waitpid(pid, 0)[1] != 0:
        os._exit(1)
    return marshal.loads(code)


def load_runtime(profile):
    """The module whose `main` each clone runs."""
    module = type(sys)("assay_runtime")
    path = f"{FOLDER}{profile}.runtime.py"
    exec(compile_elsewhere(path, "<runtime>"), module.__dict__)
    sys.modules["assay_runtime"] = module
    return module


def prepare(module):
    """What the runtime does once, for all clones. It finds pipes, as a run
    does; our own complaints are elsewhere."""
    if not hasattr(module, "prepare"):
        return
    complaints = os.dup(2)
    os.dup2(1, 2)
    module.prepare()
    os.dup2(complaints, 2)
    os.close(complaints)


def read_request():
    try:
        size = os.fstat(3).st_size
    except OSError:
        return b""
    return os.pread(3, size, 0)


def take_environment(shim):
    size = ctypes.c_size_t()
    text = shim.assay_environment(ctypes.byref(size))
    for pair in ctypes.string_at(text, size.value).split(b"\0"):
        name, equals, value = pair.partition(b"=")
        if equals:
            os.environb[name] = value


def finish(status):
    """Ends as the interpreter would, without tearing down a warm heap."""
    threading = sys.modules.get("threading")
    try:
        if threading is not None:
            threading._shutdown()
        atexit = sys.modules.get("atexit") or importlib.import_module("atexit")
        atexit._run_exitfuncs()
    except BaseException:
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            status = status or 120
    os._exit(status & 0xFF)


def exit_status(error):
    """What sys.exit(code) means."""
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code
    print(code, file=sys.stderr)
    return 1


def reseed():
    """Clones must not draw the same random numbers."""
    random = sys.modules.get("random")
    if random is not None:
        random.seed(int.from_bytes(os.urandom(32), "little"))
    for name, bits in (("numpy.random", 32), ("torch", 64)):
        module = sys.modules.get(name)
        if module is not None:
            seed = getattr(module, "seed" if bits == 32 else "manual_seed")
            seed(int.from_bytes(os.urandom(bits // 8), "little"))


def run(main, shim, has_environment):
    status = 1
    try:
        reseed()
        if has_environment:
            take_environment(shim)
        status = main(read_request(), 4)
        status = status if isinstance(status, int) else 0
    except SystemExit as error:
        status = exit_status(error)
    except BaseException:
        traceback.print_exc()
        status = 1
    finish(status)


def run_cold(verb, profile, names):
    """Where nothing can be cloned into a box: one request, in a box already,
    or `check`, which says whether such a run could be had."""
    require(names)
    module = load_runtime(profile)
    if verb == "check":
        os._exit(0)
    prepare(module)
    run(module.main, None, False)


def free_blocks():
    """(size, count) of the free blocks in CPython's pools of small objects;
    nothing where the allocator is another one."""
    complaints = os.dup(2)
    with open(os.memfd_create("stats"), "w+b") as file:
        os.dup2(file.fileno(), 2)
        try:
            sys._debugmallocstats()
        except AttributeError:
            pass
        os.dup2(complaints, 2)
        os.close(complaints)
        file.seek(0)
        for line in file.read().decode(errors="replace").splitlines():
            words = line.split()  # class, size, pools, in use, free
            if len(words) == 5 and all(map(str.isdigit, words)):
                yield int(words[1]), int(words[4])


def plug_heap():
    """Objects in all of them: what a clone makes then comes from fresh pools,
    side by side, instead of holes all over the heap, each in a page that the
    clone has to copy."""
    plugs = []
    header = bytes().__sizeof__()
    for size, count in free_blocks():
        if size > header:
            plugs.append([bytes(size - header) for _ in range(count)])
        elif size == 32:
            plugs.append([float(i) for i in range(count)])
        elif size == 16:
            plugs.append([object() for _ in range(count)])
    return plugs


def serve():
    profile, control = sys.argv[1:3]
    split = sys.argv.index("--")
    required, names = sys.argv[3:split], sys.argv[split + 1:]
    sys.argv = [""]
    sys.path[:] = [path for path in sys.path if path != FOLDER.rstrip("/")]
    if control in ("once", "check"):
        run_cold(control, profile, required)
    # What modules want done in a child mends locks that other threads held;
    # here is one thread. `reseed` does the rest.
    register_at_fork = os.register_at_fork
    os.register_at_fork = lambda **hooks: None
    require(required)
    warm_up(profile, names)
    os.register_at_fork = register_at_fork
    os.environ.clear()
    module = load_runtime(profile)
    prepare(module)
    shim = ctypes.PyDLL(FOLDER + "libassay_fork.so")
    shim.assay_environment.restype = ctypes.c_void_p
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except AttributeError:  # Another libc.
        pass
    gc.freeze()
    plugs = plug_heap()  # pylint: disable=unused-variable
    shim.assay_settle_heap()
    # Returns in each clone; in this process only when all is over.
    told = shim.assay_serve(int(control))
    if told not in (CLONE, CLONE_WITH_ENVIRONMENT):
        os._exit(1)
    run(module.main, shim, told == CLONE_WITH_ENVIRONMENT)


serve()
