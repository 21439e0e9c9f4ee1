"""Ignores and blocks every signal that can be."""

# status: timeout
# says: stopped after
# proof: deaf

import signal


def dL_db(x1, x2, y, w1, w2, b):
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    print("deaf")
    while True:
        pass
