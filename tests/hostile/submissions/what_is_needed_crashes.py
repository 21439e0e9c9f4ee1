"""What a function needs is computed by statements that crash; all others are judged as ever."""

# status: error
# proof: needed and crashed

import ctypes

print("needed and crashed", flush=True)


def crash(k):
    return ctypes.string_at(k)


n1 = crash(0)
n2 = crash(1)
n3 = crash(2)


def dL_db(x1, x2, y, w1, w2, b):
    return n1 + n2 + n3
