"""Opens files until no more can be."""

# status: failed
# proof: refused: .*Too many open files
# never: it went through


def dL_db(x1, x2, y, w1, w2, b):
    try:
        kept = []
        while True:
            kept.append(open("/dev/null"))
        print("it went through")
    except OSError as error:
        print("refused:", error)
    return 0.25
