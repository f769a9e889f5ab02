# outcome: exited
# A meeting place by name, in the network namespace that boxes share.
import socket
for name in ("\0meet", "/tmp/meet"):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        try:
            socket.socket(socket.AF_UNIX, kind).bind(name)
            print("ESCAPED")
        except OSError:
            pass
a, b = socket.socketpair()
for name in ("\0meet", "/tmp/meet"):
    try:
        a.bind(name)
        print("ESCAPED bind")
    except OSError:
        pass
