"""Computes a little and naps a little, so that the clock is never looked at while it computes."""

# status: timeout
# says: stopped after
# proof: a nap
# never: had more than its time

import time


def dL_db(x1, x2, y, w1, w2, b):
    print("a nap", flush=True)
    for _ in range(300):
        end = time.thread_time() + 0.01
        while time.thread_time() < end:
            pass
        time.sleep(0.001)
    print("had more than its time")
    return 0.0
