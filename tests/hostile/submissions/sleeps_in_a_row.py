"""Sleeps for a year, three times, while it is loaded."""

# loses: nothing
# status: passed
# says: stopped after .* of waiting
# proof: good night

import time

print("good night")
time.sleep(3e7)
time.sleep(3e7)
time.sleep(3e7)
