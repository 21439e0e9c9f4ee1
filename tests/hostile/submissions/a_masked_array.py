"""Returns an array whose elements are all masked."""

# status: failed
# says: masked array
# proof: lying

import numpy as np


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return np.ma.masked_all(())
