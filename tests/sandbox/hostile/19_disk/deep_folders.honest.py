# honest: 100 True
# A tree a hundred folders deep, and its end.
import os, shutil
path = "/tmp" + "/d" * 100
os.makedirs(path)
depth = sum(1 for _ in os.walk("/tmp/d"))
shutil.rmtree("/tmp/d")
print(depth, not os.path.exists("/tmp/d"))
