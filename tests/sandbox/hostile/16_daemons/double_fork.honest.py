# honest: 42
# A child that hands its answer over through a file.
import os
pid = os.fork()
if pid == 0:
    with open("/tmp/answer", "w") as file:
        file.write("42")
    os._exit(0)
os.waitpid(pid, 0)
print(open("/tmp/answer").read())
