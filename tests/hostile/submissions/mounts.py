"""Mounts file systems."""

# status: failed
# proof: results: \[-1(, -1)*\]

import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def dL_db(x1, x2, y, w1, w2, b):
    print(
        "results:",
        [
            libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
            libc.chroot(b"/"),
            libc.pivot_root(b"/", b"/") if hasattr(libc, "pivot_root") else -1,
        ],
    )
    return 0.25
