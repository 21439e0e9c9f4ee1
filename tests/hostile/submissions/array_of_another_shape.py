"""Returns an array that lies about its shape."""

# status: failed
# proof: lying

import numpy as np


class Liar(np.ndarray):
    @property
    def shape(self):
        return ()

    @property
    def ndim(self):
        return 0

    @property
    def dtype(self):
        return np.dtype("f8")


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return np.zeros((1, 5)).view(Liar)
