"""Sends the referee a request."""

# status: error|failed
# says: invalid reply
# proof: asking

import os
import struct


def dL_db(x1, x2, y, w1, w2, b):
    print("asking")
    text = b"m" + struct.pack("<I", 0)
    os.write(3, struct.pack("<IB", len(text), 2) + text)
    return 0.25
