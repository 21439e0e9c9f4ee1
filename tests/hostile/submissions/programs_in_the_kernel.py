"""Loads programs into the kernel, and watches it."""

# status: failed
# proof: results: \[-1(, -1)*\]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def dL_db(x1, x2, y, w1, w2, b):
    print(
        "results:",
        [libc.syscall(321, 0, None, 0), libc.syscall(298, None, 0, -1, -1, 0), libc.syscall(323, 0)],
    )
    return 0.25
