"""Takes the referee's requests from under the runner."""

# loses: any
# status: timeout|error|failed
# proof: taken( \d+ False False False)*\s

import os
import select


def dL_db(x1, x2, y, w1, w2, b):
    while select.select([3], [], [], 0.05)[0]:
        data = os.read(3, 1 << 20)
        print("taken", len(data), b"answer" in data, b"expected" in data, b"reference" in data)
    print("taken all")
    return 0.25
