# refused: WRONG_ANSWER RUNTIME_ERROR TIME_LIMIT
# time: 300
# Threads, timers and finalizers that are still there at the end.
import atexit, signal, threading, time, weakref

class Last:
    def __del__(self):
        while True:
            pass

last = Last()
weakref.finalize(last, time.sleep, 1000)
atexit.register(time.sleep, 1000)
threading.Thread(target=time.sleep, args=(1000,)).start()
signal.setitimer(signal.ITIMER_PROF, 0.01, 0.01)

def twice(x):
    return 0
