"""Raises what Ctrl-C raises."""

# status: error
# says: KeyboardInterrupt
# proof: interrupting


def dL_db(x1, x2, y, w1, w2, b):
    print("interrupting")
    raise KeyboardInterrupt
