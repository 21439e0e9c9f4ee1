"""Returns a moment for a number."""

# status: failed
# says: datetime64
# proof: lying

import numpy as np


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return np.array("2026-11-02", dtype="datetime64[D]")
