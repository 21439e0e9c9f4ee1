"""Runs a shell command."""

# status: failed
# proof: refused: .*(not permitted|denied|No such file|Read-only|not implemented|new thread)
# never: it went through

import subprocess


def dL_db(x1, x2, y, w1, w2, b):
    try:
        subprocess.run("touch /tmp/owned", shell=True)
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
