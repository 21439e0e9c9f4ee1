"""Fills the memory block by block."""

# status: failed|timeout|error
# proof: no more than \d+ blocks


def dL_db(x1, x2, y, w1, w2, b):
    kept = []
    try:
        while True:
            kept.append(bytes(10**8))
    except MemoryError:
        number = len(kept)
        kept.clear()
        print("no more than", number, "blocks")
    return 0.25
