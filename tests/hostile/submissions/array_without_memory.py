"""Returns an array of a petabyte that has no memory."""

# status: failed
# says: side|memory|read|MB
# proof: lying

import numpy as np


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return np.lib.stride_tricks.as_strided(np.zeros(1), (1 << 40,), (0,))
