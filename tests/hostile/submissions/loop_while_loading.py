"""Never comes to the end of the file."""

# loses: nothing
# status: passed
# says: stopped after
# proof: loading

print("loading")
while True:
    pass
