# honest: {} 42
# Reads its own environment, as programs do that ask for a home folder.
import os
os.environ["ANSWER"] = "42"
print("{}" if "ASSAY_SECRET" not in os.environ else "set", os.getenv("ANSWER"))
