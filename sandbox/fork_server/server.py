"""The warm interpreter of a profile: it imports and exercises ordinary code,
then clones itself into a fresh box for each run that the launcher asks for.

usage: server.py PROFILE CONTROL_FD PRELOAD...

It never sees a candidate or a test: those reach the clone alone, by
descriptors 0 to 4. Its own death disturbs no run.
"""

import ctypes
import gc
import importlib
import io
import os
import sys
import traceback

FOLDER = "/assay/"


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


def load_runtime(profile):
    """The module whose `main` each clone runs."""
    module = type(sys)("assay_runtime")
    path = f"{FOLDER}{profile}.runtime.py"
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), "<runtime>", "exec"), module.__dict__)
    sys.modules["assay_runtime"] = module
    return module.main


def read_request():
    try:
        size = os.fstat(3).st_size
    except OSError:
        return b""
    return os.pread(3, size, 0)


def take_environment(shim):
    size = ctypes.c_size_t()
    text = shim.assay_environment(ctypes.byref(size))
    os.environ.clear()
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


def run(main, shim):
    status = 1
    try:
        take_environment(shim)
        status = main(read_request(), 4)
        status = status if isinstance(status, int) else 0
    except SystemExit as error:
        status = exit_status(error)
    except BaseException:
        traceback.print_exc()
        status = 1
    finish(status)


def serve():
    profile, control = sys.argv[1], int(sys.argv[2])
    names = sys.argv[3:]
    sys.argv = [""]
    sys.path[:] = [path for path in sys.path if path != FOLDER.rstrip("/")]
    warm_up(profile, names)
    main = load_runtime(profile)
    shim = ctypes.PyDLL(FOLDER + "libassay_fork.so")
    shim.assay_environment.restype = ctypes.c_void_p
    gc.collect()
    gc.freeze()
    # Returns 0 in each clone; in this process only when all is over.
    if shim.assay_serve(control) != 0:
        os._exit(1)
    run(main, shim)


serve()
