"""Ends the process in the middle of the file."""

# loses: nothing
# status: passed
# says: ended the whole process
# proof: leaving

import os

print("leaving")
os._exit(0)
