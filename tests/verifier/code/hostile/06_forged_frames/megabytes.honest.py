# honest: ISOLATED
# Megabytes through a pipe of its own.
import os, threading

def twice(x):
    reading, writing = os.pipe()
    thread = threading.Thread(
        target=lambda: (os.write(writing, b"x" * 4000000), os.close(writing)))
    thread.start()
    with open(reading, "rb") as file:
        size = len(file.read())
    thread.join()
    return x * (size // 2000000)
