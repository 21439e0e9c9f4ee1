"""Waits for the interpreter's end to loop then."""

# loses: nothing
# status: passed
# proof: waiting for the end

import atexit
import sys


def linger():
    while True:
        pass


class Sticky:
    def __del__(self):
        linger()


atexit.register(linger)
sys.sticky = Sticky()
print("waiting for the end")
