"""Raises an exception whose message is a megabyte of control characters."""

# status: error
# proof: a long message


def dL_db(x1, x2, y, w1, w2, b):
    print("a long message")
    raise ValueError("\x1b[31m<script>" * 100_000)
