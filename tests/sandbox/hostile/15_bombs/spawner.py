# outcome: exited
# says: bounded
# Starts programs until no more can be had.
import os, subprocess
started = 0
try:
    for started in range(1000):
        subprocess.Popen(["/bin/sleep", "1000"])
    print("ESCAPED", started)
except OSError:
    print("bounded" if started < 64 else "ESCAPED")
