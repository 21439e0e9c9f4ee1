"""Has functions, messages and output that steer a terminal."""

# status: error
# says: ValueError
# proof: red

print("\x1b]0;owned\x07\x1b[2J\x1b[31mred\u202e", "<script>alert(1)</script>")


def dL_db(x1, x2, y, w1, w2, b):
    raise ValueError("\x1b[2J<img src=x onerror=alert(1)>\r\n=cmd|' /C calc'!A0\u2028\u202e")
