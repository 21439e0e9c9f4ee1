"""Raises its own limits."""

# status: failed
# proof: \A(refused: [^\n]*\n){2,}
# never: seen|raised$

import resource


def dL_db(x1, x2, y, w1, w2, b):
    for which in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE):
        try:
            resource.setrlimit(which, (1 << 40, 1 << 40))
            print("raised")
        except (OSError, ValueError) as error:
            print("refused:", error)
    return 0.25
