"""Ten statements that crash the process, one after another."""

# loses: nothing
# status: passed
# says: no function that is judged needs it
# proof: after ten crashes

import ctypes

ctypes.string_at(0)
ctypes.string_at(1)
ctypes.string_at(2)
ctypes.string_at(3)
ctypes.string_at(4)
ctypes.string_at(5)
ctypes.string_at(6)
ctypes.string_at(7)
ctypes.string_at(8)
ctypes.string_at(9)
print("after ten crashes")
