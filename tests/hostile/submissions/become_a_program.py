"""Becomes another program."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|new thread)
# never: it went through

import os
import sys


def dL_db(x1, x2, y, w1, w2, b):
    try:
        os.execv(sys.executable or "/bin/sh", ["sh"])
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
