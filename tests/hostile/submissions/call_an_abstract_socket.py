"""Talks to a socket without a file."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|unreachable)
# never: it went through

import socket


def dL_db(x1, x2, y, w1, w2, b):
    try:
        socket.socket(socket.AF_UNIX).connect("\0" + "SOCKET")
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
