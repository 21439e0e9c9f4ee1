"""Raises an exception that is its own cause, in a circle."""

# status: error
# says: ValueError
# proof: raising


def dL_db(x1, x2, y, w1, w2, b):
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    one.__context__, other.__context__ = other, one
    print("raising")
    raise one
