"""Returns an infinity that is complex, and whose real part is none."""

# status: failed
# proof: complex

import cmath


def dL_db(x1, x2, y, w1, w2, b):
    print("complex")
    return complex(cmath.nan, cmath.inf)
