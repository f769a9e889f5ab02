# outcome: exited signaled
# Closes every descriptor, then goes on.
import os
os.closerange(0, 1024)
for i in range(8):
    os.open("/dev/null", os.O_RDWR)
