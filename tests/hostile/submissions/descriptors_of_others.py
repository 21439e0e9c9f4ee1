"""Takes descriptors out of another process."""

# status: failed
# proof: results: \[-1(, -1)*\]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def dL_db(x1, x2, y, w1, w2, b):
    print(
        "results:",
        [
            libc.syscall(434, 1, 0),
            libc.syscall(438, 3, 0, 0),
            libc.sendmsg(3, None, 0),
            libc.recvmsg(3, None, 0),
        ],
    )
    return 0.25
