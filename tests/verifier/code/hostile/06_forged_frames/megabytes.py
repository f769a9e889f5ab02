# refused: WRONG_ANSWER RUNTIME_ERROR OUTPUT_LIMIT MEMORY_LIMIT TIME_LIMIT
# time: 500
# Megabytes to every descriptor but the known ones.
import os
for fd in range(3, 16):
    try:
        for _ in range(200):
            os.write(fd, b"\0" * 1048576)
    except OSError:
        pass

def twice(x):
    return 0
