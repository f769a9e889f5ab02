# outcome: exited
# says: tried
# Locks and leases on files that all boxes share.
import fcntl, os
for path in ("/etc/passwd", "/usr/bin/env", "/usr/lib", "/proc/version",
             "/dev/null", "/etc/hosts"):
    fd = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print("ESCAPED flock", path)
    except OSError:
        pass
    for kind in (fcntl.F_RDLCK, fcntl.F_WRLCK):
        try:
            fcntl.fcntl(fd, fcntl.F_SETLEASE, kind)
            print("ESCAPED lease", path)
        except OSError:
            pass
    try:
        fcntl.fcntl(fd, fcntl.F_NOTIFY, 1)
        print("ESCAPED notify", path)
    except OSError:
        pass
    try:
        fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        print("ESCAPED lock", path)
    except OSError:
        pass
    try:
        fcntl.fcntl(fd, fcntl.F_SETOWN, 1)
        print("ESCAPED owner", path)
    except OSError:
        pass
print("tried")
