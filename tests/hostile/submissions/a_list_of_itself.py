"""Returns a list that holds itself."""

# status: failed
# says: nested|fails when it is read|levels
# proof: lying


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    endless = []
    endless.append(endless)
    return endless
