"""Maps more memory than there is."""

# status: failed
# proof: mmap: .*(allocate|not permitted)

import mmap


def dL_db(x1, x2, y, w1, w2, b):
    try:
        return len(mmap.mmap(-1, 1 << 34))
    except OSError as error:
        print("mmap:", error)
    return 0.25
