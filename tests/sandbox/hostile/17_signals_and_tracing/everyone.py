# outcome: exited
# says: 0 escaped
# Every signal to every process and group that has a number.
import os, signal
escaped = 0
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for pid in [0, 1, -1] + list(range(2, 400)):
    for number in (0, signal.SIGTERM):
        if pid in (os.getpid(), 0, -1) and number:
            continue
        try:
            os.kill(pid, number)
            # Only the box's own are there: init, which is deaf, and we.
            escaped += pid not in (1, 0, -1, os.getpid())
        except OSError:
            pass
for group in range(3, 400):
    try:
        os.killpg(group, 0)
        escaped += group != os.getpgrp()
    except OSError:
        pass
print(escaped, "escaped")
