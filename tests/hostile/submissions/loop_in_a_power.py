"""One integer operation that holds the interpreter for hours."""

# status: timeout
# says: stopped after
# proof: raising to a power


def dL_db(x1, x2, y, w1, w2, b):
    print("raising to a power")
    return 7**10**8 % 11
