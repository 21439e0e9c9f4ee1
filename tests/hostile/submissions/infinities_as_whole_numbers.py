"""Returns whole numbers that no float can hold, in lists."""

# loses: mse_gradient
# status: failed
# proof: beyond floats


def mse_gradient(X, y, w, b):
    print("beyond floats")
    return [10**400] * len(w), -(10**400)
