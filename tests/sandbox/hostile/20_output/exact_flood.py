# outcome: exited
# says: xxx
# Complaints without bound, which are dropped and never block.
import os, sys
for _ in range(64):
    os.write(2, b"e" * 65536)
sys.stdout.write("x" * ((1 << 20) - 1))
