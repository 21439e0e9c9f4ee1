"""Returns dicts of dicts of long texts."""

# status: failed
# proof: nested dicts


def nest(k):
    return {f"{j}" * 100: nest(k - 1) for j in range(9)} if k else "x" * 1000


def dL_db(x1, x2, y, w1, w2, b):
    print("nested dicts")
    return nest(4)
