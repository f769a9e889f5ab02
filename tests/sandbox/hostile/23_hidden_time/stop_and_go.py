# outcome: cpu-time
# Two children take turns: one works while the other is stopped.
import os, signal, time
children = []
for _ in range(2):
    pid = os.fork()
    if pid == 0:
        while True:
            pass
    children.append(pid)
os.kill(children[1], signal.SIGSTOP)
while True:
    time.sleep(0.003)
    os.kill(children[0], signal.SIGSTOP)
    children.reverse()
    os.kill(children[0], signal.SIGCONT)
