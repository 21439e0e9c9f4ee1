"""Gives a generator that never ends for a number."""

# status: failed
# says: returned a generator
# proof: a generator


def dL_db(x1, x2, y, w1, w2, b):
    def forever():
        while True:
            yield 0.0

    print("a generator")
    return forever()
