"""Returns an array of twenty dimensions."""

# status: failed
# says: 20 dimensions
# proof: lying

import numpy as np


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return np.zeros((1,) * 20)
