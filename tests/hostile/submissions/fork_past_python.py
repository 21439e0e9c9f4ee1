"""Forks by the C library, past Python's own checks."""

# status: failed
# proof: fork -1 1 vfork -1 1

import ctypes


def dL_db(x1, x2, y, w1, w2, b):
    libc = ctypes.CDLL(None, use_errno=True)
    print("fork", libc.fork(), ctypes.get_errno(), "vfork", libc.syscall(58), ctypes.get_errno())
    return 0.25
