# outcome: exited
# Looks for secrets in memory that it inherited.
import os
for path in ("/proc/self/environ", "/proc/1/environ"):
    try:
        if b"ASSAY" in open(path, "rb").read():
            print("ESCAPED", path)
    except OSError:
        pass
if any("ASSAY" in name for name in os.environ):
    print("ESCAPED environment")
