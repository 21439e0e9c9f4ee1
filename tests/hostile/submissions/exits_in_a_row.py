"""Ends the process eight times while it is loaded."""

# loses: nothing
# status: passed
# says: no function that is judged needs it
# proof: after eight ends

import os

os._exit(0)
os._exit(1)
os._exit(2)
os._exit(3)
os._exit(97)
os._exit(255)
os.abort()
os.abort()
print("after eight ends")
