"""Calls what is right in the place of its wrong network with as much as is let through, again and again."""

# loses: mlp_forward, mlp_gradient
# status: failed
# proof: as much as is let through


def mlp_forward(X, W1, b1, w2, b2):
    print("as much as is let through")
    return np.zeros(len(X))


def mlp_gradient(X, y, W1, b1, w2, b2):
    size = 1000
    while np.any(mlp_forward(X, W1, b1, w2, b2)) and size > 1:
        try:
            mlp_forward(np.ones((size, 1)), np.ones((1, size)), np.ones(size), np.ones(size), 0.0)
        except Exception:
            size //= 2
    return W1 * 0, b1 * 0, w2 * 0, 0.0
