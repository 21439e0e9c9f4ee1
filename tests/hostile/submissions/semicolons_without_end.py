"""Runs a text of three hundred thousand statements, and one that is wrong at its end."""

# loses: nothing
# status: passed
# says: Error|stopped after
# proof: many statements

print("many statements", flush=True)
exec("a=0;" * 300_000 + "a b")
