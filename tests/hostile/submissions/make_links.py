"""Makes links to files elsewhere."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|unreachable)
# never: it went through

import os


def dL_db(x1, x2, y, w1, w2, b):
    try:
        os.symlink("/etc/passwd", "/tmp/owned") or os.link("CANARY", "/tmp/owned")
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
