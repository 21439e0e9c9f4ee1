"""Starts an event loop, which needs sockets."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|unreachable)
# never: it went through

import asyncio


def dL_db(x1, x2, y, w1, w2, b):
    try:
        asyncio.run(asyncio.open_connection("127.0.0.1", PORT))
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
