"""Sends half a reply and ends."""

# status: error
# says: ended
# proof: half

import os
import struct


def dL_db(x1, x2, y, w1, w2, b):
    print("half")
    os.write(3, struct.pack("<IB", 1000, 13) + b"t")
    os._exit(0)
