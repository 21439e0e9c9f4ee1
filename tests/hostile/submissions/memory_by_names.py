"""Defines a hundred thousand functions."""

# loses: nothing
# status: passed
# proof: defined

for number in range(100_000):
    globals()[f"function_{number}"] = lambda: None
print("defined")
