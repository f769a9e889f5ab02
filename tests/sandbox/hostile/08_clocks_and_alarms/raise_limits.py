# outcome: exited
# Raises its own limits.
import resource
for name in ("CPU", "FSIZE", "NOFILE", "NPROC", "STACK", "CORE", "MEMLOCK"):
    number = getattr(resource, "RLIMIT_" + name)
    soft, hard = resource.getrlimit(number)
    try:
        resource.setrlimit(number, (hard + 1, hard + 1))
        print("ESCAPED", name)
    except (ValueError, OSError):
        pass
