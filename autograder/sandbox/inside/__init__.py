"""The programs and modules that are visible inside the sandbox: standard library and NumPy alone."""
