"""Overflows the C stack."""

# status: error|timeout
# proof: deep

import sys


def dL_db(x1, x2, y, w1, w2, b):
    sys.setrecursionlimit(10**9)
    nested = []
    for _ in range(200_000):
        nested = [nested]
    print("deep")
    return len(repr(nested))
