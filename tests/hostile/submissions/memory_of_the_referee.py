"""Returns as much as it can."""

# status: failed
# says: MB
# proof: large

import numpy as np


def dL_db(x1, x2, y, w1, w2, b):
    print("large")
    return np.zeros((3, 10**6))
