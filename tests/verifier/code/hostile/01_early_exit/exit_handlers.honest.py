# honest: ISOLATED
# Handlers of its own, for its own ends.
import atexit, signal, sys
atexit.register(lambda: None)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

def twice(x):
    try:
        sys.exit(0)
    except SystemExit:
        return x * 2
