"""A descent whose points are infinite, all but the first."""

# loses: gradient_descent
# status: failed
# proof: a path to infinity


def gradient_descent(gradient, v0, lr, steps):
    print("a path to infinity")
    path = np.full((steps + 1, len(v0)), np.inf)
    path[1:] *= np.where(np.arange(steps) % 2, -1, 1)[:, None]
    return path
