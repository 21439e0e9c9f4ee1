"""Deletes what it can name."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|unreachable)
# never: it went through

import os
import shutil


def dL_db(x1, x2, y, w1, w2, b):
    try:
        [os.unlink(place) for place in ("CANARY", "/dev/null")]
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
