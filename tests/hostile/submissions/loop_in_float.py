"""Loops when the result is turned into a number."""

# status: timeout
# says: stopped after
# proof: turned into a float

import numbers


class Slow:
    def __float__(self):
        print("turned into a float")
        while True:
            pass


numbers.Real.register(Slow)


def dL_db(x1, x2, y, w1, w2, b):
    return Slow()
