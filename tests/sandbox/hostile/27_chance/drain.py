# outcome: exited
# says: done
# Writes to and reads from the well of chance, much.
import os
for path in ("/dev/random", "/dev/urandom"):
    fd = os.open(path, os.O_RDWR)
    os.write(fd, bytes(65536))
    first, second = os.read(fd, 1 << 20), os.read(fd, 1 << 20)
    if first == second or first.count(0) > len(first) // 64:
        print("ESCAPED", path)
print("done")
