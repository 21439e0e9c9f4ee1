"""Fetches a web page."""

# status: failed
# proof: refused:
# never: it went through

import urllib.request


def dL_db(x1, x2, y, w1, w2, b):
    try:
        print(urllib.request.urlopen("http://127.0.0.1:PORT/answers").read())
    except OSError as error:
        print("refused:", error)
    return 0.25
