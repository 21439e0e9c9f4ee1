"""Makes a device of the disk."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|unreachable)
# never: it went through

import os


def dL_db(x1, x2, y, w1, w2, b):
    try:
        os.mknod("/tmp/disk", 0o60666, os.makedev(8, 0))
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
