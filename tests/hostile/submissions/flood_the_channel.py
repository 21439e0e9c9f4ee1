"""Writes bytes to the referee until somebody stops it."""

# status: error|timeout
# says: invalid reply|more than|stopped
# proof: flooding

import os


def dL_db(x1, x2, y, w1, w2, b):
    print("flooding")
    while True:
        os.write(3, b"\xff" * 65536)
