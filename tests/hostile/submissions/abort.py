"""Aborts."""

# status: error
# says: crashed
# proof: aborting

import os


def dL_db(x1, x2, y, w1, w2, b):
    print("aborting")
    os.abort()
