"""Raises exceptions whose classes have names of a megabyte, and a hundred bases."""

# status: error
# proof: a long name

bases = Exception
for k in range(100):
    bases = type("E" * 1000 + str(k), (bases,), {})
LONG = type("<script>" * 10_000, (bases,), {"__module__": "x" * 100_000, "__qualname__": "y" * 100_000})


def dL_db(x1, x2, y, w1, w2, b):
    print("a long name")
    raise LONG("no")
