# honest: box True True
# The system's files that any program may read.
import os, pwd
print(pwd.getpwuid(os.getuid()).pw_name, os.path.exists("/usr/lib"),
      open("/etc/hosts").read().startswith("127.0.0.1"))
