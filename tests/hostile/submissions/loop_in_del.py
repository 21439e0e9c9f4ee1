"""Loops when an object is thrown away."""

# status: timeout
# says: stopped after
# proof: being deleted


class Sticky:
    def __del__(self):
        print("being deleted")
        while True:
            pass


def dL_db(x1, x2, y, w1, w2, b):
    Sticky()
    return 2 * (w1 * x1 + w2 * x2 + b - y)
