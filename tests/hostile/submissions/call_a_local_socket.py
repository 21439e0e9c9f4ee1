"""Talks to a server on this machine."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|unreachable)
# never: it went through

import socket


def dL_db(x1, x2, y, w1, w2, b):
    try:
        socket.socket(socket.AF_UNIX).connect("SOCKET")
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
