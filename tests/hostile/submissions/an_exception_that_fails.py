"""Raises an exception that cannot be read."""

# status: error
# says: Awful
# proof: raising


class Awful(BaseException):
    def __str__(self):
        raise self

    __repr__ = __str__

    @property
    def args(self):
        raise self


def dL_db(x1, x2, y, w1, w2, b):
    print("raising")
    raise Awful
