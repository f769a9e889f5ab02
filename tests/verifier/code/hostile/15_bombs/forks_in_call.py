# refused: RUNTIME_ERROR WRONG_ANSWER TIME_LIMIT MEMORY_LIMIT
# time: 300
# Doubles itself in each call; every half answers.
import os

def twice(x):
    for _ in range(12):
        try:
            os.fork()
        except OSError:
            pass
    return 0
