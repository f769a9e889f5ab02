# honest: 42
# Closes what it opened, and moves its own output about.
import os
kept = os.dup(1)
extra = os.open("/dev/null", os.O_RDWR)
os.dup2(extra, 1)
print("lost", flush=True)
os.dup2(kept, 1)
os.close(kept)
os.close(extra)
print(42)
