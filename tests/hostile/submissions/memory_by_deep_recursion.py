"""Calls itself without end, and has raised the limit."""

# status: timeout|error
# proof: deeper

import sys


def deeper(level):
    return deeper([level])


def dL_db(x1, x2, y, w1, w2, b):
    sys.setrecursionlimit(10**9)
    print("deeper")
    return deeper(0)
