# honest: ISOLATED
# A rest before it is ready, and one before it answers.
import time
time.sleep(0.01)

def twice(x):
    time.sleep(0.01)
    return x * 2
