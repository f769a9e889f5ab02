# honest: [15, 15, 15]
# A group of its own children, ended by one signal.
import os, signal, subprocess
first = subprocess.Popen(["/bin/sleep", "100"], process_group=0)
group = [first] + [subprocess.Popen(["/bin/sleep", "100"],
                                    process_group=first.pid)
                   for _ in range(2)]
os.killpg(first.pid, signal.SIGTERM)
print([-p.wait() for p in group])
