"""Returns text for a number."""

# status: failed
# proof: lying


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return str(2 * (w1 * x1 + w2 * x2 + b - y)) * 1000
