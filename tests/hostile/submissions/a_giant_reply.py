"""Announces a reply of four gigabytes."""

# status: error
# says: invalid reply
# proof: announcing

import os
import time


def dL_db(x1, x2, y, w1, w2, b):
    print("announcing")
    os.write(3, b"\xff\xff\xff\xff\x0d")
    time.sleep(1000)
