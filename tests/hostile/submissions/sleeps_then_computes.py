"""Waits a while at no cost and computes then, to have more time than others."""

# status: timeout
# says: stopped after
# proof: waiting first

import time


def dL_db(x1, x2, y, w1, w2, b):
    print("waiting first", flush=True)
    time.sleep(0.4)
    end = time.thread_time() + 1.5
    while time.thread_time() < end:
        pass
    print("had more than its time")
    return 0.0


# never: had more than its time
