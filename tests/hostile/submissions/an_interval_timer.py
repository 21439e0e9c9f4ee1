"""Interrupts the runner over and over."""

# loses: any
# status: error|failed|timeout
# proof: ticking

import signal


class Interruption(BaseException):
    pass


def interrupt(*_):
    raise Interruption


def dL_db(x1, x2, y, w1, w2, b):
    signal.signal(signal.SIGALRM, interrupt)
    print("ticking")
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    return 0.25
