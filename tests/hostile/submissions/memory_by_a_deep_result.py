"""Returns a list a hundred thousand levels deep."""

# status: failed
# says: nested|fails when it is read|levels
# proof: deep


def dL_db(x1, x2, y, w1, w2, b):
    nested = []
    for _ in range(10**5):
        nested = [nested]
    print("deep")
    return nested
