"""Warns a hundred times, each time with a megabyte of text."""

# status: failed|timeout
# proof: a warning begins

import warnings


def dL_db(x1, x2, y, w1, w2, b):
    print("a warning begins")
    for k in range(100):
        warnings.warn(f"{k}" + "<b>" * 300_000, stacklevel=2)
    return 0.0
