"""Reads where nothing is."""

# status: error
# says: crashed .SIGSEGV
# proof: reading

import ctypes


def dL_db(x1, x2, y, w1, w2, b):
    print("reading")
    return ctypes.string_at(0)
