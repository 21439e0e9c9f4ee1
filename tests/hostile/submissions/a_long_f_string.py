"""Builds a text that takes a parser minutes, and runs it."""

# loses: nothing
# status: passed
# says: stopped after|MemoryError|too
# proof: parsing

print("parsing")
exec("f'" + "{a}" * 400_000 + "'")
