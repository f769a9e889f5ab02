# outcome: memory signaled exited
# code: 1
# Children that each hold a share, none of them large.
import mmap, os, time
for _ in range(20):
    if os.fork() == 0:
        block = mmap.mmap(-1, 12 << 20)
        for at in range(0, 12 << 20, 4096):
            block[at] = 1
        time.sleep(1000)
time.sleep(0.2)
held = bytearray(200 << 20)
print("ESCAPED")
