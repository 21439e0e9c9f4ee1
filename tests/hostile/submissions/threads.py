"""Starts threads."""

# status: failed
# proof: refused: can't start new thread
# never: it went through

import threading
import time


def dL_db(x1, x2, y, w1, w2, b):
    try:
        for _ in range(1000):
            threading.Thread(target=time.sleep, args=(1000,)).start()
    except RuntimeError as error:
        print("refused:", error)
    return 0.25
