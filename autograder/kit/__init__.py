"""What every kit holds, copied as it is: checks, data, and the loader of the data. Needs NumPy alone."""
