"""Ends the process where a function is defined."""

# loses: nothing
# status: passed
# says: exit code 3
# proof: ended the whole process

import os


def helper(value=os._exit(3)):
    return value


print("never here")
