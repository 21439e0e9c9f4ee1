"""Wants to outlive the grading as a daemon."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|new thread)
# never: it went through

import os


def dL_db(x1, x2, y, w1, w2, b):
    try:
        os.fork() or os.setsid() or os.fork()
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
