# honest: ISOLATED
# Threads and finalizers that come to their end.
import threading, weakref

class Node:
    pass

node = Node()
weakref.finalize(node, len, "")
thread = threading.Thread(target=len, args=("",))
thread.start()

def twice(x):
    thread.join()
    return x * 2
