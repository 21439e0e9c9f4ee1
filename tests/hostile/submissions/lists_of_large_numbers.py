"""Returns lists of lists of numbers with many digits."""

# status: failed
# proof: large numbers


def nest(k):
    return [nest(k - 1) for _ in range(11)] if k else -(2**63)


def dL_db(x1, x2, y, w1, w2, b):
    print("large numbers")
    return nest(4)
