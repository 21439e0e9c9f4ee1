"""Defines twenty thousand functions, each with a name of a thousand letters."""

# loses: nothing
# status: passed
# proof: many names

print("many names")
for k in range(20_000):
    globals()[f"dL_db_{k}_" + "x" * 1000] = print
