"""Writes, maps, empties and renames what it may only read: by name, and by descriptors for reading."""

# status: failed
# proof: 0 ways to change it

import ctypes
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
# harmless, should one of these ever succeed
VICTIM = "/dev/null"


def c(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


WAYS = [
    lambda v: os.open(VICTIM, os.O_WRONLY | os.O_APPEND),
    lambda v: os.open(VICTIM, os.O_RDWR),
    lambda v: os.open("/dev", os.O_TMPFILE | os.O_RDWR),
    lambda v: os.ftruncate(v, 0),
    lambda v: os.pwrite(v, b"x", 0),
    lambda v: os.posix_fallocate(v, 0, 1),
    lambda v: mmap.mmap(v, 100, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE),
    lambda v: os.rename(VICTIM, VICTIM + "x"),
    lambda v: os.utime(VICTIM, (0, 0)),
    lambda v: os.setxattr(VICTIM, "user.owned", b"x"),
    lambda v: c(libc.truncate(VICTIM.encode(), 0)),
    lambda v: c(libc.chmod(VICTIM.encode(), 0)),
    lambda v: c(libc.fchmod(v, 0)),
]


def works(way, descriptor):
    try:
        way(descriptor)
    except (OSError, ValueError):
        return False
    return True


def dL_db(x1, x2, y, w1, w2, b):
    descriptor = os.open(VICTIM, os.O_RDONLY)
    print(sum(works(way, descriptor) for way in WAYS), "ways to change it")
    os.close(descriptor)
    return 0.0
