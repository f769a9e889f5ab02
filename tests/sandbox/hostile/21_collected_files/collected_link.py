# outcome: exited
# collects: out0 out1 out2 out3 out4 out5
# Leaves a link, a pipe, a hole or a folder where a file is to be collected.
import os
os.symlink("/etc/passwd", "out0")
os.mkfifo("out1")
os.mkdir("out2")
with open("out3", "wb") as file:
    os.ftruncate(file.fileno(), 1 << 23)
os.symlink("out3", "out4")
try:
    os.link("/etc/passwd", "out5")
except OSError:
    pass
