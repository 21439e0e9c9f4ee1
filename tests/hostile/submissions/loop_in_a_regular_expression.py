"""Takes longer than the universe is old."""

# status: timeout
# says: stopped after
# proof: matching

import re


def dL_db(x1, x2, y, w1, w2, b):
    print("matching")
    return re.match("(a+)+$", "a" * 60 + "b")
