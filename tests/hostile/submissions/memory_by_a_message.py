"""Raises an exception with a message of a hundred megabytes."""

# status: error
# says: ValueError
# proof: raising


def dL_db(x1, x2, y, w1, w2, b):
    print("raising")
    raise ValueError("x" * 10**8)
