"""Calls itself without end."""

# status: error
# says: calls itself too often
# proof: deeper deeper


def dL_db(x1, x2, y, w1, w2, b):
    print("deeper", end=" ")
    return dL_db(x1, x2, y, w1, w2, b)
