"""Compiles texts that are nested more deeply than a parser can go."""

# loses: nothing
# status: passed
# says: Error
# proof: 6 refused

TEXTS = [
    "(" * 100_000,
    "[" * 5000 + "]" * 5000,
    "-" * 200_000 + "1",
    "lambda:" * 20_000 + "0",
    "f(" * 20_000 + ")" * 20_000,
    "x" + ".x" * 300_000,
]
refused = 0
for text in TEXTS:
    try:
        compile(text, "x", "eval")
    except (SyntaxError, MemoryError, RecursionError) as error:
        refused += 1
        last = error
print(refused, "refused")
raise last
