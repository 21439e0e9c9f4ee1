"""Makes a string of ten gigabytes."""

# status: error
# says: MemoryError
# proof: asking


def dL_db(x1, x2, y, w1, w2, b):
    print("asking")
    return len("x" * 10**10)
