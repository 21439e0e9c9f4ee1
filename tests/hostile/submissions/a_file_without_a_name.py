"""Runs a program from a file in memory."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|unreachable)
# never: it went through

import os


def dL_db(x1, x2, y, w1, w2, b):
    try:
        os.execv(f"/proc/self/fd/{os.memfd_create('program')}", ["program"])
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
