"""Three functions return twenty thousand small things at every call: each takes more than its bytes."""

# loses: dL_dw1, dL_dw2, dL_db
# status: failed|error
# proof: many parts

PARTS = [(1.0, "")] * 10_000
print("many parts")


def dL_db(*_):
    return PARTS


dL_dw1 = dL_dw2 = dL_db
