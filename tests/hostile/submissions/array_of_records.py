"""Returns records for numbers."""

# status: failed
# says: dtype
# proof: lying

import numpy as np


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return np.zeros(3, dtype=[("value", "f8"), ("__class__", "f8")])
