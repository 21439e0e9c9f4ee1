"""Uses the kernel's keyring."""

# status: failed
# proof: results: \[-1(, -1)*\]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def dL_db(x1, x2, y, w1, w2, b):
    print("results:", [libc.syscall(248, b"user", b"k", b"v", 1, -3), libc.syscall(250, 0, -3, 0, 0, 0)])
    return 0.25
