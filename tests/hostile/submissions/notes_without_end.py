"""Thousands of statements fail, each with a long message."""

# loses: nothing
# status: passed
# says: more statements failed
# proof: many notes

print("many notes")
get_ipython().run_cell("\n".join(f"raise ValueError('{k}' * 5000)" for k in range(1500)))
