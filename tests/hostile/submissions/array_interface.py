"""Claims to be an array at an address of its choice."""

# status: failed
# says: of type Pointer
# proof: lying


class Pointer:
    __array_interface__ = {"shape": (1 << 20,), "typestr": "<f8", "data": (4096, False), "version": 3}

    def __array__(self, *_):
        print("converted")
        raise SystemExit


def dL_db(x1, x2, y, w1, w2, b):
    print("lying")
    return Pointer()
