# outcome: cpu-time
# Disarms every timer and handler of the process that judges.
import signal
for s in range(1, 65):
    try:
        signal.signal(s, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.setitimer(signal.ITIMER_REAL, 0)
signal.alarm(0)
while True:
    pass
