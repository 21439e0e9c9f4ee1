"""Sleeps for a year."""

# status: timeout
# says: stopped after .* of waiting
# proof: sleeping

import time


def dL_db(x1, x2, y, w1, w2, b):
    print("sleeping")
    time.sleep(3e7)
