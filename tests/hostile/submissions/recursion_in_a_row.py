"""Statements that call themselves until nothing is left of the stack."""

# loses: nothing
# status: passed
# says: RecursionError
# proof: deeper

import sys

print("deeper")


def deeper(k):
    return deeper(k + 1)


deeper(0)
deeper(1)
deeper(2)
sys.setrecursionlimit(10**8)
[].sort(key=lambda *_: deeper(3)) or deeper(3)
deeper(4)
