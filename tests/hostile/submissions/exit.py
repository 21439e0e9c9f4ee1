"""Leaves by sys.exit."""

# status: error
# says: SystemExit
# proof: leaving

import sys


def dL_db(x1, x2, y, w1, w2, b):
    print("leaving")
    sys.exit(0)
