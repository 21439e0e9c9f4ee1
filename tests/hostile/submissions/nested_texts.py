"""Returns lists of lists of long texts, twelve by twelve."""

# status: failed
# proof: nested texts

S = "\x1b<" * 50


def nest(k):
    return [nest(k - 1) for _ in range(12)] if k else S


def dL_db(x1, x2, y, w1, w2, b):
    print("nested texts")
    return nest(4)
