"""Becomes root, or anybody else."""

# status: failed
# proof: refused: .*not permitted
# never: it went through

import os


def dL_db(x1, x2, y, w1, w2, b):
    try:
        os.setresuid(0, 0, 0) or os.setgroups([0]) or os.seteuid(0)
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
