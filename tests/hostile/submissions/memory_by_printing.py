"""Prints a gigabyte."""

# status: failed|timeout
# proof: x{1000}


def dL_db(x1, x2, y, w1, w2, b):
    for _ in range(1000):
        print("x" * 10**6)
    return 0.25
