# honest: 42
# collects: out0 out1
# Leaves the same twice: a file, and one that was moved to its name.
with open("out0", "w") as file:
    file.write("42\n")
with open("/box/other", "w") as file:
    file.write("42\n")
import os
os.rename("/box/other", "out1")
print(42)
