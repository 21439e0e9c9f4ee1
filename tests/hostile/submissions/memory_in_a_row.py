"""Six statements that take all memory, and catch what then comes."""

# loses: nothing
# status: passed
# proof: memory in a row

print("memory in a row")


def take(k):
    kept = []
    try:
        while True:
            kept.append(bytearray(1 << 26))
    except MemoryError:
        return len(kept)


sizes = take(1), take(2), take(3)
more = [take(k) for k in range(3)]
