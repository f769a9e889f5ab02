# outcome: exited cpu-time
# A tree too deep for path names.
import os
for i in range(3000):
    try:
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    except OSError:
        break
