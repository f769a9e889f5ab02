# honest: 42 7
# An event loop, and a pair of sockets of its own.
import asyncio, socket
a, b = socket.socketpair()
a.sendall(b"42")
async def seven():
    await asyncio.sleep(0)
    return 7
print(b.recv(2).decode(), asyncio.run(seven()))
