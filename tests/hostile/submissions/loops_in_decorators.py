"""Functions that nothing needs are decorated by what never ends."""

# loses: nothing
# status: passed
# says: no function that is judged needs it
# proof: decorated

print("decorated")


def never(function):
    while True:
        pass


@never
def a():
    pass


@never
class B:
    pass
