"""Seven names that a function needs are computed by loops without end."""

# status: error
# says: stopped after
# proof: needed

print("needed")


def never(k):
    while True:
        k += 1


n1 = never(1)
n2 = never(2)
n3 = never(3)
n4 = never(4)
n5 = never(5)
n6 = never(6)
n7 = never(7)


def dL_db(x1, x2, y, w1, w2, b):
    return n1 + n2 + n3 + n4 + n5 + n6 + n7
