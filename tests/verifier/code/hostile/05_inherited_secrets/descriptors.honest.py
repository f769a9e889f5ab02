# honest: ISOLATED
# Its own files.
import os, tempfile

def twice(x):
    with tempfile.TemporaryFile("w+") as file:
        file.write("2")
        file.seek(0)
        return x * int(file.read())
