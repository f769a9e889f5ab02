# honest: python3 True True
# What /proc says of oneself, and the one name that one may set.
import os
status = open("/proc/self/status").read()
with open("/proc/self/comm") as file:
    name = file.read().strip()[:7]
print(name, f"Pid:\t{os.getpid()}" in status, os.cpu_count() >= 1)
