# refused: TIME_LIMIT
# time: 200
# Half a message, and silence.
import os, time
for fd in (4, 5):
    try:
        os.write(fd, b"\x40\0\0\0t\3\0\0")
    except OSError:
        pass
time.sleep(1000)

def twice(x):
    return x * 2
