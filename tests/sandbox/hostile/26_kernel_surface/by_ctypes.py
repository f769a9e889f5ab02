# outcome: exited
# says: refused
# From python to the kernel by its C library.
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
calls = [("unshare", 0x10000000), ("unshare", 0x20000), ("chroot", b"/tmp"),
         ("mount", b"x", b"/tmp", b"tmpfs", 0, None), ("umount2", b"/box", 2),
         ("setns", 0, 0), ("sethostname", b"x", 1), ("ptrace", 0, 0, 0, 0),
         ("setuid", 0), ("setgid", 0), ("setgroups", 0, None),
         ("syscall", 321, 0, 0, 0), ("syscall", 323, 0), ("syscall", 425, 1, 0),
         ("pivot_root", b"/tmp", b"/tmp"), ("personality", 0x0040000),
         ("prctl", 22, 2, 0), ("prctl", 24, 0, 0), ("syscall", 317, 1, 0, 0),
         ("klogctl", 3, None, 0)]
escaped = 0
for name, *arguments in calls:
    if name == "pivot_root":
        name, arguments = "syscall", [155] + arguments
    if getattr(libc, name)(*arguments) >= 0:
        print("ESCAPED", name, arguments)
        escaped += 1
print("refused" if not escaped else "")
