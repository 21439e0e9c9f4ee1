"""A function's default is computed for ever; another definition of it stands above."""

# loses: nothing
# status: passed
# says: stopped after
# proof: defining

print("defining")


def dL_db(x1, x2, y, w1, w2, b, k=sum(iter(int, 1))):
    return k
