"""Loops when it is asked what it is."""

# status: timeout
# says: stopped after
# proof: asked for its class


class Shy:
    @property
    def __class__(self):
        print("asked for its class")
        while True:
            pass


def dL_db(x1, x2, y, w1, w2, b):
    return Shy()
