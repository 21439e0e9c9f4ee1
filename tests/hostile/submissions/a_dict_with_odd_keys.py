"""Returns a dict with keys that are no text."""

# status: failed
# says: keys|dict
# proof: lying


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return {(1, 2): 3.0, None: 4.0}
