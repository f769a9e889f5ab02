# honest: lowered
# Limits may be read and lowered; a deep stack may be asked for.
import resource, sys
soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
resource.setrlimit(resource.RLIMIT_STACK, (hard, hard))
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
sys.setrecursionlimit(10 ** 6)
print("lowered" if resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 64 else "")
