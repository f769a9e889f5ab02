# honest: 42
# A module of its own, in its own folder.
import sys
with open("/box/own_module.py", "w") as file:
    file.write("answer = 42\n")
sys.path.insert(0, "/box")
import own_module
print(own_module.answer)
