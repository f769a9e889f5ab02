# honest: 42
# A map that two processes share.
import mmap, os
block = mmap.mmap(-1, 8 << 20)
pid = os.fork()
if pid == 0:
    block[4096] = 42
    os._exit(0)
os.waitpid(pid, 0)
print(block[4096])
