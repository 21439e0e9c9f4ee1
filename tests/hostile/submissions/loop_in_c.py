"""Never comes back from C, where no Python code could be interrupted."""

# status: timeout
# says: stopped after
# proof: counting

import itertools


def dL_db(x1, x2, y, w1, w2, b):
    print("counting")
    return sum(itertools.repeat(0))
