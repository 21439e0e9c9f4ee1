"""Waits for a lock that it holds itself."""

# status: timeout
# says: stopped after .* of waiting
# proof: waiting

import threading


def dL_db(x1, x2, y, w1, w2, b):
    lock = threading.Lock()
    lock.acquire()
    print("waiting")
    lock.acquire()
