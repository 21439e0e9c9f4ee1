"""Prints and raises text that is no text."""

# status: error
# says: ValueError
# proof: lonely


def dL_db(x1, x2, y, w1, w2, b):
    print("\ud800 lonely")
    raise ValueError("\ud800\udfff\x00")
