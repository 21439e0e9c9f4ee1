"""Writes wherever something could be written."""

# status: failed
# proof: \A(refused everywhere\s){2,}
# never: wrote

import os
import tempfile

PLACES = [
    "CANARY",
    "SUBMISSIONS/honest.py",
    "COURSE/graded",
    "ROOT/owned",
    "/tmp/owned",
    "/dev/shm/owned",
    "/var/tmp/owned",
    "owned",
    "/owned",
    "/sandbox/owned",
    os.path.dirname(os.__file__) + "/owned",
    "/etc/passwd",
]


def dL_db(x1, x2, y, w1, w2, b):
    for place in PLACES:
        for mode in ("w", "a", "r+", "x"):
            try:
                open(place, mode).close()
                print("wrote", place)
            except OSError:
                pass
    try:
        tempfile.TemporaryFile()
        print("wrote a temporary file")
    except OSError as error:
        print("refused everywhere")
    return 0.25
