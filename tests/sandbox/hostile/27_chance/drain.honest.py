# honest: 3 True
# Chance with a seed, and chance without one.
import random, secrets
random.seed(7)
first = [random.randrange(6) for _ in range(3)]
random.seed(7)
print(len(first), first == [random.randrange(6) for _ in range(3)]
      and secrets.token_bytes(8) != secrets.token_bytes(8))
