# honest: 42
# A child that waits for a signal to go on.
import os, signal, time
reading, writing = os.pipe()
pid = os.fork()
if pid == 0:
    os.kill(os.getpid(), signal.SIGSTOP)
    os.write(writing, b"42")
    os._exit(0)
os.waitpid(pid, os.WUNTRACED)
os.kill(pid, signal.SIGCONT)
print(os.read(reading, 2).decode())
