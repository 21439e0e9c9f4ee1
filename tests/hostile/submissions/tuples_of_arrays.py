"""Returns tuples of tuples of arrays, each small enough to be shown."""

# status: failed
# proof: tuples of arrays

import numpy as np


def nest(k):
    return tuple(nest(k - 1) for _ in range(12)) if k else np.full(60, 0.123456789)


def dL_db(x1, x2, y, w1, w2, b):
    print("tuples of arrays")
    return nest(3)
