"""Never comes back."""

# status: timeout
# says: stopped after
# proof: looping


def dL_db(x1, x2, y, w1, w2, b):
    print("looping")
    while True:
        pass
