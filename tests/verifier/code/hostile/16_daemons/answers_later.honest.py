# honest: ISOLATED
# A thread that is left running.
import threading, time
threading.Thread(target=lambda: time.sleep(1000), daemon=True).start()

def twice(x):
    return x * 2
