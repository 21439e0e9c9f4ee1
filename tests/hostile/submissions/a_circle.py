"""Lets two functions call each other, each in the hope that the other is replaced."""

# loses: dL_dw1
# status: error
# says: calls itself too often
# proof: round and round


def dL_dw1(x1, x2, y, w1, w2, b):
    return dL_dw2(x2, x1, y, w2, w1, b)


def dL_dw2(x1, x2, y, w1, w2, b):
    print("round and round")
    return dL_dw1(x2, x1, y, w2, w1, b)
