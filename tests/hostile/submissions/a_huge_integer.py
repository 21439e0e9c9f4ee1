"""Returns an integer of a hundred thousand digits."""

# status: failed
# says: 64 bits
# proof: lying


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return 1 << 330_000
