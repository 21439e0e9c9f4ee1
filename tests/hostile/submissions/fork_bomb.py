"""Forks without end."""

# status: failed
# proof: refused after 0 .*not permitted

import os


def dL_db(x1, x2, y, w1, w2, b):
    forked = 0
    try:
        while forked < 10_000:
            if os.fork() == 0:
                continue
            forked += 1
    except OSError as error:
        print("refused after", forked, error)
    return 0.25
