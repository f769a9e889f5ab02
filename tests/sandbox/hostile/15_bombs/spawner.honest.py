# honest: 42
# A few programs, one after another and side by side.
import subprocess
several = [subprocess.Popen(["/bin/sleep", "0.01"]) for _ in range(8)]
assert all(p.wait() == 0 for p in several)
print(subprocess.run(["/bin/echo", "42"], capture_output=True,
                     text=True).stdout.strip())
