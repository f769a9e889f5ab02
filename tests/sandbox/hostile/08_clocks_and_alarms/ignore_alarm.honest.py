# honest: rang
# An alarm of its own, handled and waited for.
import signal
signal.signal(signal.SIGALRM, lambda *_: print("rang"))
signal.setitimer(signal.ITIMER_REAL, 0.01)
signal.pause()
