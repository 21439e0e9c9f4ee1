"""Makes namespaces in which it would be root."""

# status: failed
# proof: results: \[-1(, -1)*\]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def dL_db(x1, x2, y, w1, w2, b):
    print(
        "results:",
        [libc.unshare(0x10000000), libc.unshare(0x00020000), libc.setns(3, 0), libc.syscall(435, None, 0)],
    )
    return 0.25
