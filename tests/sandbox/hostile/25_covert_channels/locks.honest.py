# honest: 1 locked
# A database and a locked file, both its own.
import fcntl, os
with open("/tmp/own", "w") as file:
    fcntl.lockf(file, fcntl.LOCK_EX)
    file.write("1")
try:
    import sqlite3
    base = sqlite3.connect("/tmp/base")
    base.execute("create table t (x)")
    base.execute("insert into t values (1)")
    base.commit()
    count = base.execute("select count(*) from t").fetchone()[0]
except ImportError:
    count = 1
print(count, "locked")
