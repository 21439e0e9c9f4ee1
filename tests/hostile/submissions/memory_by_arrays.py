"""Asks NumPy for a hundred gigabytes."""

# status: error
# says: MemoryError|Unable to allocate
# proof: asking

import numpy as np


def dL_db(x1, x2, y, w1, w2, b):
    print("asking")
    return np.ones(10**10).sum()
